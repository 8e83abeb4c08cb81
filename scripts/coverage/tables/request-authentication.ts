import { App, Chart, Duration } from 'cdk8s';
import { Claim, ContainerService, GatewayApi, GatewayTls, JwtAuthentication, JwtIssuer, JwtKeys, MeshGateway, TokenLocation } from '../../../lib';
import { Json, Table, without } from '../table';

const SINGLE = without('targetRefs says it');

const fields = {
  'spec.jwtRules[].audiences[]': 'JwtIssuerProps.audiences',
  'spec.jwtRules[].forwardOriginalToken': 'JwtIssuerProps.forwardOriginalToken',
  'spec.jwtRules[].fromCookies[]': 'TokenLocation.cookie',
  'spec.jwtRules[].fromHeaders[].name': 'TokenLocation.header: name',
  'spec.jwtRules[].fromHeaders[].prefix': 'TokenLocation.header: prefix',
  'spec.jwtRules[].fromParams[]': 'TokenLocation.parameter',
  'spec.jwtRules[].issuer': 'JwtIssuerProps.issuer',
  'spec.jwtRules[].jwks': 'JwtKeys.inline',
  'spec.jwtRules[].jwksUri': 'JwtKeys.at',
  'spec.jwtRules[].jwks_uri': without('jwksUri says it'),
  'spec.jwtRules[].outputClaimToHeaders[].claim': 'JwtIssuerProps.claimHeaders: Claim',
  'spec.jwtRules[].outputClaimToHeaders[].header': 'JwtIssuerProps.claimHeaders: header',
  'spec.jwtRules[].outputPayloadToHeader': 'JwtIssuerProps.payloadHeader',
  'spec.jwtRules[].spaceDelimitedClaims[]': 'JwtIssuerProps.spaceDelimitedClaims',
  'spec.jwtRules[].timeout': 'JwtIssuerProps.keysTimeout',
  'spec.selector.matchLabels{}': 'JwtAuthenticationProps.target',
  'spec.targetRef.group': SINGLE,
  'spec.targetRef.kind': SINGLE,
  'spec.targetRef.name': SINGLE,
  'spec.targetRef.namespace': SINGLE,
  'spec.targetRefs[].group': 'JwtAuthenticationProps.target: a MeshGateway',
  'spec.targetRefs[].kind': 'JwtAuthenticationProps.target: a MeshGateway',
  'spec.targetRefs[].name': 'JwtAuthenticationProps.target: a MeshGateway',
  'spec.targetRefs[].namespace': without('targets are in the namespace of the policy'),
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const issuer = new JwtIssuer({
    issuer: 'https://login.example.com',
    audiences: ['shop'],
    keys: JwtKeys.at('https://login.example.com/keys'),
    tokensFrom: [TokenLocation.header('x-token', 'Bearer '), TokenLocation.parameter('token'), TokenLocation.cookie('session')],
    forwardOriginalToken: true,
    payloadHeader: 'x-claims',
    claimHeaders: { 'x-role': Claim.of('role') },
    spaceDelimitedClaims: ['roles'],
    keysTimeout: Duration.seconds(2),
  });
  const other = new JwtIssuer({ issuer: 'https://other.example.com', audiences: [], keys: JwtKeys.inline('{"keys":[]}') });
  const ledger = new ContainerService(chart, 'ledger', { image: 'registry.example.com/ledger:1.0.0' });
  const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
  return [
    new JwtAuthentication(chart, 'ledger-tokens', { target: ledger, issuers: [issuer, other] }),
    new JwtAuthentication(chart, 'edge-tokens', { target: gateway, issuers: [issuer] }),
  ].map(({ apiObject }) => apiObject.toJson());
}

export const table: Table = { page: 'mesh-coverage', group: 'security.istio.io', kind: 'RequestAuthentication', fields, sample };
