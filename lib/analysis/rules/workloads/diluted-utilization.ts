import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { groupOf } from '../../model';
import { Rule } from '../../rule';
import { entriesOf, fieldsAt, fieldsOf, isGiven, textOf } from '../../values';
import { membershipOf, workloadsOf } from '../../workloads';

const WORLD = (metric: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders, sidecar.istio.io/inject: "true" } }
    spec:
      containers: [{ name: orders, image: registry.example.com/shop/orders:2.0.0, resources: { requests: { cpu: 100m, memory: 128Mi } } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }
  minReplicas: 3
  maxReplicas: 9
  metrics: [${metric}]
`;

export const dilutedUtilization: Rule = {
  code: 'SM1185',
  title: 'an autoscaler that counts the sidecar as well',
  explanation: 'A metric of type Resource is taken over all containers of the pods. A sidecar that requests and hardly uses hides that the application is at its limit; type ContainerResource, stable since '
    + 'Kubernetes 1.30, measures one container (kubernetes.io, tasks/run-application/horizontal-pod-autoscale, "container resource metrics").',
  severity: Severity.INFO,
  example: {
    refused: WORLD('{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }'),
    accepted: WORLD('{ type: ContainerResource, containerResource: { name: cpu, container: orders, target: { type: Utilization, averageUtilization: 70 } } }'),
  },
  check(context) {
    const { model } = context;
    for (const object of model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const spec = fieldsOf(object.manifest.spec);
      const { apiVersion, kind, name } = fieldsOf(spec.scaleTargetRef);
      const target = model.byName(groupOf(textOf(apiVersion) ?? ''), textOf(kind) ?? '', object.namespace, textOf(name) ?? '');
      const workload = target && workloadsOf(model).of(target);
      if (!workload || membershipOf(model, workload) !== MeshMembership.SIDECAR) continue;
      for (const { field, value } of entriesOf(spec.metrics, 'spec.metrics')) {
        if (value.type !== 'Resource' || !isGiven(fieldsAt(value, 'resource', 'target').averageUtilization)) continue;
        context.report(object, {
          field: `${field}.type`,
          value: value.type,
          reason: `the pods of ${workload.object.path} have a sidecar, and what it requests and uses counts as well`,
          fix: 'write type: ContainerResource and name the container of the application (with the constructs, ScalingMetric.containerCpu)',
        });
      }
    }
  },
};
