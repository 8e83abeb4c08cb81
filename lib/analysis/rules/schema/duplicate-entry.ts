import { onFault } from './fault-rule';

export const duplicateEntry = onFault('duplicate', {
  code: 'SM0608',
  title: 'an entry that is in a list twice',
  explanation: 'Lists that the API server merges by a key (x-kubernetes-list-type: map) or as a set hold each key once. Some lists of core kinds are only checked by '
    + 'server-side apply; elsewhere the last entry silently wins, so for those it is a warning.',
  example: {
    refused: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: http, port: 9090, targetPort: 9090 }
`,
    accepted: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: http-metrics, port: 9090, targetPort: 9090 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
          ports:
            - { containerPort: 8080 }
            - { containerPort: 9090 }
`,
  },
});
