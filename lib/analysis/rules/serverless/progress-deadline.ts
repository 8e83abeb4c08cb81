import { isWholeSeconds, parseDuration } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { SERVING_GROUP } from './templates';
import { isSet } from '../../values';

const KEY = `${SERVING_GROUP}/progress-deadline`;

export const progressDeadline = onTemplates({
  code: 'SM0145',
  title: 'a progress deadline that is no time',
  explanation: 'How long a revision may take to become ready, as a duration of Go in whole seconds '
    + '(knative/serving pkg/apis/serving/v1/revision_validation.go, validateProgressDeadlineAnnotation).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        serving.knative.dev/progress-deadline: "300"
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
        serving.knative.dev/progress-deadline: 300s
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => template.object.manifest.kind === 'Revision' ? [] : spanFindings(template.annotations[KEY], annotationField(template, KEY)),
});

/** What is wrong with a duration that counts whole seconds from zero on. */
export function spanFindings(value: string | undefined, field: string) {
  if (!isSet(value)) return [];
  const span = parseDuration(value!);
  return span !== undefined && span >= 0 && isWholeSeconds(span) ? [] : [{
    field,
    value,
    reason: span === undefined ? 'it is no duration as Go writes it' : 'it counts whole seconds, from 0 on',
    fix: 'write number and unit, as in 90s or 10m',
  }];
}
