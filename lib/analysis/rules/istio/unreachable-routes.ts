import { canonical } from '../../../core/eventing/canonical';
import { Severity } from '../../../core/problem';
import { Finding, Rule } from '../../rule';
import { Entry, entriesOf, Fields, fieldsOf, numberOf, textOf } from '../../workloads';

const LISTS = ['http', 'tcp', 'tls'];

/** What reading the routes of one list in their order gives. */
interface Reading {
  readonly unreachable: Finding[];
  readonly ineffective: Finding[];
}

export const unreachableRoute: Rule = {
  code: 'SM0628',
  title: 'route that no request comes to',
  explanation: 'Routes are tried in order, and one without a condition takes everything (istio pkg/config/validation/validation.go, analyzeUnreachableHTTPRules).',
  severity: Severity.WARNING,
  peers: ['IST0130'],
  example: {
    refused: routes('{}', '{ prefix: /v2 }').replace('    - match: [{ uri: {} }]\n      route:', '    - route:'),
    accepted: routes('{ prefix: /v2 }', '{ prefix: /v1 }'),
  },
  check(context) {
    for (const service of context.model.ofKind('networking.istio.io', 'VirtualService')) {
      for (const list of LISTS) read(entriesOf(fieldsOf(service.manifest.spec)[list], `spec.${list}`), list).unreachable.forEach(finding => context.report(service, finding));
    }
  },
};

export const ineffectiveMatch: Rule = {
  code: 'SM0629',
  title: 'condition that an earlier one takes everything from',
  explanation: 'Of two conditions that hold for the same requests only the first ever counts, and the prefix /v1 also takes what begins with /v1/orders '
    + '(istio pkg/config/validation/validation.go).',
  severity: Severity.INFO,
  peers: ['IST0131'],
  example: {
    refused: routes('{ prefix: /v1 }', '{ prefix: /v1/orders }'),
    accepted: routes('{ prefix: /v1/orders }', '{ prefix: /v1 }'),
  },
  check(context) {
    for (const service of context.model.ofKind('networking.istio.io', 'VirtualService')) {
      for (const list of LISTS) read(entriesOf(fieldsOf(service.manifest.spec)[list], `spec.${list}`), list).ineffective.forEach(finding => context.report(service, finding));
    }
  },
};

function read(list: readonly Entry[], protocol: string): Reading {
  const reading: Reading = { unreachable: [], ineffective: [] };
  const seen = new Map<string, Entry>();
  const prefixes: Prefix[] = [];
  let takesAll: Entry | undefined;
  for (const route of list) {
    const matches = entriesOf(route.value.match, `${route.field}.match`);
    if (takesAll) {
      reading.unreachable.push({ field: route.field, reason: `${takesAll.field} has no condition and takes everything before`, fix: 'put the route without a condition last' });
    }
    if (matches.length === 0) takesAll ??= route;
    if (takesAll) continue;
    const known = matches.filter(match => {
      const { name, ...condition } = match.value;
      const key = canonical(protocol === 'http' ? condition : { name, ...condition });
      const earlier = seen.get(key);
      if (earlier) reading.ineffective.push({ field: match.field, reason: `it is the condition of ${earlier.field}, which comes first`, fix: 'remove it' });
      else seen.set(key, route);
      if (!earlier && protocol === 'http') prefixes.push(...prefixOf(match));
      return earlier !== undefined;
    });
    if (known.length === matches.length) {
      reading.unreachable.push({ field: route.field, reason: 'earlier routes have all of its conditions', fix: 'remove it, or change its conditions' });
    }
  }
  prefixes.forEach((earlier, index) => prefixes.slice(index + 1).filter(later => covers(earlier, later)).forEach(later => reading.ineffective.push({
    field: `${later.field}.uri.prefix`,
    value: later.prefix,
    reason: `what begins with it begins with ${earlier.prefix} too, which ${earlier.field} takes before`,
    fix: 'put the longer prefix first',
  })));
  return reading;
}

/** A condition on the beginning of a path, with all else that it asks for. */
interface Prefix {
  readonly field: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly Readonly<Record<string, string>>[];
}

function prefixOf({ field, value }: Entry): Prefix[] {
  const prefix = textOf(fieldsOf(value.uri).prefix);
  if (prefix === undefined) return [];
  return [{
    field,
    prefix,
    port: numberOf(value.port) ?? 0,
    // who names no method mostly means GET, so Istio's analysis compares it as that
    method: textMatch(value.method) || '=GET',
    authority: textMatch(value.authority),
    maps: ['headers', 'queryParams', 'withoutHeaders'].map(name => Object.fromEntries(Object.entries(fieldsOf(value[name])).map(([key, entry]) => [key, textMatch(entry)]))),
  }];
}

function textMatch(value: unknown): string {
  const { exact, prefix }: Fields = fieldsOf(value);
  return textOf(exact) !== undefined ? `=${String(exact)}` : textOf(prefix) !== undefined ? `^${String(prefix)}` : '';
}

function covers(earlier: Prefix, later: Prefix): boolean {
  return later.prefix !== earlier.prefix && later.prefix.startsWith(earlier.prefix) && later.port === earlier.port
    && earlier.method.startsWith(later.method) && earlier.authority.startsWith(later.authority)
    && earlier.maps.every((map, index) => {
      const other = later.maps[index];
      return Object.keys(map).length === Object.keys(other).length
        && Object.entries(map).every(([key, text]) => other[key] !== undefined && text.startsWith(other[key]));
    });
}

function routes(first: string, second: string): string {
  const route = (uri: string) => `    - match: [{ uri: ${uri} }]
      route: [{ destination: { host: catalogue.shop.svc.cluster.local, port: { number: 80 } } }]
`;
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalogue, namespace: shop }
spec:
  hosts: [catalogue.shop.svc.cluster.local]
  http:
${route(first)}${route(second)}---
apiVersion: v1
kind: Service
metadata: { name: catalogue, namespace: shop }
spec: { selector: { app: checkout }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      containers: [{ name: app, image: 'registry.example.com/shop/checkout:1.0.0', ports: [{ containerPort: 8080 }] }]
`;
}
