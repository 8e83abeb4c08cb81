import { allowing, ALLOWED, Case, checkout, DENIED, DEPENDS, denying, from, policy, report, podAt, stranger, to, when } from './cases';

const PROTO = 'istio/api security/v1beta1/authorization_policy.proto';
const BUILDER = 'istio/istio pilot/pkg/security/authz/builder/builder.go';
const MODEL = 'istio/istio pilot/pkg/security/authz/model/model.go';
const GENERATOR = 'istio/istio pilot/pkg/security/authz/model/generator.go';
const STRING = 'istio/istio pilot/pkg/security/authz/matcher/string.go';

const any = 'rules: [{}]';

/** In which order actions count, and what a policy without rules says. */
export const ACTIONS: readonly Case[] = [
  { what: 'nothing restricts anything', source: `${PROTO}, evaluation rule 3`, yaml: '', outcome: ALLOWED },
  { what: 'an empty spec allows nothing', source: `${PROTO}, example allow-nothing`, yaml: policy('selector: {}').replace('selector: {}', ''), outcome: DENIED, by: 'ledger' },
  { what: 'a selector without rules allows nothing', source: `${PROTO}, example allow-nothing in bar`, yaml: policy('action: ALLOW'), outcome: DENIED, by: 'ledger' },
  { what: 'an empty list of rules matches nothing', source: `${BUILDER}, rbacPolicyMatchNever`, yaml: policy('rules: []'), outcome: DENIED },
  { what: 'an empty rule matches everything', source: `${PROTO}, example allow-all`, yaml: policy(any), outcome: ALLOWED, by: 'ledger' },
  { what: 'one of several ALLOW policies is enough', source: `${PROTO}, evaluation rule 4`, yaml: `${policy('action: ALLOW')}---\n${policy(any, 'name: open, namespace: shop')}`, outcome: ALLOWED, by: 'open' },
  { what: 'DENY goes before ALLOW', source: `${PROTO}, evaluation rule 2`, yaml: `${policy(any)}---\n${policy(`action: DENY, ${any}`, 'name: shut, namespace: shop')}`, outcome: DENIED, by: 'shut' },
  { what: 'a DENY policy that does not match leaves the request alone', source: `${PROTO}, evaluation rules 2 and 3`, yaml: denying(to('methods: [POST]')), ask: { method: 'GET' }, outcome: ALLOWED },
  { what: 'CUSTOM asks somebody else', source: `${PROTO}, evaluation rule 1`, yaml: policy(`action: CUSTOM, provider: { name: opa }, ${any}`), outcome: DEPENDS, by: 'ledger' },
  { what: 'CUSTOM that does not match asks nobody', source: `${PROTO}, Action.CUSTOM`, yaml: policy(`action: CUSTOM, provider: { name: opa }, rules: [{ ${to('paths: ["/admin/*"]')} }]`), ask: { path: '/orders' }, outcome: ALLOWED },
  { what: 'an external authorizer cannot overrule DENY', source: `${PROTO}, Action.CUSTOM`, yaml: `${policy(`action: CUSTOM, provider: { name: opa }, ${any}`)}---\n${policy(`action: DENY, ${any}`, 'name: shut, namespace: shop')}`, outcome: DENIED, by: 'shut' },
  { what: 'AUDIT has no say', source: `${PROTO}, AUDIT`, yaml: policy(`action: AUDIT, ${any}`), outcome: ALLOWED },
  { what: 'AUDIT does not count as an ALLOW policy', source: `${PROTO}, AUDIT`, yaml: policy(`action: AUDIT, rules: [{ ${from('namespaces: [nobody]')} }]`), outcome: ALLOWED },
  { what: 'a policy on trial is not enforced', source: `${PROTO}, example dry-run`, yaml: policy(`action: DENY, ${any}`, 'name: ledger, namespace: shop, annotations: { istio.io/dry-run: "true" }'), outcome: ALLOWED },
  { what: 'an ALLOW policy on trial shuts nobody out', source: `${BUILDER}, hasEnforcePolicy`, yaml: policy('action: ALLOW', 'name: ledger, namespace: shop, annotations: { istio.io/dry-run: "true" }'), outcome: ALLOWED },
];

/** Which pods a policy holds for. */
export const SCOPES: readonly Case[] = [
  { what: 'a policy without a selector holds for its namespace', source: `${PROTO}, scope`, yaml: policy('selector: {}, action: DENY, rules: [{}]'), outcome: DENIED },
  { what: 'a policy of another namespace does not hold', source: `${PROTO}, scope`, yaml: policy('selector: {}, action: DENY, rules: [{}]', 'name: other, namespace: reports'), outcome: ALLOWED },
  { what: 'a policy of the root namespace holds for all', source: `${PROTO}, scope`, yaml: policy('selector: {}, action: DENY, rules: [{}]', 'name: mesh, namespace: istio-system'), outcome: DENIED, by: 'mesh' },
  { what: 'its selector holds for pods of all namespaces', source: `${PROTO}, example version v1 in istio-system`, yaml: policy('selector: { matchLabels: { version: v1 } }', 'name: mesh, namespace: istio-system'), outcome: DENIED, by: 'mesh' },
  { what: 'other labels are not selected', source: `${PROTO}, selector`, yaml: policy('selector: { matchLabels: { app: billing } }'), outcome: ALLOWED },
  { what: 'all labels of a selector must match', source: 'istio/istio pilot/pkg/model/policyattachment.go, SubsetOf', yaml: policy('selector: { matchLabels: { app: ledger, version: v2 } }'), outcome: ALLOWED },
  {
    what: 'a policy with targetRefs does not hold at a sidecar',
    source: 'istio/istio pilot/pkg/model/policyattachment.go, ShouldAttachPolicy',
    yaml: policy('targetRefs: [{ kind: Service, group: "", name: ledger }], action: DENY, rules: [{}]'),
    outcome: ALLOWED,
  },
];

const principal = 'cluster.local/ns/shop/sa/checkout';

/** Who sends the request. */
export const SOURCES: readonly Case[] = [
  { what: 'a principal', source: `${PROTO}, Source.principals`, yaml: allowing(from(`principals: ["${principal}"]`)), outcome: ALLOWED, by: 'ledger' },
  { what: 'another principal', source: `${PROTO}, Source.principals`, yaml: allowing(from(`principals: ["${principal}"]`)), ask: { from: report }, outcome: DENIED },
  { what: 'a principal by prefix', source: `${PROTO}, Rule, prefix match`, yaml: allowing(from('principals: ["cluster.local/ns/shop/*"]')), outcome: ALLOWED },
  { what: 'a principal by suffix', source: `${PROTO}, Rule, suffix match`, yaml: allowing(from('principals: ["*/sa/checkout"]')), outcome: ALLOWED },
  { what: 'any principal', source: `${PROTO}, Rule, presence match`, yaml: allowing(from('principals: ["*"]')), outcome: ALLOWED },
  { what: 'any principal where there is none', source: `${PROTO}, Source.principals, requires mTLS`, yaml: allowing(from('principals: ["*"]')), ask: { from: stranger }, outcome: DENIED },
  { what: 'whoever has no principal is denied', source: `${PROTO}, Source.notPrincipals`, yaml: denying(from('notPrincipals: ["*"]')), ask: { from: stranger }, outcome: DENIED },
  { what: 'an exception holds for who has no identity', source: `${MODEL}, principalNot`, yaml: allowing(from(`notPrincipals: ["${principal}"]`)), ask: { from: stranger }, outcome: ALLOWED },
  { what: 'a namespace', source: `${PROTO}, Source.namespaces`, yaml: allowing(from('namespaces: [reports]')), ask: { from: report }, outcome: ALLOWED },
  { what: 'another namespace', source: `${PROTO}, Source.namespaces`, yaml: allowing(from('namespaces: [reports]')), outcome: DENIED },
  { what: 'a namespace by prefix', source: `${GENERATOR}, srcNamespaceGenerator`, yaml: allowing(from('namespaces: ["rep*"]')), ask: { from: report }, outcome: ALLOWED },
  { what: 'a namespace is a whole segment', source: `${GENERATOR}, srcNamespaceGenerator`, yaml: allowing(from('namespaces: [report]')), ask: { from: report }, outcome: DENIED },
  { what: 'a namespace that is named is denied', source: `${PROTO}, example dev`, yaml: policy(`action: DENY, rules: [{ ${from('namespaces: [reports]')}, ${to('methods: [POST]')} }]`), ask: { from: report, method: 'POST' }, outcome: DENIED },
  { what: 'what is not asked of it passes', source: `${PROTO}, example dev`, yaml: policy(`action: DENY, rules: [{ ${from('namespaces: [reports]')}, ${to('methods: [POST]')} }]`), ask: { from: report, method: 'GET' }, outcome: ALLOWED },
  { what: 'all but a namespace', source: `${PROTO}, Source.notNamespaces`, yaml: denying(from('notNamespaces: [shop]')), ask: { from: report }, outcome: DENIED },
  { what: 'a service account of the policy\'s own namespace', source: `${PROTO}, Source.serviceAccounts`, yaml: allowing(from('serviceAccounts: [checkout]')), outcome: ALLOWED },
  { what: 'a service account of another namespace', source: `${PROTO}, Source.serviceAccounts`, yaml: allowing(from('serviceAccounts: [reports/report]')), ask: { from: report }, outcome: ALLOWED },
  { what: 'its name alone means the policy\'s namespace', source: `${GENERATOR}, serviceAccountRegex`, yaml: allowing(from('serviceAccounts: [report]')), ask: { from: report }, outcome: DENIED },
  { what: 'all but a service account', source: `${PROTO}, Source.notServiceAccounts`, yaml: denying(from('notServiceAccounts: [checkout]')), outcome: ALLOWED },
  { what: 'an address in a block', source: `${PROTO}, Source.ipBlocks`, yaml: allowing(from('ipBlocks: ["203.0.113.0/24"]')), ask: { from: podAt('203.0.113.4') }, outcome: ALLOWED },
  { what: 'an address outside of the block', source: `${PROTO}, Source.ipBlocks`, yaml: allowing(from('ipBlocks: ["203.0.113.0/24"]')), ask: { from: podAt('198.51.100.4') }, outcome: DENIED },
  { what: 'an address that nobody named', source: `${PROTO}, Source.ipBlocks`, yaml: allowing(from('ipBlocks: ["203.0.113.0/24"]')), outcome: DEPENDS, by: 'ledger' },
  { what: 'all but an address', source: `${PROTO}, Source.notIpBlocks`, yaml: allowing(from('notIpBlocks: ["203.0.113.4"]')), ask: { from: podAt('203.0.113.4') }, outcome: DENIED },
  { what: 'the address of the client behind a gateway', source: `${PROTO}, Source.remoteIpBlocks`, yaml: allowing(from('remoteIpBlocks: ["198.51.100.0/24"]')), ask: { clientAddress: '198.51.100.7' }, outcome: ALLOWED },
  { what: 'all but a client', source: `${PROTO}, Source.notRemoteIpBlocks`, yaml: denying(from('notRemoteIpBlocks: ["198.51.100.0/24"]')), ask: { clientAddress: '203.0.113.4' }, outcome: DENIED },
  { what: 'a trust domain', source: `${PROTO}, Source.trustDomains`, yaml: allowing(from('trustDomains: [cluster.local]')), outcome: ALLOWED },
  { what: 'fields of one source are all asked', source: `${PROTO}, Source, ANDed together`, yaml: allowing(from(`principals: ["${principal}"], namespaces: [reports]`)), outcome: DENIED },
  { what: 'one of several sources is enough', source: `${PROTO}, Rule, at least one source`, yaml: allowing('from: [{ source: { namespaces: [reports] } }, { source: { namespaces: [shop] } }]'), outcome: ALLOWED },
];

/** What is asked for. */
export const OPERATIONS: readonly Case[] = [
  { what: 'a method', source: `${PROTO}, Operation.methods`, yaml: allowing(to('methods: [GET]')), ask: { method: 'GET' }, outcome: ALLOWED },
  { what: 'another method', source: `${PROTO}, Operation.methods`, yaml: allowing(to('methods: [GET]')), ask: { method: 'POST' }, outcome: DENIED },
  { what: 'a method that nobody named', source: `${PROTO}, Operation.methods`, yaml: allowing(to('methods: [GET]')), outcome: DEPENDS },
  { what: 'all but a method', source: `${PROTO}, Operation.notMethods`, yaml: denying(to('notMethods: [GET]')), ask: { method: 'POST' }, outcome: DENIED },
  { what: 'a path by prefix', source: `${PROTO}, example /info*`, yaml: allowing(to('paths: ["/info*"]')), ask: { path: '/information' }, outcome: ALLOWED },
  { what: 'a prefix matches itself', source: `${PROTO}, Rule, abc* matches abc`, yaml: allowing(to('paths: ["/info*"]')), ask: { path: '/info' }, outcome: ALLOWED },
  { what: 'an exact path', source: `${PROTO}, example /data`, yaml: allowing(to('paths: ["/data"]')), ask: { path: '/data/1' }, outcome: DENIED },
  { what: 'a path by suffix', source: `${STRING}, suffix`, yaml: allowing(to('paths: ["*.json"]')), ask: { path: '/orders/1.json' }, outcome: ALLOWED },
  { what: 'the query is no part of the path', source: 'Envoy RBAC url_path (permissionPath in istio authz/model/permission.go)', yaml: allowing(to('paths: ["/data"]')), ask: { path: '/data?all=1' }, outcome: ALLOWED },
  { what: 'a template of one segment', source: `${PROTO}, Operation.paths, /foo/{*}`, yaml: allowing(to('paths: ["/foo/{*}"]')), ask: { path: '/foo/bar' }, outcome: ALLOWED },
  { what: 'a template of one segment does not go further', source: `${PROTO}, Operation.paths, /foo/{*}`, yaml: allowing(to('paths: ["/foo/{*}"]')), ask: { path: '/foo/bar/baz' }, outcome: DENIED },
  { what: 'a template of any segments', source: `${PROTO}, Operation.paths, /foo/{*}/bar/{**}`, yaml: allowing(to('paths: ["/foo/{*}/bar/{**}"]')), ask: { path: '/foo/buzz/bar/baz' }, outcome: ALLOWED },
  { what: 'a template of no segment', source: `${PROTO}, Operation.paths, /foo/{*}/bar/{**}`, yaml: allowing(to('paths: ["/foo/{*}/bar/{**}"]')), ask: { path: '/foo/buzz/bar/' }, outcome: ALLOWED },
  { what: 'a template with an end', source: `${PROTO}, Operation.paths, /foo/{**}/`, yaml: allowing(to('paths: ["/foo/{**}/"]')), ask: { path: '/foo/bar' }, outcome: DENIED },
  { what: 'all but a path', source: `${PROTO}, Operation, notPaths /admin*`, yaml: allowing(to('notPaths: ["/admin*"]')), ask: { path: '/admin/users' }, outcome: DENIED },
  { what: 'hosts without regard to case', source: `${PROTO}, Operation.hosts`, yaml: allowing(to('hosts: ["*.EXAMPLE.com"]')), ask: { host: 'shop.example.com' }, outcome: ALLOWED },
  { what: 'another host', source: `${PROTO}, Operation.hosts`, yaml: allowing(to('hosts: ["*.example.com"]')), ask: { host: 'example.com' }, outcome: DENIED },
  { what: 'a port of the pods', source: `${PROTO}, Operation.ports`, yaml: allowing(to('ports: ["8080"]')), outcome: ALLOWED },
  { what: 'another port', source: `${PROTO}, Operation.ports`, yaml: allowing(to('ports: ["8080"]')), ask: { port: 9000 }, outcome: DENIED },
  { what: 'all but a port', source: `${PROTO}, Operation.notPorts`, yaml: denying(to('notPorts: ["8080"]')), ask: { port: 9000 }, outcome: DENIED },
  { what: 'fields of one operation are all asked', source: `${PROTO}, Operation, ANDed together`, yaml: allowing(to('methods: [GET], paths: ["/info"]')), ask: { method: 'GET', path: '/data' }, outcome: DENIED },
  { what: 'one of several operations is enough', source: `${PROTO}, example httpbin`, yaml: allowing('to: [{ operation: { methods: [GET], paths: ["/info*"] } }, { operation: { methods: [POST], paths: ["/data"] } }]'), ask: { method: 'POST', path: '/data' }, outcome: ALLOWED },
];

/** Conditions. */
export const CONDITIONS: readonly Case[] = [
  { what: 'a header', source: `${GENERATOR}, requestHeaderGenerator`, yaml: allowing(when('request.headers[X-Tenant]', 'values: ["a*"]')), ask: { headers: { 'x-tenant': 'acme' } }, outcome: ALLOWED },
  { what: 'a header that is missing', source: `${GENERATOR}, requestHeaderGenerator`, yaml: allowing(when('request.headers[X-Tenant]', 'values: ["*"]')), outcome: DENIED },
  { what: 'a header with another value', source: `${PROTO}, Condition.notValues`, yaml: denying(when('request.headers[X-Tenant]', 'notValues: [acme]')), ask: { headers: { 'X-Tenant': 'other' } }, outcome: DENIED },
  { what: 'the namespace as a condition', source: `${MODEL}, attrSrcNamespace`, yaml: allowing(when('source.namespace', 'values: [shop]')), outcome: ALLOWED },
  { what: 'the principal as a condition', source: `${MODEL}, attrSrcPrincipal`, yaml: allowing(when('source.principal', `notValues: ["${principal}"]`)), outcome: DENIED },
  { what: 'the port as a condition', source: `${MODEL}, attrDestPort`, yaml: allowing(when('destination.port', 'values: ["9000"]')), outcome: DENIED },
  { what: 'the address as a condition', source: `${MODEL}, attrSrcIP`, yaml: allowing(when('source.ip', 'values: ["10.0.0.0/8"]')), ask: { from: podAt('10.1.2.3') }, outcome: ALLOWED },
  { what: 'the client as a condition', source: `${MODEL}, attrRemoteIP`, yaml: allowing(when('remote.ip', 'notValues: ["10.0.0.0/8"]')), ask: { clientAddress: '10.1.2.3' }, outcome: DENIED },
  { what: 'the server name of the connection, which a question leaves open', source: `${MODEL}, attrConnSNI`, yaml: allowing(when('connection.sni', 'values: [www.example.com]')), outcome: DEPENDS },
  { what: 'a condition that Istio does not know', source: `${BUILDER}, skipped invalid rule`, yaml: denying(when('source.colour', 'values: [red]')), outcome: ALLOWED },
  { what: 'all conditions are asked', source: `${PROTO}, Rule, all conditions`, yaml: allowing('when: [{ key: source.namespace, values: [shop] }, { key: destination.port, values: ["9000"] }]'), outcome: DENIED },
];

/** What is asked of connections that carry no HTTP. */
export const TCP: readonly Case[] = [
  { what: 'an ALLOW rule that asks for HTTP matches no other connection', source: `${MODEL}, checkError`, yaml: allowing(to('methods: [GET]')), ask: { tcp: true }, outcome: DENIED },
  { what: 'of a DENY rule what remains counts', source: `${PROTO}, example POST on port 8080`, yaml: denying(to('methods: [POST], ports: ["8080"]')), ask: { tcp: true }, outcome: DENIED },
  { what: 'a DENY rule of HTTP alone denies every connection', source: `${PROTO}, all TCP traffic would be denied`, yaml: denying(to('methods: [POST]')), ask: { tcp: true }, outcome: DENIED },
  { what: 'a DENY rule for another port', source: `${PROTO}, example POST on port 8080`, yaml: denying(to('methods: [POST], ports: ["9000"]')), ask: { tcp: true }, outcome: ALLOWED },
  { what: 'who calls is known without HTTP', source: `${GENERATOR}, srcPrincipalGenerator`, yaml: allowing(from(`principals: ["${principal}"]`)), ask: { tcp: true, from: checkout }, outcome: ALLOWED },
];
