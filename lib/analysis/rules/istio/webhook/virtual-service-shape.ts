import { count, eachOfNetworking } from './each';
import { Finding, Rule } from '../../../rule';

const KINDS_OF_ROUTE = ['http', 'tls', 'tcp'];

export const virtualServiceShape: Rule = {
  code: 'SM1002',
  title: 'VirtualService without routes, or with some that it may not have',
  explanation: 'A VirtualService has routes of some kind. One without hosts is there for others to delegate to: only its http routes are used, and gateways are those '
    + 'of the other (ValidateVirtualService in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => {
    const found: Finding[] = [];
    if (KINDS_OF_ROUTE.every(kind => count(spec[kind]) === 0)) {
      found.push({ field: 'spec.http', reason: 'it has no http, tls or tcp routes', fix: 'write http: with at least one route' });
    }
    if (count(spec.hosts) > 0) return found;
    for (const name of ['gateways', 'tls', 'tcp'].filter(kind => count(spec[kind]) > 0)) {
      found.push({ field: `spec.${name}`, reason: 'a VirtualService without hosts, which others delegate to, may not have it', fix: `write hosts: [...], or leave ${name} out` });
    }
    return found;
  }),
};
