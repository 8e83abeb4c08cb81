import { Duration } from 'cdk8s';
import { TestDeployment, TestService } from './workloads';
import { ClusterProfile, ExtensionProvider, ExternalAuthorization, GatewayTls, HttpMethod, MeshGateway, MeshMembership } from '../../lib';
import { manifest, problems, shopChart } from '../support';

const SERVICE = { service: 'opa.policy.svc.cluster.local', port: 9191 };

describe('ExternalAuthorization', () => {
  test('asks the provider about the requests that it names', () => {
    const chart = shopChart();
    const provider = ExtensionProvider.grpcAuthorizer('opa', { ...SERVICE, timeout: Duration.millis(500), failOpen: true, maxBodyBytes: 8192 });
    new ExternalAuthorization(chart, 'authz', { target: new TestDeployment(chart, 'ledger'), provider, paths: ['/admin/*'], methods: [HttpMethod.POST], exemptPaths: ['/admin/health'] });
    expect(manifest(chart, 'AuthorizationPolicy')).toMatchObject({
      metadata: { name: 'ledger-opa', namespace: 'shop' },
      spec: {
        action: 'CUSTOM',
        provider: { name: 'opa' },
        selector: { matchLabels: { app: 'ledger' } },
        rules: [{ to: [{ operation: { methods: ['POST'], paths: ['/admin/*'], notPaths: ['/admin/health'], ports: ['8080'] } }] }],
      },
    });
    expect(provider._spec).toEqual({
      name: 'opa',
      envoyExtAuthzGrpc: { service: 'opa.policy.svc.cluster.local', port: 9191, timeout: '0.5s', failOpen: true, includeRequestBodyInCheck: { maxRequestBytes: 8192, allowPartialMessage: true } },
    });
    expect(problems(chart)).toEqual([]);
  });

  test('leaves the probes of Knative alone', () => {
    const chart = shopChart();
    new ExternalAuthorization(chart, 'authz', { target: new TestService(chart, 'orders'), provider: ExtensionProvider.named('opa') });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules).toEqual([{
      to: [{ operation: { ports: ['8012'] } }], when: [{ key: 'request.headers[K-Network-Probe]', notValues: ['queue', 'probe'] }],
    }]);
    expect(problems(chart)).toEqual([]);
  });

  test('at a gateway is asked about its hosts', () => {
    const chart = shopChart();
    const target = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new ExternalAuthorization(chart, 'authz', { target, provider: ExtensionProvider.named('opa') });
    expect(manifest(chart, 'AuthorizationPolicy')).toMatchObject({ metadata: { namespace: 'istio-system' }, spec: { rules: [{ to: [{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'] } }] }] } });
  });

  test('is refused where no proxy asks, and on paths that match nothing', () => {
    const outside = shopChart();
    new ExternalAuthorization(outside, 'authz', { target: new TestDeployment(outside, 'ledger', MeshMembership.OUTSIDE), provider: ExtensionProvider.named('opa'), paths: ['admin'] });
    expect(problems(outside).map(({ code }) => code)).toEqual(expect.arrayContaining(['SM0202', 'SM0206']));

    const ambient = shopChart();
    ClusterProfile.ambient().applyTo(ambient);
    new ExternalAuthorization(ambient, 'authz', { target: new TestDeployment(ambient, 'ledger'), provider: ExtensionProvider.named('opa') });
    expect(problems(ambient, 'SM1281')).toMatchObject([{ path: 'chart/authz', field: 'target' }]);
  });
});

test('an external authorization without a provider is a problem, and no stack trace', () => {
  const chart = shopChart();
  new ExternalAuthorization(chart, 'authz', { target: new TestDeployment(chart, 'ledger') } as never);
  expect(problems(chart, 'SM0005')).toMatchObject([{ path: 'chart/authz', field: 'provider' }]);
});
