import { nanoseconds } from './durations';
import { each } from './each';
import { Finding, Rule } from '../../../rule';
import { Fields } from '../../../workloads';

const DURATIONS = ['timeout', 'perTryTimeout', 'backoff', 'fixedDelay', 'maxAge', 'interval', 'baseEjectionTime', 'connectTimeout', 'maxConnectionDuration', 'idleTimeout',
  'time', 'duration'];
/** Below these, names are those of the user. */
const FREE = ['headers', 'withoutHeaders', 'queryParams', 'labels', 'sourceLabels', 'matchLabels'];
const MILLISECOND = 1e6;

export const wholeMilliseconds: Rule = {
  code: 'SM1028',
  title: 'duration finer than a millisecond',
  explanation: 'Istio counts durations in whole milliseconds (ValidateDuration in istio pkg/config/validation/agent/validation.go); the schemas check only that they '
    + 'are not shorter than one.',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    connectionPool: { tcp: { connectTimeout: 1500us } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    connectionPool: { tcp: { connectTimeout: 2ms } }
`,
  },
  check(context) {
    each('networking.istio.io', ['VirtualService', 'DestinationRule', 'Sidecar'], spec => inDurations(spec, 'spec'))(context);
    each('security.istio.io', ['RequestAuthentication'], spec => inDurations(spec, 'spec'))(context);
  },
};

function inDurations(value: Fields | readonly unknown[], field: string): Finding[] {
  return Object.entries(value).flatMap(([name, part]) => {
    const at = Array.isArray(value) ? `${field}[${name}]` : `${field}.${name}`;
    if (FREE.includes(name)) return [];
    if (typeof part === 'object' && part !== null) return inDurations(part as Fields, at);
    const length = typeof part === 'string' && DURATIONS.includes(name) ? nanoseconds(part) ?? 0 : 0;
    return length % MILLISECOND === 0 ? [] : [{ field: at, value: String(part), reason: 'it is no whole number of milliseconds', fix: `write ${Math.max(1, Math.round(length / MILLISECOND))}ms` }];
  });
}
