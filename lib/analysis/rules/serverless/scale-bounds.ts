import { AutoscalingKey, settingOf } from './autoscaling-annotations';
import { MAX_INT32, parseInteger } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { Template } from './templates';
import { Finding } from '../../rule';

export const scaleBounds = onTemplates({
  code: 'SM0118',
  title: 'bounds that no number of pods can meet',
  explanation: 'min-scale and max-scale are whole numbers, 0 stands for no bound, and the cluster may set a limit of its own (max-scale-limit in '
    + 'config-autoscaler) (knative/serving pkg/apis/autoscaling/annotation_validation.go, validateMinMaxScale).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: "5"
        autoscaling.knative.dev/max-scale: "3"
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
        autoscaling.knative.dev/min-scale: "5"
        autoscaling.knative.dev/max-scale: "10"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: (template, context) => {
    const limit = context.profile(template.object).autoscaler.maxScaleLimit ?? 0;
    const min = bound(template, 'min-scale');
    const max = bound(template, 'max-scale');
    const findings = [...min.findings, ...max.findings];
    if (max.number !== 0 && max.number < min.number) {
      findings.push({
        field: annotationField(template, max.key),
        value: String(max.number),
        reason: `at most ${max.number} pods cannot be at least ${min.number} (${min.key})`,
        fix: `raise it to ${min.number} or more, set it to 0 for no bound, or lower min-scale`,
      });
    }
    if (limit > 0 && max.key in template.annotations && max.findings.length === 0 && (max.number === 0 || max.number > limit)) {
      findings.push({
        field: annotationField(template, max.key),
        value: String(max.number),
        reason: `the cluster allows at most ${limit} pods (max-scale-limit)${max.number === 0 ? ', and 0 stands for no bound' : ''}`,
        fix: `set it to a number from 1 to ${limit}`,
      });
    }
    return findings;
  },
});

function bound(template: Template, name: AutoscalingKey): { key: string; number: number; findings: Finding[] } {
  const { key, value } = settingOf(template.annotations, name) ?? { key: '', value: '0' };
  const number = parseInteger(value);
  if (number !== undefined && number >= 0 && number <= MAX_INT32) return { key, number, findings: [] };
  return {
    key,
    number: 0,
    findings: [{
      field: annotationField(template, key),
      value,
      reason: `a number of pods is a whole number from 0 to ${MAX_INT32}`,
      fix: 'write a whole number; 0 stands for no bound',
    }],
  };
}
