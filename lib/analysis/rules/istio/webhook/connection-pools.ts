import { eachOfNetworking, figure } from './each';
import { poolsOfSidecar } from './empty-policies';
import { allPoliciesOf, partsOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { Entry, fieldsOf } from '../../../workloads';

const HTTP = ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'];

export const connectionPools: Rule = {
  code: 'SM1022',
  title: 'limits of connections that Istio refuses',
  explanation: 'Limits are not negative, and useClientProtocol excludes an upgrade to HTTP/2 (validateConnectionPool in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: -1 } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 100 } }
`,
  },
  check: eachOfNetworking(['DestinationRule', 'Sidecar'], (spec, { manifest }) => (
    manifest.kind === 'DestinationRule' ? partsOf(allPoliciesOf(spec), 'connectionPool') : poolsOfSidecar(spec)).flatMap(inPool)),
};

function inPool({ field, value }: Entry): Finding[] {
  const http = fieldsOf(value.http);
  const limits = [
    ...HTTP.map(name => ({ field: `${field}.http.${name}`, limit: figure(http[name]) ?? 0 })),
    { field: `${field}.tcp.maxConnections`, limit: figure(fieldsOf(value.tcp).maxConnections) ?? 0 },
  ];
  const found: Finding[] = limits.filter(({ limit }) => limit < 0)
    .map(({ field: at, limit }) => ({ field: at, value: String(limit), reason: 'a limit cannot be negative', fix: 'write how many, or leave it out for the default' }));
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    found.push({ field: `${field}.http.useClientProtocol`, value: 'true', reason: 'h2UpgradePolicy: UPGRADE decides the protocol already', fix: 'leave one of the two out' });
  }
  return found;
}
