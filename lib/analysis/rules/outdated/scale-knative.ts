import { groupOf } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, textOf } from '../../workloads';

const AUTOSCALERS = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', field: 'scaleTargetRef' },
  { group: 'keda.sh', kind: 'ScaledObject', field: 'scaleTargetRef' },
];

export const scaleKnative: Rule = {
  code: 'SM0905',
  title: 'an autoscaler of a Knative service',
  explanation: 'A Knative Service has no scale subresource, so neither a HorizontalPodAutoscaler nor KEDA can steer it; Knative scales it by annotations of the template '
    + '(serving config/core/300-resources/service.yaml; knative.dev, serving/autoscaling/autoscaler-types).',
  example: {
    refused: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: serving.knative.dev/v1, kind: Service, name: orders }
  maxReplicas: 10
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/class: hpa.autoscaling.knative.dev
        autoscaling.knative.dev/metric: cpu
        autoscaling.knative.dev/target: "70"
        autoscaling.knative.dev/max-scale: "10"
    spec:
      containers: [{ image: example.com/orders:1.2.0, resources: { requests: { cpu: 100m } } }]
`,
  },
  check(context) {
    for (const { group, kind, field } of AUTOSCALERS) {
      for (const object of context.model.ofKind(group, kind)) {
        const target = fieldsOf(fieldsOf(object.manifest.spec)[field]);
        const apiVersion = textOf(target.apiVersion) ?? '';
        if (groupOf(apiVersion) !== 'serving.knative.dev') continue;
        context.report(object, {
          field: `spec.${field}`,
          value: `${apiVersion} ${String(target.kind)} ${String(target.name)}`,
          reason: 'it has no scale subresource that an autoscaler could use',
          fix: 'remove the autoscaler and annotate the template of the service: autoscaling.knative.dev/min-scale, max-scale and target, and class hpa.autoscaling.knative.dev with metric cpu for the processor',
        });
      }
    }
  },
};
