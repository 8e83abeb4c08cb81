import { ALIASES } from './autoscaling-annotations';
import { annotationField, onTemplates } from './knative-rule';
import { Severity } from '../../../core/problem';

export const autoscalingSpelling = onTemplates({
  code: 'SM0116',
  title: 'one autoscaling setting in both spellings',
  explanation: 'Knative looks for the key with dashes first and takes the one in camel case only where there is none '
    + '(knative/serving pkg/apis/autoscaling/register.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: "2"
        autoscaling.knative.dev/minScale: "1"
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
        autoscaling.knative.dev/min-scale: "2"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => [...ALIASES].filter(([key, alias]) => key in template.annotations && alias in template.annotations)
    .map(([key, alias]) => ({
      field: annotationField(template, alias),
      value: template.annotations[alias],
      reason: `${key} is set too (${JSON.stringify(template.annotations[key])}), and Knative then does not look at this one`,
      fix: 'keep the spelling with dashes',
    })),
});
