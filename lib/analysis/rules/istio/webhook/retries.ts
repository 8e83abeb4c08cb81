import { STATUS_CODES } from 'http';
import { eachOfNetworking, figure } from './each';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf, isGiven, textOf } from '../../../workloads';

const CONDITIONS = ['5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes',
  'retriable-headers', 'envoy-ratelimited', 'http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'];

export const retryPolicy: Rule = {
  code: 'SM1016',
  title: 'retries that Istio refuses',
  explanation: 'Attempts are not negative, without attempts nothing else is said of retries, and retryOn lists conditions of Envoy or status codes, without spaces '
    + '(ValidateHTTPRetry in istio pkg/config/validation/agent/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - retries: { attempts: 3, retryOn: "5xx, connection-failure" }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - retries: { attempts: 3, retryOn: "5xx,connect-failure" }
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(({ field, value }) => inRetries(value.retries, `${field}.retries`))),
};

function inRetries(value: unknown, field: string): Finding[] {
  if (!isGiven(value)) return [];
  const retries = fieldsOf(value);
  const attempts = figure(retries.attempts) ?? 0;
  const found: Finding[] = [];
  if (attempts < 0) found.push({ field: `${field}.attempts`, value: String(attempts), reason: 'a number of attempts cannot be negative', fix: 'write 0 for none' });
  const idle = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find(name => isGiven(retries[name]) && retries[name] !== '');
  if (attempts === 0 && idle !== undefined) {
    found.push({ field: `${field}.attempts`, value: '0', reason: `there are no retries without attempts, so ${idle} cannot be meant`, fix: 'write attempts: 2' });
  }
  for (const condition of textOf(retries.retryOn)?.split(',') ?? []) {
    if (CONDITIONS.includes(condition) || /^\+?\d+$/.test(condition) && STATUS_CODES[Number(condition)] !== undefined) continue;
    found.push({ field: `${field}.retryOn`, value: condition, reason: 'Envoy knows no such condition', fix: `write of ${CONDITIONS.join(', ')} and status codes, with commas and no spaces` });
  }
  return found;
}
