import { AutoscalingKey, settingOf } from './autoscaling-annotations';
import { HOUR, isWholeSeconds, parseDuration, SECOND } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

interface Span {
  readonly key: AutoscalingKey;
  readonly range: string;
  readonly least: number;
  readonly wholeSeconds: boolean;
}

const SPANS: readonly Span[] = [
  { key: 'window', range: 'from 6s to 1h', least: 6 * SECOND, wholeSeconds: true },
  { key: 'scale-down-delay', range: 'from 0s to 1h', least: 0, wholeSeconds: true },
  { key: 'scale-to-zero-pod-retention-period', range: 'from 0s to 1h', least: 0, wholeSeconds: false },
];

export const autoscalingDurations = onTemplates({
  code: 'SM0122',
  title: 'an autoscaling duration out of its range',
  explanation: 'Durations are written as in Go (90s, 1m30s), are at most an hour, and the autoscaler counts in whole seconds '
    + '(knative/serving pkg/apis/autoscaling/annotation_validation.go, validateWindow, validateScaleDownDelay, validateLastPodRetention).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/window: "90"
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
        autoscaling.knative.dev/window: 90s
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => SPANS.flatMap(({ key, range, least, wholeSeconds }) => {
    const setting = settingOf(template.annotations, key);
    if (!setting) return [];
    const at = { field: annotationField(template, setting.key), value: setting.value };
    const span = parseDuration(setting.value);
    if (span === undefined) return [{ ...at, reason: `${key} is a duration as Go writes it`, fix: 'write number and unit, as in 90s or 1m30s' }];
    if (span < least || span > HOUR) return [{ ...at, reason: `${key} lies ${range}`, fix: `choose a duration ${range}` }];
    return wholeSeconds && !isWholeSeconds(span) ? [{ ...at, reason: `${key} is counted in whole seconds`, fix: 'round it to seconds' }] : [];
  }),
});
