import { onFault } from './fault-rule';

export const celRule = onFault('cel', {
  code: 'SM0605',
  title: 'a rule of the schema is not met',
  explanation: 'CRDs state rules in CEL (x-kubernetes-validations), mostly about fields that exclude or need each other. The API server evaluates them when an object is '
    + 'written. Rules on changes (oldSelf) have nothing to say of a new object and are left out.',
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [payments.example.com]
  resolution: NONE
  ports:
    - { number: 443, name: tls, protocol: TLS }
  endpoints:
    - { address: 192.0.2.10 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [payments.example.com]
  resolution: STATIC
  ports:
    - { number: 443, name: tls, protocol: TLS }
  endpoints:
    - { address: 192.0.2.10 }
`,
  },
});
