import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { isGiven, listOf } from '../../values';

export const containersMissing = onTemplates({
  code: 'SM0101',
  title: 'a service without a container',
  explanation: 'A revision runs at least one container; the schema requires the list and the webhook an entry in it '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, ValidatePodSpec).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers: []
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ spec, specField }) => listOf(spec.containers).length > 0 ? [] : [{
    field: `${specField}.containers`,
    value: isGiven(spec.containers) ? spec.containers : undefined,
    reason: 'a revision has nothing to run without a container',
    fix: 'add a container with an image',
  }],
});
