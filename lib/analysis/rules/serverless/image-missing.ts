import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';

export const imageMissing = onTemplates({
  code: 'SM0102',
  title: 'a container without an image',
  explanation: 'Knative does not build images and has no default one (knative/serving pkg/apis/serving/k8s_validation.go, validate).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: checkout
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: checkout
          image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => containersOf(template)
    .filter(({ container }) => typeof container.image !== 'string' || container.image === '')
    .map(({ container, field }) => ({
      field: `${field}.image`,
      value: container.image,
      reason: container.image === undefined || container.image === '' ? 'the container has no image' : 'an image is named by text',
      fix: 'name the image of the application, as in registry.example.com/shop/checkout:1.4.2',
    })),
});
