import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { ManifestModel } from '../../model';
import { entriesOf, fieldsOf, labelSelector, textsOf, Workload, workloadsOf } from '../../workloads';

export const notIsolated = onWorkloads({
  code: 'SM0755',
  title: 'pod that every other pod may reach',
  explanation: 'A pod that no NetworkPolicy selects takes and opens connections as it likes; policies of the mesh hold for what goes through its proxies '
    + '(Kubernetes documentation, network policies).',
  severity: Severity.INFO,
  peers: ['non-isolated-pod', 'missingNetworkPolicy'],
  example: {
    refused: deployment({}),
    accepted: `${deployment({})}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: checkout, namespace: shop }
spec:
  podSelector: { matchLabels: { app: checkout } }
  policyTypes: [Ingress, Egress]
  ingress: [{ ports: [{ port: 8080 }] }]
  egress: [{ ports: [{ port: 5432 }] }]
`,
  },
  findings: (workload, model) => {
    const directions = model.derived(isolation).get(workload);
    if (!directions) {
      return [{
        field: `${workload.path}metadata.labels`,
        reason: 'no NetworkPolicy of the app selects its pods, so every pod of the cluster may connect to them',
        fix: 'write one that names who may connect, and where to',
      }];
    }
    const open = ['Ingress', 'Egress'].filter(direction => !directions.has(direction));
    return open.map(direction => ({
      field: `${workload.path}metadata.labels`,
      reason: direction === 'Ingress' ? 'no NetworkPolicy says who may connect to its pods' : 'no NetworkPolicy says where its pods may connect to',
      fix: `add ${direction} to the policyTypes of one that selects them`,
      peers: ['missingNetworkPolicy'],
    }));
  },
});

/** For every workload that a policy selects, the directions in which one of them says something. */
function isolation(model: ManifestModel): Map<Workload, Set<string>> {
  const found = new Map<Workload, Set<string>>();
  for (const policy of model.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    const spec = fieldsOf(policy.manifest.spec);
    const selector = labelSelector(spec.podSelector);
    // what the API server fills in where nothing is said
    const written = textsOf(spec.policyTypes);
    const directions = written.length > 0 ? written : ['Ingress', ...entriesOf(spec.egress, '').length > 0 ? ['Egress'] : []];
    for (const workload of workloadsOf(model).selectedBy(selector, policy.namespace ?? 'default')) {
      const known = found.get(workload) ?? new Set();
      directions.forEach(direction => known.add(direction));
      found.set(workload, known);
    }
  }
  return found;
}
