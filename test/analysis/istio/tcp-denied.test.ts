import { ClusterProfile, ContainerService, GatewayApi, GatewayProtocol, GatewayTls, JwtAuthentication, JwtIssuer, MeshGateway, MeshNamespace, Waypoint } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';
import { problems, shopChart } from '../../support';

const login = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] });

const gateway = (name: string, server: string, selector = '{ istio: ingressgateway }') => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: ${selector}
  servers: [{ hosts: [${name}.example.com], ${server} }]
---
`;
const HTTP = 'port: { number: 80, name: http, protocol: HTTP }';
const HTTPS = 'port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: tls }';
const PASSED_ON = 'port: { number: 443, name: tls, protocol: TLS }, tls: { mode: PASSTHROUGH }';
const TCP = 'port: { number: 5432, name: tcp, protocol: TCP }';
const POLICY = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: public, namespace: istio-system }
spec:
  action: DENY
  selector: { matchLabels: { istio: ingressgateway } }
  rules: [{ to: [{ operation: { hosts: [shop.example.com] } }] }]
`;

function warnings(text: string): number {
  return checkFiles([{ name: 'app.yaml', text }]).filter(problem => problem.code === 'SM1073').length;
}

describe('a DENY rule on HTTP at the pods of a gateway', () => {
  test.each([
    ['whose servers all take HTTP', gateway('a', HTTP) + gateway('b', HTTPS), 0],
    ['that another Gateway has pass TLS on', gateway('a', HTTP) + gateway('b', PASSED_ON), 1],
    ['that another Gateway has take TCP', gateway('a', HTTP) + gateway('b', TCP), 1],
    ['where TCP is taken by other pods', gateway('a', HTTP) + gateway('b', TCP, '{ istio: egressgateway }'), 0],
    ['of which the app says nothing', '', 1],
    ['that are only perhaps the selected ones', gateway('a', HTTP, '{ istio: ingressgateway, zone: a }'), 1],
  ])('%s', (_, gateways, expected) => expect(warnings(gateways + POLICY)).toBe(expected));
});

describe('JwtAuthentication closes no TCP port', () => {
  test('at a gateway', () => {
    const chart = shopChart();
    const edge = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new JwtAuthentication(chart, 'jwt', { target: edge, issuers: [login] });
    expect(problems(chart, 'SM1073')).toEqual([]);
    edge.addServer({ hosts: ['db.example.com'], port: 5432, protocol: GatewayProtocol.TCP });
    expect(problems(chart, 'SM1073')).toMatchObject([{ severity: 'warning', path: 'chart/edge/Tokens' }]);
  });

  test('at a gateway of the Gateway API', () => {
    const chart = shopChart();
    const edge = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
    new JwtAuthentication(chart, 'jwt', { target: edge, issuers: [login] });
    expect(problems(chart, 'SM1073')).toEqual([]);
  });

  test('at a waypoint', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshNamespace(chart, 'namespace');
    new Waypoint(chart, 'waypoint');
    const target = new ContainerService(chart, 'ledger', { image: 'registry.example.com/ledger:1.0.0' });
    new JwtAuthentication(chart, 'jwt', { target, issuers: [login] });
    expect(problems(chart, 'SM1073')).toEqual([]);
  });
});
