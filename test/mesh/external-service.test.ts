import { Secret } from 'cdk8s-plus-28';
import {
  Caller, ClientTls, ClusterProfile, ExternalService, ExternalServicePort, ExternalServiceProps, HostResolution, IstioVersion, MeshGateway, GatewayTls, RouteAction, TrafficPolicy,
} from '../../lib';
import { Intents } from '../../lib/core/intents';
import { Json, manifest, manifests, problems, shopChart } from '../support';

function entry(props: ExternalServiceProps, profile = ClusterProfile.sidecar({ istio: IstioVersion.V1_30 })): Json {
  const chart = shopChart();
  profile.applyTo(chart);
  new ExternalService(chart, 'bank', props);
  return { ...manifest(chart, 'ServiceEntry'), found: problems(chart).map(({ code, field }) => `${code} ${field}`) };
}

describe('an external service', () => {
  test('is known by its host, at 443 where clients speak TLS themselves', () => {
    const { spec, metadata, found } = entry({ hosts: ['api.bank.example'] });
    expect(metadata.name).toBe('bank');
    expect(spec).toEqual({
      hosts: ['api.bank.example'], location: 'MESH_EXTERNAL', resolution: 'DNS', ports: [{ number: 443, name: 'https-443', protocol: 'HTTPS' }],
    });
    expect(found).toEqual([]);
  });

  test('gets TLS from the proxies where clients send plain text, and is verified', () => {
    const chart = shopChart();
    new ExternalService(chart, 'ratings', { hosts: ['ratings.example'], ports: [ExternalServicePort.originatingTls(), ExternalServicePort.https()] });
    expect(manifest(chart, 'ServiceEntry').spec.ports).toEqual([
      { number: 80, name: 'http-tls-origination-80', protocol: 'HTTP', targetPort: 443 },
      { number: 443, name: 'https-443', protocol: 'HTTPS' },
    ]);
    expect(manifest(chart, 'DestinationRule').spec).toEqual({
      host: 'ratings.example',
      trafficPolicy: {
        portLevelSettings: [{
          port: { number: 80 },
          tls: { mode: 'SIMPLE', sni: 'ratings.example', subjectAltNames: ['ratings.example'], caCertificates: 'system' },
        }],
      },
    });
    expect(problems(chart)).toEqual([]);
  });

  test('has one DestinationRule together with what a traffic policy says of it', () => {
    const chart = shopChart();
    const ratings = new ExternalService(chart, 'ratings', { hosts: ['ratings.example'], ports: [ExternalServicePort.originatingTls()] });
    new TrafficPolicy(chart, 'limits', { target: ratings, connectionPool: { maxConnections: 10 } });
    expect(manifest(chart, 'DestinationRule').spec.trafficPolicy.portLevelSettings[0]).toMatchObject({
      connectionPool: { tcp: { maxConnections: 10 } }, tls: { mode: 'SIMPLE' },
    });
  });

  test('can be what a route goes to', () => {
    const chart = shopChart();
    const ratings = new ExternalService(chart, 'ratings', { hosts: ['ratings.example'], ports: [ExternalServicePort.originatingTls()] });
    new MeshGateway(chart, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.none() }).route('ratings', { action: RouteAction.forward(ratings), authority: 'ratings.example' });
    expect(manifest(chart, 'VirtualService').spec.http[0].route).toEqual([{ destination: { host: 'ratings.example', port: { number: 80 } } }]);
  });

  test('may stand behind addresses', () => {
    const { spec, found } = entry({
      hosts: ['db.bank.example'],
      ports: [ExternalServicePort.tcp(5432)],
      addresses: ['240.0.0.7'],
      exportTo: ['.'],
      endpoints: [{ address: '10.1.0.7', locality: 'eu-west/a', weight: 2, ports: { 'tcp-5432': 6432 } }],
    });
    expect(spec).toMatchObject({ resolution: 'STATIC', addresses: ['240.0.0.7'], exportTo: ['.'], endpoints: [{ address: '10.1.0.7', locality: 'eu-west/a', weight: 2, ports: { 'tcp-5432': 6432 } }] });
    expect(found).toEqual([]);
  });

  test('may be machines of the mesh', () => {
    const { spec } = entry({ hosts: ['legacy.shop.example'], ports: [ExternalServicePort.http(8080)], podSelector: { app: 'legacy' }, insideMesh: true });
    expect(spec).toMatchObject({ location: 'MESH_INTERNAL', resolution: 'STATIC', workloadSelector: { labels: { app: 'legacy' } } });
  });

  test('tells who calls it', () => {
    const chart = shopChart();
    const bank = new ExternalService(chart, 'bank', { hosts: ['api.bank.example'] });
    bank.grantEgress(Caller.namespace('reports'));
    expect(Intents.of(chart).egress.all).toMatchObject([{ hosts: ['api.bank.example'], namespace: 'shop' }]);
  });
});

describe('all hosts of a domain', () => {
  test('are not looked up, since no DNS server knows them all', () => {
    expect(entry({ hosts: ['*.bank.example'] })).toMatchObject({ spec: { resolution: 'NONE' }, found: [] });
  });

  test('are looked up request by request by Istio 1.30', () => {
    const props = { hosts: ['*.bank.example'], ports: [ExternalServicePort.originatingTls()], resolution: HostResolution.DYNAMIC_DNS };
    expect(entry(props)).toMatchObject({ spec: { resolution: 'DYNAMIC_DNS' }, found: [] });
    expect(entry(props, ClusterProfile.sidecar({ istio: IstioVersion.V1_29 })).found).toContain('SM1262 resolution');
  });

  test('cannot be looked up as one', () => {
    expect(entry({ hosts: ['*.bank.example'], resolution: HostResolution.DNS }).found).toContain('SM1262 resolution');
  });

  test('get no TLS at a port that the client did not ask for', () => {
    expect(entry({ hosts: ['*.bank.example'], ports: [ExternalServicePort.originatingTls()] }).found).toContain('SM1262 ports');
  });
});

describe('an external service is refused', () => {
  test.each<[string, ExternalServiceProps, string]>([
    ['without hosts', { hosts: [] }, 'SM1260 hosts'],
    ['for a host of the cluster', { hosts: ['orders.shop.svc.cluster.local'] }, 'SM1260 hosts'],
    ['with ports of another type', { hosts: ['a.example'], ports: [443 as unknown as ExternalServicePort] }, 'SM0005 ports'],
  ])('%s', (_, props, expected) => expect(entry(props).found).toContain(expected));

  test('where two declare one host', () => {
    const chart = shopChart();
    new ExternalService(chart, 'one', { hosts: ['a.example'] });
    new ExternalService(chart, 'two', { hosts: ['a.example'] });
    expect(problems(chart, 'SM1261')).toMatchObject([{ path: 'chart/one' }, { path: 'chart/two', reason: expect.stringContaining('chart/one') }]);
  });

  test('where sidecars could not read the Secret of its certificate', () => {
    const chart = shopChart();
    const tls = ClientTls.mutual(Secret.fromSecretName(chart, 'secret', 'bank-client'));
    new ExternalService(chart, 'bank', { hosts: ['a.example'], ports: [ExternalServicePort.originatingTls({ tls })] });
    expect(problems(chart, 'SM1255')).toMatchObject([{ field: 'ports' }]);
  });

  test('without a mesh', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    new ExternalService(chart, 'bank', { hosts: ['a.example'] });
    expect(problems(chart, 'SM1260')).toHaveLength(1);
    expect(manifests(chart).map(({ kind }) => kind)).toEqual(['ServiceEntry']);
  });
});
