import { isPort } from './addresses';
import { count, eachOfNetworking, figure } from './each';
import { isLabel, wildcardDomainFault } from './names';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, Fields, fieldsOf, isGiven } from '../../../workloads';

export const destinations: Rule = {
  code: 'SM1005',
  title: 'destination that no request can be sent to',
  explanation: 'A destination has the name of a host, a subset that is one DNS label and a port from 1 to 65535 '
    + '(validateDestination in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route: [{ destination: { host: "*", port: { number: 0 } } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route: [{ destination: { host: orders.example.com, port: { number: 80 } } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => routesOf(spec).flatMap(route => [
    ...entriesOf(route.value.route, `${route.field}.route`), ...entriesOf(route.value.mirrors, `${route.field}.mirrors`),
  ].flatMap(entry => inDestination(entry.value.destination, `${entry.field}.destination`)).concat(inDestination(route.value.mirror, `${route.field}.mirror`)))),
};

export const destinationWeights: Rule = {
  code: 'SM1006',
  title: 'weights that send no request anywhere',
  explanation: 'Weights are not negative, and of several destinations at least one has a weight (validateHTTPRouteDestinations in istio '
    + 'pkg/config/validation/validation.go). They need not add up to 100.',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route:
        - { destination: { host: orders.example.com } }
        - { destination: { host: new-orders.example.com } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route:
        - { destination: { host: orders.example.com }, weight: 90 }
        - { destination: { host: new-orders.example.com }, weight: 10 }
`,
  },
  check: eachOfNetworking('VirtualService', spec => routesOf(spec).flatMap(inWeights)),
};

/** The routes of a VirtualService of every protocol. */
export function routesOf(spec: Fields): Entry[] {
  return ['http', 'tls', 'tcp'].flatMap(kind => entriesOf(spec[kind], `spec.${kind}`));
}

export function inDestination(value: unknown, field: string): Finding[] {
  if (!isGiven(value)) return [];
  const { host, subset, port } = fieldsOf(value);
  const found: Finding[] = [];
  const fault = typeof host !== 'string' ? undefined : host === '*' ? 'requests are sent to one host' : wildcardDomainFault(host);
  if (fault !== undefined) found.push({ field: `${field}.host`, value: String(host), reason: fault, fix: 'write the name of a Service, or of a host that a ServiceEntry declares' });
  if (typeof subset === 'string' && subset !== '' && !isLabel(subset)) {
    found.push({ field: `${field}.subset`, value: subset, reason: 'no subset has this name', fix: 'write letters, digits and -' });
  }
  const number = isGiven(port) ? figure(fieldsOf(port).number) ?? 0 : 1;
  if (!isPort(number)) found.push({ field: `${field}.port.number`, value: String(number), reason: 'a port is a number from 1 to 65535', fix: 'write port: { number: 80 }' });
  return found;
}

function inWeights({ field, value }: Entry): Finding[] {
  const weights = entriesOf(value.route, `${field}.route`).map(entry => ({ field: `${entry.field}.weight`, weight: figure(entry.value.weight) ?? 0 }));
  const negative = weights.filter(({ weight }) => weight < 0).map(({ field: at, weight }) => (
    { field: at, value: String(weight), reason: 'a weight cannot be negative', fix: 'write a share such as 90, or 0 for none' }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  if (negative.length > 0 || count(value.route) < 2 || total !== 0) return negative;
  return [{ field: `${field}.route`, reason: 'it has several destinations and none has a weight', fix: 'write weight: at each, such as 90 and 10' }];
}
