import { eachOfNetworking, items } from './each';
import { headerValueFault } from './header-values';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, textOf } from '../../../workloads';

export const headerOperations: Rule = {
  code: 'SM1012',
  title: 'change of a header that Istio refuses',
  explanation: 'Headers whose names begin with a colon are not changed, other than the authority of requests, and Host only there; the authority is changed '
    + 'once; a % begins a variable of Envoy, and %% stands for itself (validateHTTPRoute in istio pkg/config/validation/virtualservice.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - headers: { response: { set: { x-share: 10% } } }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - headers: { response: { set: { x-share: 10%% } } }
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(route => [
    ...inHeaders(route), ...entriesOf(route.value.route, `${route.field}.route`).flatMap(inHeaders), ...inAuthority(route),
  ])),
};

function inHeaders({ field, value }: Entry): Finding[] {
  return ['request', 'response'].flatMap(way => {
    const at = `${field}.headers.${way}`;
    const { set, add, remove } = fieldsAt(value, 'headers', way);
    const changed = [['add', add], ['set', set]] as const;
    return [
      ...changed.flatMap(([name, headers]) => Object.entries(fieldsOf(headers)).flatMap(([header, text]) => [
        ...inName(header, `${at}.${name}[${header}]`, way === 'request'), ...inValue(text, `${at}.${name}[${header}]`),
      ])),
      ...items(remove, `${at}.remove`).flatMap(entry => inName(entry.text, entry.field, false)),
    ];
  });
}

function inName(name: string, field: string, mayBeAuthority: boolean): Finding[] {
  if (name === '') return [{ field, value: '', reason: 'a header has a name', fix: 'write the name of the header' }];
  const isInternal = name.startsWith(':') || name.toLowerCase() === 'host';
  if (!isInternal || mayBeAuthority && isAuthority(name)) return [];
  return [{ field, value: name, reason: 'Istio does not let it be changed here', fix: 'leave it out; to change the host of requests write rewrite: { authority: ... }' }];
}

function inValue(text: unknown, field: string): Finding[] {
  const fault = typeof text === 'string' ? headerValueFault(text) : undefined;
  return fault === undefined ? [] : [{ field, value: String(text), reason: `Envoy cannot read the value: ${fault}`, fix: 'write %% for a percent sign, and variables as %NAME% or %NAME(...)%' }];
}

function inAuthority({ field, value }: Entry): Finding[] {
  const places = textOf(fieldsOf(value.rewrite).authority) === undefined ? [] : [`${field}.rewrite.authority`];
  for (const way of ['set', 'add']) {
    for (const [name, text] of Object.entries(fieldsAt(value, 'headers', 'request', way))) {
      if (isAuthority(name) && text !== '') places.push(`${field}.headers.request.${way}[${name}]`);
    }
  }
  return places.slice(1).map(at => ({ field: at, reason: `${places[0]} changes the authority already`, fix: 'change it in one place' }));
}

function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase());
}
