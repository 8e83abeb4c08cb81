import { onFault } from './fault-rule';

export const unknownField = onFault('unknown', {
  code: 'SM0602',
  title: 'a field that does not exist',
  explanation: 'With fieldValidation=Strict, which kubectl asks for, the API server refuses a field that the schema of the kind does not have. Without it the field is '
    + 'dropped in silence, and what it says never happens.',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containerConcurency: 10
      containers:
        - image: registry.example.com/shop/orders:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containerConcurrency: 10
      containers:
        - image: registry.example.com/shop/orders:1.0.0
`,
  },
});
