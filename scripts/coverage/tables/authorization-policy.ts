import { App, Chart } from 'cdk8s';
import {
  AccessAudit, Caller, Claim, ContainerService, ExtensionProvider, ExternalAuthorization, GatewayApi, GatewayTls, HttpMethod, JwtAuthentication, JwtIssuer, JwtKeys, MeshGateway,
  RequestAttribute,
} from '../../../lib';
import { Json, Table, without } from '../table';

const SINGLE = without('targetRefs says it');
const ADDRESS = without('the condition source.ip says the same: RequestAttribute.sourceAddress');
const CLIENT_ADDRESS = without('the condition remote.ip says the same: RequestAttribute.clientAddress');
const ACCOUNT = without('principals and notPrincipals say it, together with the trust domain');
const TRUST_DOMAIN = without('principals carry it; a namespace is one of any trust domain that the mesh believes');
const OTHERS = without('grants name what may pass; under MeshPolicyProps.defaultDeny the rest does not');
const TARGET = 'the target of JwtAuthentication, ExternalAuthorization: a MeshGateway, a Waypoint, a workload behind one';

const fields = {
  'spec.action': 'ALLOW: grantInvoke; DENY: JwtAuthenticationProps.required; CUSTOM: ExternalAuthorization; AUDIT: AccessAudit',
  'spec.provider.name': 'ExternalAuthorizationProps.provider',
  'spec.rules[].from[].source.ipBlocks[]': ADDRESS,
  'spec.rules[].from[].source.namespaces[]': 'grantInvoke: Caller.namespace',
  'spec.rules[].from[].source.notIpBlocks[]': ADDRESS,
  'spec.rules[].from[].source.notNamespaces[]': 'JwtAuthenticationProps.exemptCallers: Caller.namespace',
  'spec.rules[].from[].source.notPrincipals[]': 'JwtAuthenticationProps.exemptCallers',
  'spec.rules[].from[].source.notRemoteIpBlocks[]': CLIENT_ADDRESS,
  'spec.rules[].from[].source.notRequestPrincipals[]': 'JwtAuthenticationProps.required',
  'spec.rules[].from[].source.notServiceAccounts[]': ACCOUNT,
  'spec.rules[].from[].source.notTrustDomains[]': TRUST_DOMAIN,
  'spec.rules[].from[].source.principals[]': 'grantInvoke: a workload, Caller.serviceAccount',
  'spec.rules[].from[].source.remoteIpBlocks[]': CLIENT_ADDRESS,
  'spec.rules[].from[].source.requestPrincipals[]': 'GrantOptions.token; grantInvoke: Caller.jwt',
  'spec.rules[].from[].source.serviceAccounts[]': ACCOUNT,
  'spec.rules[].from[].source.trustDomains[]': TRUST_DOMAIN,
  'spec.rules[].to[].operation.hosts[]': 'GrantOptions.hosts; JwtAuthenticationProps.hosts; ExternalAuthorizationProps.hosts',
  'spec.rules[].to[].operation.methods[]': 'GrantOptions.methods; ExternalAuthorizationProps.methods',
  'spec.rules[].to[].operation.notHosts[]': OTHERS,
  'spec.rules[].to[].operation.notMethods[]': OTHERS,
  'spec.rules[].to[].operation.notPaths[]': 'JwtAuthenticationProps.exemptPaths; ExternalAuthorizationProps.exemptPaths',
  'spec.rules[].to[].operation.notPorts[]': OTHERS,
  'spec.rules[].to[].operation.paths[]': 'GrantOptions.paths; ExternalAuthorizationProps.paths',
  'spec.rules[].to[].operation.ports[]': 'GrantOptions.ports; MeshPolicy.exemptPort',
  'spec.rules[].when[].key': 'TokenRequirement.claims: Claim.of; GrantOptions.conditions: the factories of RequestAttribute',
  'spec.rules[].when[].notValues[]': 'Claim.excludes; RequestAttribute.isNoneOf, isMissing',
  'spec.rules[].when[].values[]': 'Claim.includes, RequestAttribute.isOneOf; of both startsWith, endsWith, exists',
  'spec.selector.matchLabels{}': 'AccessPolicyProps.target; the target of JwtAuthentication, ExternalAuthorization',
  'spec.targetRef.group': SINGLE,
  'spec.targetRef.kind': SINGLE,
  'spec.targetRef.name': SINGLE,
  'spec.targetRef.namespace': SINGLE,
  'spec.targetRefs[].group': TARGET,
  'spec.targetRefs[].kind': TARGET,
  'spec.targetRefs[].name': TARGET,
  'spec.targetRefs[].namespace': without('targets are in the namespace of the policy'),
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const issuer = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'], keys: JwtKeys.at('https://login.example.com/keys') });
  const [ledger, orders] = ['ledger', 'orders'].map(name => new ContainerService(chart, name, { image: `registry.example.com/${name}:1.0.0` }));
  const edge = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
  ledger.grantInvoke(orders, { methods: [HttpMethod.GET], paths: ['/entries/*'], hosts: ['ledger'], ports: [8080], conditions: [RequestAttribute.header('x-tenant').exists()] });
  ledger.grantInvoke(Caller.namespace('audit'), { token: { issuer, claims: [Claim.of('role').includes('auditor'), Claim.of('groups').excludes('guests')] } });
  new JwtAuthentication(chart, 'tokens', { target: ledger, issuers: [issuer], exemptPaths: ['/status'], exemptCallers: [orders, Caller.namespace('ops')] });
  new ExternalAuthorization(chart, 'authorizer', { target: edge, provider: ExtensionProvider.named('opa') });
  new AccessAudit(chart, 'audit', { target: ledger, methods: [HttpMethod.DELETE] });
  return chart.toJson();
}

export const table: Table = { page: 'mesh-coverage', group: 'security.istio.io', kind: 'AuthorizationPolicy', fields, sample };
