import { AutoscalingKey, settingOf } from './autoscaling-annotations';
import { parseFloatingPoint } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

interface Figure {
  readonly key: AutoscalingKey;
  readonly range: string;
  readonly holds: (value: number) => boolean;
}

const FIGURES: readonly Figure[] = [
  { key: 'target', range: 'a number of at least 0.01', holds: value => value >= 0.01 },
  { key: 'target-utilization-percentage', range: 'a number from 1 to 100', holds: value => value >= 1 && value <= 100 },
  { key: 'target-burst-capacity', range: 'a number of at least 0, or -1 for a burst without limit', holds: value => value >= 0 || value === -1 },
  { key: 'panic-window-percentage', range: 'a number from 1 to 100', holds: value => value >= 1 && value <= 100 },
  { key: 'panic-threshold-percentage', range: 'a number from 110 to 1000', holds: value => value >= 110 && value <= 1000 },
];

export const autoscalingFigures = onTemplates({
  code: 'SM0121',
  title: 'an autoscaling figure out of its range',
  explanation: 'Targets, percentages and the burst capacity have ranges that the webhook enforces '
    + '(knative/serving pkg/apis/autoscaling/annotation_validation.go, validateFloats).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/target-utilization-percentage: "0.7"
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
        autoscaling.knative.dev/target-utilization-percentage: "70"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => FIGURES.flatMap(({ key, range, holds }) => {
    const setting = settingOf(template.annotations, key);
    const number = setting && parseFloatingPoint(setting.value);
    return !setting || (number !== undefined && holds(number)) ? [] : [{
      field: annotationField(template, setting.key),
      value: setting.value,
      reason: `${key} is ${range}`,
      fix: `write ${range}`,
    }];
  }),
});
