import { count, eachOfNetworking } from './each';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, isGiven } from '../../../workloads';

export const httpRouteAction: Rule = {
  code: 'SM1004',
  title: 'HTTP route that does not do exactly one thing',
  explanation: 'A route either sends requests somewhere (route), answers itself (redirect, directResponse) or leaves them to another VirtualService (delegate). Faults and '
    + 'rewrites belong to route alone, and there is mirror or mirrors (validateHTTPRouteConflict in istio pkg/config/validation/virtualservice.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - redirect: { uri: /v2/orders }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ uri: { prefix: /v1/orders } }]
      redirect: { uri: /v2/orders }
    - route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(route => inRoute(route, count(spec.hosts) === 0))),
};

function inRoute({ field, value }: Entry, isDelegate: boolean): Finding[] {
  if (isGiven(value.delegate) && !isDelegate) {
    return ['redirect', 'route'].filter(name => isGiven(value[name])).map(name => unwanted(field, 'delegate', name));
  }
  const found: Finding[] = [];
  if (isGiven(value.delegate)) {
    found.push({ field: `${field}.delegate`, reason: 'a VirtualService without hosts is delegated to, and cannot delegate in turn', fix: 'write route' });
  }
  const answer = ['redirect', 'directResponse'].find(name => isGiven(value[name]));
  if (answer === undefined && count(value.route) === 0) {
    found.push({ field: `${field}.route`, reason: 'the route does nothing', fix: 'write route: [{ destination: { host: ... } }], redirect, directResponse or delegate' });
  }
  if (answer !== undefined) {
    const others = ['fault', 'rewrite', ...answer === 'redirect' ? ['directResponse'] : []].filter(name => isGiven(value[name]));
    found.push(...[...count(value.route) > 0 ? ['route'] : [], ...others].map(name => unwanted(field, answer, name)));
  }
  if (isGiven(value.mirror) && count(value.mirrors) > 0) found.push(unwanted(field, 'mirrors', 'mirror'));
  return found;
}

function unwanted(field: string, beside: string, name: string): Finding {
  return { field: `${field}.${name}`, reason: `it cannot stand beside ${beside}`, fix: `leave ${name} or ${beside} out, or make two routes of them` };
}
