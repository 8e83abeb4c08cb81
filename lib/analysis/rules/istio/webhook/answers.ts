import { isPort } from './addresses';
import { eachOfNetworking, figure } from './each';
import { regularExpressionFault } from './regular-expressions';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, isGiven, textOf } from '../../../workloads';

const LARGEST_BODY = 1024 * 1024;

export const httpRedirect: Rule = {
  code: 'SM1009',
  title: 'redirect that leads nowhere',
  explanation: 'A redirect changes the URI, the authority, the scheme or the port, with a code from 300 to 399; uri and prefixRewrite exclude each other '
    + '(validateHTTPRedirect in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - redirect: { redirectCode: 200, uri: /v2 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - redirect: { redirectCode: 302, uri: /v2 }
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(inRedirect)),
};

export const httpRewrite: Rule = {
  code: 'SM1010',
  title: 'rewrite that changes nothing, or in two ways',
  explanation: 'A rewrite names a uri or a uriRegexRewrite (with match and rewrite), and may name an authority '
    + '(validateHTTPRewrite in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - rewrite: { uri: /v2, uriRegexRewrite: { match: ^/v1, rewrite: /v2 } }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - rewrite: { uriRegexRewrite: { match: ^/v1, rewrite: /v2 } }
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(inRewrite)),
};

export const directResponse: Rule = {
  code: 'SM1011',
  title: 'answer that no proxy gives',
  explanation: 'A direct response has a status from 200 to 600 and a body of at most 1 MiB '
    + '(validateHTTPDirectResponse in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - directResponse: { status: 100 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - directResponse: { status: 503 }
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(inDirectResponse)),
};

function inRedirect({ field, value }: Entry): Finding[] {
  if (!isGiven(value.redirect)) return [];
  const at = `${field}.redirect`;
  const redirect = fieldsOf(value.redirect);
  const [uri, prefixRewrite, authority, scheme] = ['uri', 'prefixRewrite', 'authority', 'scheme'].map(name => textOf(redirect[name]));
  if (uri !== undefined && prefixRewrite !== undefined) {
    return [{ field: `${at}.prefixRewrite`, value: prefixRewrite, reason: 'it cannot stand beside uri', fix: 'leave one of the two out' }];
  }
  const unlike = prefixRewrite === undefined ? undefined
    : entriesOf(value.match, `${field}.match`).find(match => isGiven(match.value.uri) && !isGiven(fieldsOf(match.value.uri).prefix));
  if (unlike) return [{ field: `${unlike.field}.uri`, reason: 'the redirect replaces a prefix, and this condition has none', fix: 'write uri: { prefix: ... }' }];
  if ([uri, prefixRewrite, authority, scheme, redirect.port, redirect.derivePort].every(part => !isGiven(part))) {
    return [{ field: at, reason: 'it changes nothing', fix: 'write uri, authority, scheme or port' }];
  }
  const found: Finding[] = [];
  const code = figure(redirect.redirectCode) ?? 0;
  if (code !== 0 && (code < 300 || code > 399)) {
    found.push({ field: `${at}.redirectCode`, value: String(code), reason: 'this is not the code of a redirect', fix: 'write a code from 300 to 399, such as 302' });
  }
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    found.push({ field: `${at}.scheme`, value: scheme, reason: 'requests have no other scheme than http and https', fix: 'write https' });
  }
  const port = figure(redirect.port) ?? 0;
  if (port > 0 && !isPort(port)) found.push({ field: `${at}.port`, value: String(port), reason: 'a port is a number from 1 to 65535', fix: 'write a port such as 443' });
  return found;
}

function inRewrite({ field, value }: Entry): Finding[] {
  if (!isGiven(value.rewrite)) return [];
  const at = `${field}.rewrite`;
  const { uri, uriRegexRewrite, authority } = fieldsOf(value.rewrite);
  const { match, rewrite } = fieldsOf(uriRegexRewrite);
  if (textOf(uri) !== undefined && isGiven(uriRegexRewrite)) {
    return [{ field: `${at}.uriRegexRewrite`, reason: 'it cannot stand beside uri', fix: 'leave one of the two out' }];
  }
  if (textOf(uri) === undefined && !isGiven(uriRegexRewrite) && textOf(authority) === undefined) {
    return [{ field: at, reason: 'it rewrites nothing', fix: 'write uri, uriRegexRewrite or authority' }];
  }
  if (!isGiven(uriRegexRewrite)) return [];
  const missing = textOf(match) === undefined ? 'match' : textOf(rewrite) === undefined ? 'rewrite' : undefined;
  if (missing !== undefined) {
    return [{ field: `${at}.uriRegexRewrite.${missing}`, reason: 'both the expression and what replaces it are needed', fix: `write ${missing}: ...` }];
  }
  const fault = regularExpressionFault(String(match));
  return fault === undefined ? [] : [{ field: `${at}.uriRegexRewrite.match`, value: String(match), reason: fault, fix: 'write a regular expression of RE2' }];
}

function inDirectResponse({ field, value }: Entry): Finding[] {
  if (!isGiven(value.directResponse)) return [];
  const at = `${field}.directResponse`;
  const { status, body } = fieldsOf(value.directResponse);
  const { string, bytes } = fieldsOf(body);
  const found: Finding[] = [];
  const code = figure(status);
  if (code !== undefined && (code < 200 || code > 600)) {
    found.push({ field: `${at}.status`, value: String(code), reason: 'this is not the status of an answer', fix: 'write a status from 200 to 599' });
  }
  const size = typeof string === 'string' ? Buffer.byteLength(string)
    : typeof bytes === 'string' ? Buffer.byteLength(bytes, 'base64') : 0;
  if (size > LARGEST_BODY) found.push({ field: `${at}.body`, reason: `it has ${size} bytes; 1 MiB is the most`, fix: 'answer from a Service' });
  return found;
}
