import { onFault } from './fault-rule';

export const wrongType = onFault('type', {
  code: 'SM0601',
  title: 'a value of the wrong type',
  explanation: 'The API server reads every field into a type and refuses an object with a text where a number belongs, a map where a list belongs, or an amount that '
    + 'cannot be read. YAML makes some of these by itself: true, 8080 and 1.0 without quotes are no texts, and labels, annotations and environment variables have to be.',
  example: {
    refused: `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop, labels: { version: 2 } }
spec:
  replicas: "2"
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
          env:
            - { name: DEBUG, value: true }
`,
    accepted: `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop, labels: { version: "2" } }
spec:
  replicas: 2
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
          env:
            - { name: DEBUG, value: "true" }
`,
  },
});
