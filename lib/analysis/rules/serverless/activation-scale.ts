import { settingOf } from './autoscaling-annotations';
import { MAX_INT32, parseInteger } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

export const activationScale = onTemplates({
  code: 'SM0119',
  title: 'an activation scale that says nothing or contradicts the bounds',
  explanation: 'activation-scale is the fewest pods on waking up from zero: one pod is what there is anyway, and it lies between min-scale and '
    + 'max-scale (knative/serving pkg/apis/autoscaling/annotation_validation.go, validateMinMaxScale).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/activation-scale: "1"
    spec:
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
        autoscaling.knative.dev/activation-scale: "2"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => {
    const setting = settingOf(template.annotations, 'activation-scale');
    if (!setting) return [];
    const at = { field: annotationField(template, setting.key), value: setting.value };
    const scale = parseInteger(setting.value);
    const min = parseInteger(settingOf(template.annotations, 'min-scale')?.value ?? '0') ?? 0;
    const max = parseInteger(settingOf(template.annotations, 'max-scale')?.value ?? '0') ?? 0;
    if (scale === undefined || Math.abs(scale) > MAX_INT32) {
      return [{ ...at, reason: 'a number of pods is a whole number', fix: 'write a whole number of at least 2' }];
    }
    if (scale < 2) return [{ ...at, reason: 'one pod comes up anyway', fix: 'set it to at least 2, or leave it out' }];
    if (scale < min) return [{ ...at, reason: `at least ${min} pods run anyway (min-scale)`, fix: `raise it to ${min}, or leave it out` }];
    if (max !== 0 && scale > max) return [{ ...at, reason: `at most ${max} pods may run (max-scale)`, fix: `lower it to ${max}, or raise max-scale` }];
    return [];
  },
});
