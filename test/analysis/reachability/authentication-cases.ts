import { allowing, ALLOWED, Case, checkout, DENIED, denying, from, policy, security, stranger, when } from './cases';

const PEER = 'istio/api security/v1beta1/peer_authentication.proto';
const COMPOSE = 'istio/istio pilot/pkg/security/authn/policy_applier.go, ComposePeerAuthentication';
const REQUEST = 'istio/api security/v1beta1/request_authentication.proto';
const GENERATOR = 'istio/istio pilot/pkg/security/authz/model/generator.go';

function peer(spec: string, metadata = 'name: default, namespace: shop'): string {
  return security('PeerAuthentication', spec, metadata);
}

function destination(mode: string, namespace = 'shop', host = 'ledger.shop.svc.cluster.local'): string {
  return `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: ledger-tls, namespace: ${namespace} }\nspec: { host: "${host}", trafficPolicy: { tls: { mode: ${mode} } } }\n`;
}

const own = 'selector: { matchLabels: { app: ledger } }';

/** Mutual TLS. */
export const MUTUAL_TLS: readonly Case[] = [
  { what: 'plain text where nobody says anything', source: `${COMPOSE}, PERMISSIVE`, yaml: '', ask: { from: stranger }, outcome: ALLOWED },
  { what: 'plain text where mutual TLS is wanted', source: `${PEER}, Mode.STRICT`, yaml: peer('mtls: { mode: STRICT }'), ask: { from: stranger }, outcome: DENIED, by: 'default' },
  { what: 'a member of the mesh where mutual TLS is wanted', source: `${PEER}, Mode.STRICT`, yaml: peer('mtls: { mode: STRICT }'), outcome: ALLOWED },
  { what: 'the mesh-wide mode', source: `${PEER}, root namespace`, yaml: peer('mtls: { mode: STRICT }', 'name: default, namespace: istio-system'), ask: { from: stranger }, outcome: DENIED },
  { what: 'the namespace goes before the mesh', source: COMPOSE, yaml: `${peer('mtls: { mode: STRICT }', 'name: default, namespace: istio-system')}---\n${peer('mtls: { mode: PERMISSIVE }')}`, ask: { from: stranger }, outcome: ALLOWED },
  { what: 'the pods go before the namespace', source: `${PEER}, example finance`, yaml: `${peer('mtls: { mode: PERMISSIVE }')}---\n${peer(`${own}, mtls: { mode: STRICT }`, 'name: ledger, namespace: shop')}`, ask: { from: stranger }, outcome: DENIED, by: 'ledger' },
  { what: 'UNSET takes what holds above', source: `${PEER}, Mode.UNSET`, yaml: `${peer('mtls: { mode: STRICT }')}---\n${peer(`${own}, mtls: { mode: UNSET }`, 'name: ledger, namespace: shop')}`, ask: { from: stranger }, outcome: DENIED, by: 'default' },
  { what: 'a port may be left open', source: `${PEER}, example portLevelMtls 8080`, yaml: peer(`${own}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } }`), ask: { from: stranger }, outcome: ALLOWED },
  { what: 'other ports stay shut', source: `${PEER}, example portLevelMtls 8080`, yaml: peer(`${own}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } }`), ask: { from: stranger, port: 9000 }, outcome: DENIED },
  { what: 'a selector in the root namespace is ignored', source: `${PEER}, note on the root namespace`, yaml: peer(`${own}, mtls: { mode: STRICT }`, 'name: mesh, namespace: istio-system'), ask: { from: stranger }, outcome: ALLOWED },
  { what: 'without mutual TLS nobody has a principal', source: `${PEER}, Mode.DISABLE; authorization_policy.proto, requires mTLS`, yaml: `${peer('mtls: { mode: DISABLE }')}---\n${allowing(from('namespaces: [shop]'))}`, outcome: DENIED, by: 'ledger' },
  { what: 'a caller that speaks plain text by its DestinationRule', source: 'istio/api networking/v1alpha3/destination_rule.proto, ClientTLSSettings.DISABLE', yaml: `${peer('mtls: { mode: STRICT }')}---\n${destination('DISABLE')}`, outcome: DENIED, by: 'default' },
  { what: 'plain text by a DestinationRule loses the identity', source: 'istio/api networking/v1alpha3/destination_rule.proto, ClientTLSSettings.DISABLE', yaml: `${allowing(from('namespaces: [shop]'))}---\n${destination('DISABLE', 'shop', 'ledger')}`, outcome: DENIED, by: 'ledger' },
  { what: 'mutual TLS to pods that have it switched off', source: 'istio/api networking/v1alpha3/destination_rule.proto, ClientTLSSettings.ISTIO_MUTUAL', yaml: `${peer('mtls: { mode: DISABLE }')}---\n${destination('ISTIO_MUTUAL')}`, outcome: DENIED, by: 'ledger-tls' },
  { what: 'a DestinationRule of a third namespace does not count', source: 'istio/istio pilot/pkg/model/push_context.go, destinationRule', yaml: `${peer('mtls: { mode: STRICT }')}---\n${destination('DISABLE', 'reports')}`, ask: { from: checkout }, outcome: ALLOWED },
];

const jwt = security('RequestAuthentication', `${own}, jwtRules: [{ issuer: "https://id.example.com", audiences: [shop], jwksUri: "https://id.example.com/keys" }]`, 'name: tokens, namespace: shop');
const claims = { iss: 'https://id.example.com', sub: 'ada', aud: ['shop'], groups: ['staff', 'admin'], scope: 'read write', realm: { roles: ['clerk'] }, azp: 'app' };
const withJwt = (rule: string) => `${jwt}---\n${allowing(rule)}`;
const anybody = from('requestPrincipals: ["*"]');

/** Tokens. */
export const TOKENS: readonly Case[] = [
  { what: 'a preflight with a bad token is not turned away for it', source: 'istio/istio pilot/pkg/security/authn/policy_applier.go, BypassCorsPreflight', yaml: jwt, ask: { method: 'OPTIONS', headers: { 'Origin': 'https://shop.example.com', 'Access-Control-Request-Method': 'PUT' }, claims, tokenValid: false }, outcome: ALLOWED },
  { what: 'a preflight has no principal, whatever token it brings', source: 'istio/istio pilot/pkg/security/authn/policy_applier.go, BypassCorsPreflight', yaml: `${jwt}---\n${allowing('from: [{ source: { requestPrincipals: ["*"] } }]')}`, ask: { method: 'OPTIONS', headers: { 'Origin': 'https://shop.example.com', 'Access-Control-Request-Method': 'PUT' }, claims }, outcome: DENIED },
  { what: 'no token passes', source: `${REQUEST}, no credentials are accepted`, yaml: jwt, outcome: ALLOWED },
  { what: 'an invalid token is refused', source: `${REQUEST}, rejects invalid authentication information`, yaml: jwt, ask: { claims, tokenValid: false }, outcome: DENIED, by: 'tokens' },
  { what: 'a token of another issuer is refused', source: 'istio/istio pilot/pkg/security/authn/policy_applier.go, convertToEnvoyJwtConfig', yaml: jwt, ask: { claims: { iss: 'https://evil.example.com', sub: 'ada', aud: 'shop' } }, outcome: DENIED, by: 'tokens' },
  { what: 'a token for another audience is refused', source: `${REQUEST}, JWTRule.audiences`, yaml: jwt, ask: { claims: { ...claims, aud: 'billing' } }, outcome: DENIED },
  { what: 'without a RequestAuthentication tokens are not read', source: `${GENERATOR}, requestPrincipalGenerator (metadata of the JWT filter)`, yaml: allowing(anybody), ask: { claims }, outcome: DENIED, by: 'ledger' },
  { what: 'any principal', source: `${REQUEST}, example httpbin`, yaml: withJwt(anybody), ask: { claims }, outcome: ALLOWED },
  { what: 'any principal asks for a token', source: `${REQUEST}, example httpbin`, yaml: withJwt(anybody), outcome: DENIED, by: 'ledger' },
  { what: 'a principal is issuer and subject', source: 'istio/api security/v1beta1/authorization_policy.proto, requestPrincipals', yaml: withJwt(from('requestPrincipals: ["https://id.example.com/ada"]')), ask: { claims }, outcome: ALLOWED },
  { what: 'another subject', source: 'istio/api security/v1beta1/authorization_policy.proto, requestPrincipals', yaml: withJwt(from('requestPrincipals: ["https://id.example.com/bob"]')), ask: { claims }, outcome: DENIED },
  { what: 'any subject of an issuer', source: `${REQUEST}, example issuer-foo/*`, yaml: withJwt(from('requestPrincipals: ["https://id.example.com/*"]')), ask: { claims }, outcome: ALLOWED },
  { what: 'a token is asked for everywhere but on one path', source: `${REQUEST}, example /healthz`, yaml: `${jwt}---\n${policy(`rules: [{ ${anybody} }, { to: [{ operation: { paths: ["/healthz"] } }] }]`)}`, ask: { path: '/healthz' }, outcome: ALLOWED },
  { what: 'who brings no token is denied', source: 'istio/api security/v1beta1/authorization_policy.proto, notRequestPrincipals', yaml: `${jwt}---\n${denying(from('notRequestPrincipals: ["*"]'))}`, outcome: DENIED },
  { what: 'a claim', source: 'istio/api security/v1beta1/authorization_policy.proto, example request.auth.claims[iss]', yaml: withJwt(when('request.auth.claims[iss]', 'values: ["https://id.example.com"]')), ask: { claims }, outcome: ALLOWED },
  { what: 'one of a claim\'s values', source: `${GENERATOR}, MetadataListValueMatcherForJWTClaims`, yaml: withJwt(when('request.auth.claims[groups]', 'values: [admin]')), ask: { claims }, outcome: ALLOWED },
  { what: 'none of a claim\'s values', source: `${GENERATOR}, MetadataListValueMatcherForJWTClaims`, yaml: withJwt(when('request.auth.claims[groups]', 'values: [owner]')), ask: { claims }, outcome: DENIED },
  { what: 'a claim within a claim', source: 'istio/istio pilot/pkg/security/authz/model/util.go, extractNameInNestedBrackets', yaml: withJwt(when('request.auth.claims[realm][roles]', 'values: [clerk]')), ask: { claims }, outcome: ALLOWED },
  { what: 'a word of the scope', source: 'istio/istio pilot/pkg/security/authn/policy_applier.go, buildSpaceDelimitedClaims', yaml: withJwt(when('request.auth.claims[scope]', 'values: [write]')), ask: { claims }, outcome: ALLOWED },
  { what: 'an audience', source: `${GENERATOR}, requestAudiencesGenerator`, yaml: withJwt(when('request.auth.audiences', 'values: [shop]')), ask: { claims }, outcome: ALLOWED },
  { what: 'a presenter', source: `${GENERATOR}, requestPresenterGenerator`, yaml: withJwt(when('request.auth.presenter', 'values: [other]')), ask: { claims }, outcome: DENIED },
];
