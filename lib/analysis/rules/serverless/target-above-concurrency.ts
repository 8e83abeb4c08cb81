import { classOf, KPA, settingOf } from './autoscaling-annotations';
import { parseFloatingPoint } from './go-values';
import { annotationField, onTemplates } from './knative-rule';
import { Severity } from '../../../core/problem';

export const targetAboveConcurrency = onTemplates({
  code: 'SM0124',
  title: 'a target that a pod cannot reach',
  explanation: 'A pod never has more requests in flight than containerConcurrency, so the autoscaler aims at the smaller of the two '
    + '(knative/serving pkg/reconciler/autoscaling/resources/target.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/target: "100"
    spec:
      containerConcurrency: 50
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/target: "50"
    spec:
      containerConcurrency: 50
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: (template, context) => {
    const target = settingOf(template.annotations, 'target');
    const metric = settingOf(template.annotations, 'metric')?.value ?? 'concurrency';
    const limit = template.spec.containerConcurrency ?? context.profile(template.object).revision.containerConcurrency ?? 0;
    if (!target || metric !== 'concurrency' || classOf(template.annotations) !== KPA || typeof limit !== 'number' || limit <= 0) return [];
    return (parseFloatingPoint(target.value) ?? 0) <= limit ? [] : [{
      field: annotationField(template, target.key),
      value: target.value,
      reason: `a pod takes at most ${limit} requests at a time (containerConcurrency), so the autoscaler aims at ${limit}`,
      fix: `lower the target to ${limit} or less, or raise containerConcurrency`,
    }];
  },
});
