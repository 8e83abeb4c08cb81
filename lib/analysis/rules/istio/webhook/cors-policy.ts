import { nanoseconds } from './durations';
import { eachOfNetworking, items } from './each';
import { inRegularExpression } from './string-matches';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf } from '../../../workloads';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export const corsPolicy: Rule = {
  code: 'SM1013',
  title: 'CORS policy that Istio refuses',
  explanation: 'Origins say what they match, methods and headers exist or are an asterisk, and maxAge counts whole seconds '
    + '(validateCORSPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - corsPolicy: { allowOrigins: [{ exact: https://example.com }], allowMethods: [get] }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - corsPolicy: { allowOrigins: [{ exact: https://example.com }], allowMethods: [GET] }
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http')
    .flatMap(route => inPolicy(route.value.corsPolicy, `${route.field}.corsPolicy`))),
};

function inPolicy(value: unknown, field: string): Finding[] {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge } = fieldsOf(value);
  const found: Finding[] = [];
  for (const origin of entriesOf(allowOrigins, `${field}.allowOrigins`)) {
    const { exact, prefix, regex } = origin.value;
    if ((exact ?? prefix ?? regex ?? '') === '') found.push({ field: origin.field, reason: 'it matches no origin', fix: 'write exact, prefix or regex' });
    else found.push(...inRegularExpression(origin.value, origin.field));
  }
  for (const { field: at, text } of items(allowMethods, `${field}.allowMethods`)) {
    if (!METHODS.includes(text)) found.push({ field: at, value: text, reason: 'this is no method that Istio knows', fix: `write one of ${METHODS.join(', ')}` });
  }
  for (const { field: at, text } of [...items(allowHeaders, `${field}.allowHeaders`), ...items(exposeHeaders, `${field}.exposeHeaders`)]) {
    if (!/^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/.test(text)) found.push({ field: at, value: text, reason: 'no header has this name', fix: 'write the name of a header' });
  }
  const age = typeof maxAge === 'string' ? nanoseconds(maxAge) ?? 0 : 0;
  if (age > 0 && age % 1e9 !== 0) found.push({ field: `${field}.maxAge`, value: String(maxAge), reason: 'it counts whole seconds', fix: 'write a duration such as 24h' });
  return found;
}
