import { Severity } from '../../../core/problem';
import { groupOf, ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsAt, fieldsOf, isGiven, textOf } from '../../values';

const WORKLOAD = (replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  ${replicas}
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: registry.example.com/shop/orders:2.0.0, resources: { requests: { cpu: 100m, memory: 128Mi } } }]
---
`;

const AUTOSCALER = (name: string, resource: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }
  minReplicas: 3
  maxReplicas: 9
  metrics: [{ type: ContainerResource, containerResource: { name: ${resource}, container: orders, target: { type: Utilization, averageUtilization: 70 } } }]
---
`;

export const severalAutoscalers: Rule = {
  code: 'SM1183',
  title: 'two autoscalers of one workload',
  explanation: 'A HorizontalPodAutoscaler that finds its pods under another one as well does nothing (condition ScalingActive, reason AmbiguousSelector), and a ScaledObject makes one of its own '
    + '(kubernetes pkg/controller/podautoscaler/horizontal.go; keda.sh, concepts/scaling-deployments).',
  example: {
    refused: WORKLOAD('') + AUTOSCALER('by-cpu', 'cpu') + AUTOSCALER('by-memory', 'memory'),
    accepted: WORKLOAD('') + AUTOSCALER('by-cpu', 'cpu'),
  },
  check(context) {
    const first = new Map<string, ModelObject>();
    for (const { object, target } of autoscalers(context.model)) {
      const key = JSON.stringify(target);
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, object);
        continue;
      }
      if (earlier.manifest.kind === object.manifest.kind && earlier.name === object.name) continue;
      context.report(object, {
        field: 'spec.scaleTargetRef.name',
        value: target.name,
        reason: `${earlier.manifest.kind} ${earlier.name} scales this ${target.kind} already, and with two of them neither does`,
        fix: 'put the metrics of both into one, which scales by whatever asks for most',
      });
    }
  },
};

export const replicasBesideAutoscaler: Rule = {
  code: 'SM1184',
  title: 'a number of pods that an autoscaler decides',
  explanation: 'An autoscaler sets spec.replicas. Where the manifest says a number too, every apply sets it back, and pods come and go for nothing '
    + '(kubernetes.io, tasks/run-application/horizontal-pod-autoscale, "migrating Deployments and StatefulSets to horizontal autoscaling").',
  severity: Severity.INFO,
  example: {
    refused: WORKLOAD('replicas: 3') + AUTOSCALER('orders', 'cpu'),
    accepted: WORKLOAD('') + AUTOSCALER('orders', 'cpu'),
  },
  check(context) {
    for (const { object, target } of autoscalers(context.model)) {
      const scaled = context.model.byName(target.group, target.kind, target.namespace, target.name);
      const replicas = fieldsOf(scaled?.manifest.spec).replicas;
      // 0 switches the autoscaler off on purpose
      if (scaled === undefined || !isGiven(replicas) || replicas === 0) continue;
      context.report(scaled, {
        field: 'spec.replicas',
        value: replicas,
        reason: `${object.manifest.kind} ${object.name} decides how many pods run, and every apply sets its number back`,
        fix: 'leave replicas out; for the first time the autoscaler begins with one pod',
      });
    }
  },
};

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function autoscalers(model: ManifestModel): { readonly object: ModelObject; readonly target: Target }[] {
  return [...model.ofKind('autoscaling', 'HorizontalPodAutoscaler'), ...model.ofKind('keda.sh', 'ScaledObject')].flatMap(object => {
    const { apiVersion, kind, name } = fieldsAt(object.manifest, 'spec', 'scaleTargetRef');
    const named = textOf(name);
    return named === undefined ? [] : [{
      object,
      target: { group: groupOf(textOf(apiVersion) ?? 'apps/v1'), kind: textOf(kind) ?? 'Deployment', namespace: object.namespace ?? 'default', name: named },
    }];
  });
}
