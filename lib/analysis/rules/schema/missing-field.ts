import { onFault } from './fault-rule';

export const missingField = onFault('missing', {
  code: 'SM0603',
  title: 'a required field is missing',
  explanation: 'The API server refuses an object that lacks a field which the schema requires, or which its validation code asks for. A null counts as missing.',
  example: {
    refused: `apiVersion: v1
kind: Pod
metadata: { name: migrate, namespace: shop }
spec:
  restartPolicy: Never
  containers:
    - image: registry.example.com/shop/migrate:1.0.0
`,
    accepted: `apiVersion: v1
kind: Pod
metadata: { name: migrate, namespace: shop }
spec:
  restartPolicy: Never
  containers:
    - name: migrate
      image: registry.example.com/shop/migrate:1.0.0
`,
  },
});
