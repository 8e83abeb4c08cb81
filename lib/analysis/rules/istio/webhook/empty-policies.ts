import { count, eachOfNetworking, given } from './each';
import { allPoliciesOf, partsOf, policiesOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, Fields, fieldsOf, isGiven } from '../../../workloads';

const OF_PORTS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const OF_POLICIES = [...OF_PORTS, 'tunnel', 'proxyProtocol', 'retryBudget'];

export const emptyPolicies: Rule = {
  code: 'SM1021',
  title: 'traffic policy that says nothing',
  explanation: 'A traffic policy, one for a port and a connection pool say something; one for a port says for which; tunnel and proxyProtocol exclude each other '
    + '(validateTrafficPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    portLevelSettings: [{ tls: { mode: SIMPLE } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE } }]
`,
  },
  check: eachOfNetworking(['DestinationRule', 'Sidecar'], (spec, { manifest }) => manifest.kind === 'DestinationRule'
    ? [...policiesOf(spec).flatMap(inPolicy), ...partsOf(allPoliciesOf(spec), 'connectionPool').flatMap(inPool)]
    : poolsOfSidecar(spec).flatMap(inPool)),
};

/** The connection pools of a Sidecar. */
export function poolsOfSidecar(spec: Fields): Entry[] {
  return [...partsOf([{ field: 'spec', value: spec }], 'inboundConnectionPool'), ...partsOf(entriesOf(spec.ingress, 'spec.ingress'), 'connectionPool')];
}

function inPolicy({ field, value }: Entry): Finding[] {
  if (given(value, OF_POLICIES).length === 0 && count(value.portLevelSettings) === 0) {
    return [{ field, reason: 'it says nothing', fix: `write one of ${OF_POLICIES.join(', ')}, or leave it out` }];
  }
  if (isGiven(value.tunnel) && isGiven(value.proxyProtocol)) {
    return [{ field: `${field}.proxyProtocol`, reason: 'it cannot stand beside tunnel', fix: 'leave one of the two out' }];
  }
  return entriesOf(value.portLevelSettings, `${field}.portLevelSettings`).flatMap(({ field: at, value: port }) => {
    if (!isGiven(port.port)) return [{ field: `${at}.port`, reason: 'it does not say for which port it is', fix: 'write port: { number: 443 }' }];
    return given(port, OF_PORTS).length > 0 ? [] : [{ field: at, reason: 'it says nothing of the port', fix: `write one of ${OF_PORTS.join(', ')}, or leave it out` }];
  });
}

function inPool({ field, value }: Entry): Finding[] {
  return given(fieldsOf(value), ['http', 'tcp']).length > 0 ? [] : [{ field, reason: 'it says nothing', fix: 'write http: or tcp:, or leave it out' }];
}
