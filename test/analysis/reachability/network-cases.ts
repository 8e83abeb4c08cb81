import { ALLOWED, Case, DENIED, DEPENDS, podAt, report, stranger } from './cases';
import { MeshMembership, RequestSource, RequestTarget } from '../../../lib';

const API = 'Kubernetes API reference, networking.k8s.io/v1';
const CONCEPT = 'kubernetes.io/docs/concepts/services-networking/network-policies';

function network(spec: string, metadata = 'name: net, namespace: shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { ${metadata} }\nspec: { ${/podSelector: \{ matchLabels|^podSelector/.test(spec) ? '' : 'podSelector: { matchLabels: { app: ledger } }, '}${spec} }\n`;
}

const web = RequestSource.pods({ namespace: 'shop', labels: { app: 'web' }, serviceAccount: 'web' });
const elsewhere = RequestSource.pods({ namespace: 'reports', labels: { app: 'web' } });
const outside = RequestSource.outsideCluster('198.51.100.4');

/** NetworkPolicies. */
export const NETWORK: readonly Case[] = [
  { what: 'pods that no policy selects take everything', source: `${CONCEPT}, default`, yaml: network('podSelector: { matchLabels: { app: other } }, policyTypes: [Ingress]'), outcome: ALLOWED },
  { what: 'selected pods take nothing that no rule lets in', source: `${API} NetworkPolicySpec.ingress`, yaml: network('policyTypes: [Ingress]'), outcome: DENIED, by: 'net' },
  { what: 'an empty selector selects the namespace', source: `${API} NetworkPolicySpec.podSelector`, yaml: network('podSelector: {}, policyTypes: [Ingress]'), outcome: DENIED, by: 'net' },
  { what: 'a rule without sources lets everybody in', source: `${API} NetworkPolicyIngressRule.from`, yaml: network('ingress: [{}]'), outcome: ALLOWED },
  { what: 'a policy for what goes out says nothing of what comes in', source: `${API} NetworkPolicySpec.policyTypes`, yaml: network('policyTypes: [Egress]'), ask: { from: report }, outcome: ALLOWED },
  { what: 'without types a policy is for what comes in', source: `${API} NetworkPolicySpec.policyTypes`, yaml: network('ingress: []'), outcome: DENIED },
  { what: 'pods of the same namespace', source: `${API} NetworkPolicyPeer.podSelector`, yaml: network('ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]'), ask: { from: web }, outcome: ALLOWED },
  { what: 'a pod selector alone is for the policy\'s namespace', source: `${API} NetworkPolicyPeer.podSelector`, yaml: network('ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]'), ask: { from: elsewhere }, outcome: DENIED },
  { what: 'pods whose labels nobody named', source: `${API} NetworkPolicyPeer.podSelector`, yaml: network('ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]'), outcome: DEPENDS, by: 'net' },
  { what: 'a namespace by its name', source: `${CONCEPT}, kubernetes.io/metadata.name`, yaml: network('ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: reports } } }] }]'), ask: { from: report }, outcome: ALLOWED },
  { what: 'a namespace of another name', source: `${CONCEPT}, kubernetes.io/metadata.name`, yaml: network('ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]'), ask: { from: report }, outcome: DENIED },
  { what: 'a namespace by a label of its own', source: `${API} NetworkPolicyPeer.namespaceSelector`, yaml: network('ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: sales } } }] }]'), outcome: ALLOWED },
  { what: 'a namespace whose labels nobody knows', source: `${API} NetworkPolicyPeer.namespaceSelector`, yaml: network('ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: sales } } }] }]'), ask: { from: report }, outcome: DEPENDS },
  { what: 'pods and namespace in one entry are both asked', source: `${CONCEPT}, namespaceSelector and podSelector`, yaml: network('ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: job } } }] }]'), ask: { from: elsewhere }, outcome: DENIED },
  { what: 'of two entries one is enough', source: `${CONCEPT}, namespaceSelector and podSelector`, yaml: network('ingress: [{ from: [{ namespaceSelector: {} }, { podSelector: { matchLabels: { app: job } } }] }]'), ask: { from: elsewhere }, outcome: ALLOWED },
  { what: 'an address in a block', source: `${API} IPBlock.cidr`, yaml: network('ingress: [{ from: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }]'), ask: { from: outside }, outcome: ALLOWED },
  { what: 'an address that a block leaves out', source: `${API} IPBlock.except`, yaml: network('ingress: [{ from: [{ ipBlock: { cidr: 198.51.0.0/16, except: [198.51.100.0/24] } }] }]'), ask: { from: outside }, outcome: DENIED },
  { what: 'what is outside of the cluster is in no namespace', source: `${API} NetworkPolicyPeer.namespaceSelector`, yaml: network('ingress: [{ from: [{ namespaceSelector: {} }] }]'), ask: { from: outside }, outcome: DENIED },
  { what: 'a port', source: `${API} NetworkPolicyPort.port`, yaml: network('ingress: [{ ports: [{ port: 8080 }] }]'), outcome: ALLOWED },
  { what: 'another port', source: `${API} NetworkPolicyPort.port`, yaml: network('ingress: [{ ports: [{ port: 8080 }] }]'), ask: { port: 9000 }, outcome: DENIED },
  { what: 'a port by the name that the pods give it', source: `${API} NetworkPolicyPort.port`, yaml: network('ingress: [{ ports: [{ port: admin }] }]'), ask: { port: 9000 }, outcome: ALLOWED },
  { what: 'a range of ports', source: `${API} NetworkPolicyPort.endPort`, yaml: network('ingress: [{ ports: [{ port: 8000, endPort: 8999 }] }]'), outcome: ALLOWED },
  { what: 'a port of another protocol', source: `${API} NetworkPolicyPort.protocol`, yaml: network('ingress: [{ ports: [{ protocol: UDP, port: 8080 }] }]'), outcome: DENIED },
  { what: 'policies add up', source: `${CONCEPT}, additive`, yaml: `${network('policyTypes: [Ingress]')}---\n${network('ingress: [{}]', 'name: open, namespace: shop')}`, outcome: ALLOWED },
  { what: 'the caller must be let out', source: `${CONCEPT}, both sides`, yaml: network('podSelector: {}, policyTypes: [Egress]', 'name: shut, namespace: reports'), ask: { from: report }, outcome: DENIED, by: 'shut' },
  { what: 'the caller is let out to the namespace', source: `${API} NetworkPolicyEgressRule.to`, yaml: network('podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { team: sales } } }], ports: [{ port: http }] }]', 'name: out, namespace: reports'), ask: { from: report }, outcome: ALLOWED },
  { what: 'rules for what goes out make a policy one for what goes out', source: `${API} NetworkPolicySpec.policyTypes`, yaml: network('podSelector: {}, egress: [{ to: [{ podSelector: {} }] }]', 'name: out, namespace: reports'), ask: { from: report }, outcome: DENIED, by: 'out' },
  { what: 'an expression', source: 'Kubernetes API reference, meta/v1 LabelSelectorRequirement', yaml: network('ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] } }] }]'), ask: { from: web }, outcome: DENIED },
  { what: 'everybody by address', source: `${API} IPBlock.cidr`, yaml: network('ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]'), ask: { from: podAt('10.0.0.1') }, outcome: ALLOWED },
  { what: 'the network is asked before the mesh', source: `${CONCEPT}; istio.io/docs/ops/best-practices/security, layers`, yaml: network('policyTypes: [Ingress]'), ask: { from: stranger }, outcome: DENIED, by: 'net' },
];

const AMBIENT_NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: vault, labels: { istio.io/dataplane-mode: ambient } }
`;
const safe = RequestTarget.pods({ namespace: 'vault', labels: { app: 'safe' }, port: 8080 });
const inAmbient = RequestSource.pods({ namespace: 'vault', serviceAccount: 'clerk' });
const plain = RequestSource.pods({ namespace: 'legacy', mesh: MeshMembership.OUTSIDE });
const ZTUNNEL = 'istio/istio pilot/pkg/serviceregistry/ambient/authorization.go';
const DOCS = 'istio.io/docs/ambient';

function vault(spec: string): string {
  return `${AMBIENT_NAMESPACE}---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: safe, namespace: vault }\nspec: { ${spec} }\n`;
}

const own = 'selector: { matchLabels: { app: safe } }';
const WAYPOINT_NAMESPACE = AMBIENT_NAMESPACE.replace('ambient }', 'ambient, istio.io/use-waypoint: gate }');
const SAFE = `apiVersion: apps/v1
kind: Deployment
metadata: { name: safe, namespace: vault }
spec:
  selector: { matchLabels: { app: safe } }
  template:
    metadata: { labels: { app: safe } }
    spec: { containers: [{ name: app, image: "registry.example.com/safe:1.0.0", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: safe, namespace: vault }
spec: { selector: { app: safe }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

function atWaypoint(spec: string): string {
  return `${vault(spec).replace(AMBIENT_NAMESPACE, WAYPOINT_NAMESPACE)}---\n${SAFE}`;
}

const service = 'targetRefs: [{ kind: Service, group: "", name: safe }]';

const gate = 'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: gate }]';
const ATTACH = 'istio/istio pilot/pkg/model/policyattachment.go, ShouldAttachPolicy';
const REQUIRED = 'action: DENY, rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }]';
const CLAIMS = { iss: 'https://id.example.com', sub: 'ada' };

function tokensAtWaypoint(refs: string, policies = `${refs}, ${REQUIRED}`): string {
  const tokens = `apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: { name: tokens, namespace: vault }\nspec: { ${refs}, jwtRules: [{ issuer: "https://id.example.com", jwksUri: "https://id.example.com/keys" }] }\n`;
  return `${atWaypoint(policies)}---\n${tokens}`;
}

/** Ambient mode. */
export const AMBIENT: readonly Case[] = [
  { what: 'ztunnel knows who calls', source: `${ZTUNNEL}, handleRule`, yaml: vault(`${own}, rules: [{ from: [{ source: { principals: [cluster.local/ns/vault/sa/clerk] } }] }]`), ask: { from: inAmbient, to: safe }, outcome: ALLOWED, by: 'safe' },
  { what: 'ztunnel leaves out an ALLOW rule that asks for HTTP', source: `${ZTUNNEL}, httpAllowRuleBoilerplate`, yaml: vault(`${own}, rules: [{ to: [{ operation: { methods: [GET] } }] }]`), ask: { from: inAmbient, to: safe, method: 'GET' }, outcome: DENIED },
  { what: 'ztunnel denies more than a DENY rule with ports and methods says', source: `${ZTUNNEL}, httpDenyMixedBoilerplate`, yaml: vault(`${own}, action: DENY, rules: [{ to: [{ operation: { methods: [POST], ports: ["8080"] } }] }]`), ask: { from: inAmbient, to: safe, method: 'GET' }, outcome: DENIED },
  { what: 'a DENY rule of HTTP alone does nothing at ztunnel', source: `${ZTUNNEL}, httpDenyNoEffectBoilerplate`, yaml: vault(`${own}, action: DENY, rules: [{ to: [{ operation: { methods: [POST] } }] }]`), ask: { from: inAmbient, to: safe, method: 'POST' }, outcome: ALLOWED },
  { what: 'an empty rule matches everything at ztunnel too', source: `${ZTUNNEL}, hasEffectiveRules`, yaml: vault(`${own}, action: DENY, rules: [{}]`), ask: { from: inAmbient, to: safe }, outcome: DENIED },
  { what: 'ztunnel asks no external authorizer', source: `${ZTUNNEL}, convertAuthorizationPolicy`, yaml: vault(`${own}, action: CUSTOM, provider: { name: opa }, rules: [{}]`), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'a policy with targetRefs is not for ztunnel', source: `${ZTUNNEL}, convertAuthorizationPolicy`, yaml: vault(`${service}, action: DENY, rules: [{}]`), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'a condition of layer 4', source: `${ZTUNNEL}, l4WhenAttributes`, yaml: vault(`${own}, rules: [{ when: [{ key: source.namespace, values: [vault] }] }]`), ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'a waypoint enforces methods', source: `${DOCS}/usage/l7-features`, yaml: atWaypoint(`${service}, rules: [{ to: [{ operation: { methods: [GET] } }] }]`), ask: { from: inAmbient, to: safe, method: 'POST' }, outcome: DENIED, by: 'safe' },
  { what: 'a waypoint does not look at selectors, and pods see the waypoint', source: 'istio/api authorization_policy.proto, targetRefs; istio.io/docs/ambient/usage/l4-policy', yaml: atWaypoint(`${own}, rules: [{ from: [{ source: { principals: [cluster.local/ns/vault/sa/clerk] } }] }]`), ask: { from: inAmbient, to: safe }, outcome: DENIED, by: 'safe' },
  { what: 'a token is asked for at the waypoint, by the Service', source: ATTACH, yaml: tokensAtWaypoint(service), ask: { from: inAmbient, to: safe }, outcome: DENIED, by: 'safe' },
  { what: 'a token is verified at the waypoint, by the Service', source: ATTACH, yaml: tokensAtWaypoint(service), ask: { from: inAmbient, to: safe, claims: CLAIMS }, outcome: ALLOWED },
  { what: 'a token is verified at the waypoint, by the waypoint itself', source: ATTACH, yaml: tokensAtWaypoint(gate), ask: { from: inAmbient, to: safe, claims: CLAIMS }, outcome: ALLOWED },
  { what: 'a bad token is turned away at the waypoint', source: 'istio/api security/v1beta1/request_authentication.proto', yaml: tokensAtWaypoint(gate), ask: { from: inAmbient, to: safe, claims: CLAIMS, tokenValid: false }, outcome: DENIED, by: 'tokens' },
  { what: 'a RequestAuthentication with a selector does not verify at a waypoint', source: ATTACH, yaml: tokensAtWaypoint(own, `${service}, ${REQUIRED}`), ask: { from: inAmbient, to: safe, claims: CLAIMS }, outcome: DENIED, by: 'safe' },
  { what: 'a policy for the waypoint itself holds for what goes through it', source: ATTACH, yaml: atWaypoint(`${gate}, action: DENY, rules: [{ to: [{ operation: { paths: ["/admin*"] } }] }]`), ask: { from: inAmbient, to: safe, path: '/admin' }, outcome: DENIED, by: 'safe' },
  { what: 'who goes around a waypoint is asked for no token', source: `${DOCS}/usage/waypoint; istio/istio pilot/pkg/xds/endpoints/endpoint_builder.go, findServiceWaypoint`, yaml: tokensAtWaypoint(service), ask: { from: RequestSource.pods({ namespace: 'shop', mesh: MeshMembership.SIDECAR }), to: safe }, outcome: ALLOWED },
  { what: 'an external authorizer is asked at the waypoint', source: `${DOCS}/usage/l7-features; ${ATTACH}`, yaml: atWaypoint(`${service}, action: CUSTOM, provider: { name: opa }, rules: [{}]`), ask: { from: inAmbient, to: safe }, outcome: DEPENDS, by: 'safe' },
  { what: 'the network sees the tunnel\'s port', source: `${DOCS}/usage/networkpolicy`, yaml: `${AMBIENT_NAMESPACE}---\n${network('podSelector: { matchLabels: { app: safe } }, ingress: [{ ports: [{ port: 8080 }] }]', 'name: net, namespace: vault')}`, ask: { from: inAmbient, to: safe }, outcome: DENIED, by: 'net' },
  { what: 'port 15008 lets the mesh in', source: `${DOCS}/usage/networkpolicy`, yaml: `${AMBIENT_NAMESPACE}---\n${network('podSelector: { matchLabels: { app: safe } }, ingress: [{ ports: [{ port: 15008 }] }]', 'name: net, namespace: vault')}`, ask: { from: inAmbient, to: safe }, outcome: ALLOWED },
  { what: 'port 15008 lets nobody in from outside of the mesh', source: `${DOCS}/usage/networkpolicy`, yaml: `${AMBIENT_NAMESPACE}---\n${network('podSelector: { matchLabels: { app: safe } }, ingress: [{ ports: [{ port: 15008 }] }]', 'name: net, namespace: vault')}`, ask: { from: plain, to: safe }, outcome: DENIED },
];
