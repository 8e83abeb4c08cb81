import { deployment } from './examples';
import { onWorkloads } from './pods';
import { REPLICATED, writtenReplicas } from './scaling';
import { Severity } from '../../../core/problem';
import { Finding } from '../../rule';
import { Entry, entriesOf, Fields, fieldsOf, labelSelector, numberOf, selects, textOf, textsOf, Workload } from '../../workloads';

const SPREAD = 'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: checkout } } }]';
const APART = 'affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: '
  + '{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: checkout } } } }] } }';

export const spreading = onWorkloads({
  code: 'SM0746',
  title: 'pods that may all be on one node',
  explanation: 'Several pods help against the loss of a node only where they run on several; a topology spread constraint or anti-affinity asks for that '
    + '(Kubernetes documentation, topology spread constraints).',
  severity: Severity.INFO,
  peers: ['topologySpreadConstraint', 'no-anti-affinity'],
  example: {
    refused: deployment({ spec: 'replicas: 3' }),
    accepted: deployment({ spec: 'replicas: 3', pod: `${SPREAD}\n${APART}` }),
  },
  findings: workload => {
    const { object, spec } = workload;
    if (!REPLICATED.includes(object.manifest.kind) || numberOf(fieldsOf(object.manifest.spec).replicas) === 1) return [];
    const found: Finding[] = [];
    if (entriesOf(spec.topologySpreadConstraints, '').length === 0) {
      found.push({
        field: `${workload.path}spec.topologySpreadConstraints`,
        reason: 'nothing asks for the pods to be on several nodes',
        fix: 'add a constraint on kubernetes.io/hostname that selects the pods',
        peers: ['topologySpreadConstraint'],
      });
    }
    if (writtenReplicas(workload) >= 2 && !keepsApart(workload)) {
      found.push({
        field: `${workload.path}spec.affinity.podAntiAffinity`,
        reason: 'nothing keeps the pods of this workload away from each other',
        fix: 'add a term on kubernetes.io/hostname that selects the pods, or a topology spread constraint',
        peers: ['no-anti-affinity'],
      });
    }
    return found;
  },
});

function keepsApart(workload: Workload): boolean {
  const rules = fieldsOf(fieldsOf(workload.spec.affinity).podAntiAffinity);
  const preferred = entriesOf(rules.preferredDuringSchedulingIgnoredDuringExecution, '').map(({ value }) => fieldsOf(value.podAffinityTerm));
  const required = entriesOf(rules.requiredDuringSchedulingIgnoredDuringExecution, '').map(({ value }: Entry) => value);
  return [...preferred, ...required].some(term => holdsFor(term, workload));
}

function holdsFor(term: Fields, { namespace, labels }: Workload): boolean {
  const namespaces = textsOf(term.namespaces);
  return textOf(term.topologyKey) !== undefined
    && (namespaces.length === 0 || namespaces.includes(namespace))
    && selects(labelSelector(term.labelSelector), labels);
}
