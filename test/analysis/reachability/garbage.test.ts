import { ledger, LEDGER, podAt, SHOP } from './cases';
import { Reachability } from '../../../lib';

const NONSENSE = ['null', '7', 'text', '[]', '[null, 7, {}]', '{ a: 1 }'];
const PLACES = [
  ['security.istio.io/v1', 'AuthorizationPolicy', (x: string) => `{ rules: ${x} }`],
  ['security.istio.io/v1', 'AuthorizationPolicy', (x: string) => `{ action: DENY, rules: [{ from: ${x}, to: ${x}, when: ${x} }] }`],
  ['security.istio.io/v1', 'AuthorizationPolicy', (x: string) => `{ rules: [{ from: [{ source: { principals: ${x}, ipBlocks: ${x} } }], to: [{ operation: { ports: ${x} } }] }] }`],
  ['security.istio.io/v1', 'AuthorizationPolicy', (x: string) => `{ selector: ${x}, targetRefs: ${x}, action: ${x} }`],
  ['security.istio.io/v1', 'PeerAuthentication', (x: string) => `{ selector: ${x}, mtls: ${x}, portLevelMtls: ${x} }`],
  ['security.istio.io/v1', 'RequestAuthentication', (x: string) => `{ jwtRules: ${x} }`],
  ['networking.istio.io/v1', 'DestinationRule', (x: string) => `{ host: ledger, trafficPolicy: ${x} }`],
  ['networking.istio.io/v1', 'Sidecar', (x: string) => `{ egress: ${x}, workloadSelector: ${x}, outboundTrafficPolicy: ${x} }`],
  ['networking.istio.io/v1', 'Sidecar', (x: string) => `{ egress: [{ hosts: ${x} }] }`],
  ['networking.istio.io/v1', 'VirtualService', (x: string) => `{ hosts: [ledger], exportTo: ${x}, http: ${x}, tcp: ${x} }`],
  ['networking.istio.io/v1', 'VirtualService', (x: string) => `{ hosts: [ledger], http: [{ match: ${x}, route: ${x}, fault: ${x}, delegate: ${x} }] }`],
  ['networking.istio.io/v1', 'VirtualService', (x: string) => `{ hosts: [ledger], http: [{ match: [{ uri: ${x}, headers: ${x}, queryParams: ${x}, port: ${x}, sourceLabels: ${x} }] }] }`],
  ['networking.istio.io/v1', 'VirtualService', (x: string) => `{ hosts: [ledger], http: [{ match: [{ uri: { regex: "(" } }] }, { route: [{ destination: ${x} }] }] }`],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', (x: string) => `{ parentRefs: [{ kind: Service, name: ledger }], rules: ${x} }`],
  ['networking.k8s.io/v1', 'NetworkPolicy', (x: string) => `{ podSelector: ${x}, ingress: ${x}, policyTypes: ${x} }`],
  ['networking.k8s.io/v1', 'NetworkPolicy', (x: string) => `{ podSelector: {}, ingress: [{ from: ${x}, ports: ${x} }, { from: [{ ipBlock: ${x} }] }] }`],
] as const;

test.each(PLACES)('nothing that stands in a %s %s makes the question fail', (apiVersion, kind, spec) => {
  for (const nonsense of NONSENSE) {
    const yaml = `${SHOP}---\n${LEDGER}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: odd, namespace: shop }\nspec: ${spec(nonsense)}\n`;
    expect(() => Reachability.ofYaml(yaml).request({ from: podAt('10.0.0.1'), to: ledger, method: 'GET', path: '/', claims: { iss: 'x', sub: 'y' } })).not.toThrow();
  }
});
