import { severityOfAbsence } from './absence';
import { Severity } from '../../../../core/problem';
import { groupOf, ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { Fields, fieldsOf, textOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

/** Objects that name another one of their namespace, with where they do so. */
const NAMING: readonly { readonly group: string; readonly kind: string; readonly field: string; readonly peers?: string[] }[] = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', field: 'scaleTargetRef', peers: ['dangling-horizontalpodautoscaler'] },
  { group: 'keda.sh', kind: 'ScaledObject', field: 'scaleTargetRef' },
  { group: 'autoscaling.k8s.io', kind: 'VerticalPodAutoscaler', field: 'targetRef' },
  { group: 'flagger.app', kind: 'Canary', field: 'targetRef' },
  { group: 'argoproj.io', kind: 'Rollout', field: 'workloadRef' },
];

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, resources: { requests: { cpu: 100m } } }]
---
`;

const autoscaler = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: 2
  maxReplicas: 10
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const scaleTarget: Rule = {
  code: 'SM0859',
  title: 'an autoscaler or rollout of something that is not there',
  explanation: 'HorizontalPodAutoscaler, ScaledObject, Canary and Rollout name the object that they steer by API version, kind and name in their own namespace. Where there is none '
    + 'they do nothing. Advice where the app writes no other object of that kind there (kubernetes.io, tasks/run-application/horizontal-pod-autoscale; keda.sh, concepts/scaling-deployments).',
  severity: Severity.WARNING,
  peers: ['dangling-horizontalpodautoscaler'],
  example: { refused: WORKLOAD + autoscaler('order'), accepted: WORKLOAD + autoscaler('orders') },
  check(context) {
    const { model } = context;
    for (const { group, kind, field, peers = [] } of NAMING) {
      for (const object of model.ofKind(group, kind)) {
        const target = fieldsOf(fieldsOf(object.manifest.spec)[field]);
        const name = textOf(target.name);
        if (name === undefined) continue;
        const [targetGroup, targetKind] = kindOf(target);
        const namespace = object.namespace ?? 'default';
        if (model.byName(targetGroup, targetKind, namespace, name)) continue;
        const others = names(model, targetGroup, targetKind, namespace);
        const otherGroup = sameKindElsewhere(model, targetKind, namespace, name);
        const meant = suggestion(name, others);
        context.report(object, {
          field: otherGroup ? `spec.${field}.apiVersion` : `spec.${field}.name`,
          value: otherGroup ? target.apiVersion : name,
          peers,
          severity: otherGroup ? Severity.WARNING : severityOfAbsence(others.length > 0, namespace, context.profile(object)),
          reason: otherGroup ? `${otherGroup.path} has this kind and name and the API version ${otherGroup.manifest.apiVersion}` : `the app writes no ${targetKind} of this name into namespace ${namespace}`,
          fix: otherGroup ? `write apiVersion: ${otherGroup.manifest.apiVersion}`
            : meant === undefined ? 'check kind, name and namespace' : `write ${meant}, if that is meant`,
        });
      }
    }
  },
};

/** Group and kind of a target; KEDA takes a Deployment where nothing is said. */
function kindOf(target: Fields): [string, string] {
  const apiVersion = textOf(target.apiVersion);
  return [apiVersion === undefined ? 'apps' : groupOf(apiVersion), textOf(target.kind) ?? 'Deployment'];
}

function byKindAndName(model: ManifestModel): Map<string, ModelObject> {
  return new Map(model.objects.map(object => [`${object.manifest.kind} ${object.namespace} ${object.name}`, object]));
}

function sameKindElsewhere(model: ManifestModel, kind: string, namespace: string, name: string): ModelObject | undefined {
  return model.derived(byKindAndName).get(`${kind} ${namespace} ${name}`);
}
