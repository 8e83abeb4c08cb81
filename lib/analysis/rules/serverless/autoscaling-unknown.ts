import { AUTOSCALING_GROUP, classOf, HPA, KNOWN_KEYS, KPA } from './autoscaling-annotations';
import { annotationField, onTemplates } from './knative-rule';
import { Severity } from '../../../core/problem';

export const autoscalingUnknown = onTemplates({
  code: 'SM0117',
  title: 'an autoscaling annotation that nobody reads',
  explanation: 'The webhook lets unknown keys on a template pass, and the autoscaler reads none but those of '
    + 'knative/serving pkg/apis/autoscaling/register.go. Autoscalers of other classes may read more.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/max-replicas: "5"
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
        autoscaling.knative.dev/max-scale: "5"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => [KPA, HPA].includes(classOf(template.annotations))
    ? Object.keys(template.annotations)
      .filter(key => key.startsWith(`${AUTOSCALING_GROUP}/`) && !KNOWN_KEYS.includes(key))
      .map(key => ({
        field: annotationField(template, key),
        value: template.annotations[key],
        reason: 'Knative\'s autoscaler reads no annotation of this name',
        fix: `look for a typo; the keys are ${KNOWN_KEYS.filter(known => !/[A-Z]/.test(known)).map(known => known.split('/')[1]).sort().join(', ')}`,
      }))
    : [],
});
