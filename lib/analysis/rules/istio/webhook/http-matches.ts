import { isPort } from './addresses';
import { count, eachOfNetworking, figure } from './each';
import { isLabel, labelFaults } from './names';
import { inRegularExpression, inStringMatch } from './string-matches';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, textsOf } from '../../../workloads';

const PSEUDO_HEADERS = [':method', ':scheme', ':authority', ':path', ':status'];
const CLAIM = /^@request\.auth\.claims(?:\..|\[.+\]$)/i;

export const httpMatches: Rule = {
  code: 'SM1007',
  title: 'condition of an HTTP route that Istio refuses',
  explanation: 'Regular expressions are those of RE2 and at most 1024 characters long, prefixes other than those of paths are not empty, headers have names that HTTP knows, '
    + 'ports are from 1 to 65535 (validateHTTPRouteMatchRequest in istio pkg/config/validation/virtualservice.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ uri: { regex: "/orders/(?!internal).*" } }]
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ uri: { regex: "/orders/[0-9]+" } }]
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => matchesOf(spec.http).flatMap(inMatch)),
};

export const claimMatches: Rule = {
  code: 'SM1008',
  title: 'route by the claims of a token within the mesh',
  explanation: 'Only gateways route by @request.auth.claims; sidecars do not (ValidateVirtualService in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ headers: { "@request.auth.claims.group": { exact: admin } } }]
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - match: [{ headers: { x-group: { exact: admin } } }]
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => {
    if (count(spec.gateways) > 0 && !textsOf(spec.gateways).includes('mesh')) return [];
    return matchesOf(spec.http).flatMap(({ field, value }) => ['headers', 'withoutHeaders'].flatMap(name => Object.keys(fieldsOf(value[name]))
      .filter(key => CLAIM.test(key))
      .map(key => ({ field: `${field}.${name}[${key}]`, value: key, reason: 'sidecars do not route by claims', fix: 'bind the VirtualService to gateways, without mesh' }))));
  }),
};

function matchesOf(routes: unknown): Entry[] {
  return entriesOf(routes, 'spec.http').flatMap(route => entriesOf(route.value.match, `${route.field}.match`));
}

function inMatch({ field, value }: Entry): Finding[] {
  const found: Finding[] = [...inRegularExpression(value.uri, `${field}.uri`), ...labelFaults(value.sourceLabels, `${field}.sourceLabels`)];
  for (const name of ['scheme', 'method', 'authority']) found.push(...inStringMatch(value[name], `${field}.${name}`));
  for (const [name, match] of Object.entries(fieldsOf(value.queryParams))) found.push(...inStringMatch(match, `${field}.queryParams[${name}]`));
  for (const [name, match] of Object.entries(fieldsOf(value.headers))) {
    const at = `${field}.headers[${name}]`;
    if (match === null) found.push({ field: at, value: name, reason: 'it says nothing of the header', fix: 'write {} for any value, or exact, prefix or regex' });
    found.push(...inHeaderName(name, at), ...inStringMatch(match, at));
  }
  for (const [name, match] of Object.entries(fieldsOf(value.withoutHeaders))) {
    const at = `${field}.withoutHeaders[${name}]`;
    found.push(...inHeaderName(name, at), ...fieldsOf(match).regex === '*' ? [] : inStringMatch(match, at));
  }
  const port = figure(value.port) ?? 0;
  if (port !== 0 && !isPort(port)) found.push({ field: `${field}.port`, value: String(port), reason: 'a port is a number from 1 to 65535', fix: 'write a port of the host' });
  const { sourceNamespace } = value;
  if (typeof sourceNamespace === 'string' && sourceNamespace !== '' && !isLabel(sourceNamespace)) {
    found.push({ field: `${field}.sourceNamespace`, value: sourceNamespace, reason: 'no namespace has this name', fix: 'write the name of the namespace of the callers' });
  }
  return found;
}

function inHeaderName(name: string, field: string): Finding[] {
  if (CLAIM.test(name) || PSEUDO_HEADERS.includes(name) || /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/.test(name)) return [];
  return [{ field, value: name, reason: 'no header has this name', fix: 'write letters, digits and -' }];
}
