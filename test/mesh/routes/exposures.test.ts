import {
  ActivatorStrategy, Caller, CertificateIssuer, ClusterProfile, ContainerService, GatewayApi, GatewayTls, HttpMethod, MeshGateway, MeshPolicy, RouteAction, RouteMatch,
  ServerlessService, Tls,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';

const HOST = 'shop.example.com';
const LETSENCRYPT = Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'));
const LOCAL = { host: 'knative-local-gateway.istio-system.svc.cluster.local', port: { number: 80 } };

function setup() {
  const chart = shopChart();
  const service = (name: string) => new ServerlessService(chart, name, { image: `registry.example.com/shop/${name}:1.0.0`, activatorStrategy: ActivatorStrategy.trusted() });
  return { chart, users: service('users'), web: service('web') };
}

const routes = (of: Json) => of.spec.http.map(({ name, match, rewrite, route }: Json) => ({ name, match, rewrite, route }));

describe('services that share a host', () => {
  it('are routed by their paths, each under its own host, through one gateway with one certificate', () => {
    const { chart, users, web } = setup();
    web.expose(HOST);
    users.expose(HOST, { path: '/users', rewrite: '/', tls: LETSENCRYPT });
    expect(problems(chart)).toEqual([]);
    expect(manifests(chart).filter(({ kind }) => kind === 'DomainMapping' || kind === 'ClusterDomainClaim')).toEqual([]);
    expect(manifest(chart, 'Gateway')).toMatchObject({
      metadata: { name: 'shop-example-com', namespace: 'shop' },
      spec: { servers: [{ tls: { httpsRedirect: true } }, { hosts: [HOST], tls: { mode: 'SIMPLE', credentialName: 'shop-example-com-tls' } }] },
    });
    expect(manifest(chart, 'Certificate').metadata.namespace).toBe('istio-system');
    expect(routes(manifest(chart, 'VirtualService'))).toEqual([
      {
        name: 'users-users',
        match: [{ uri: { exact: '/users' } }, { uri: { prefix: '/users/' } }],
        rewrite: { uriRegexRewrite: { match: '^/users/?(.*)$', rewrite: '/\\1' }, authority: 'users.shop.svc.cluster.local' },
        route: [{ destination: LOCAL }],
      },
      { name: 'web', rewrite: { authority: 'web.shop.svc.cluster.local' }, route: [{ destination: LOCAL }] },
    ]);
  });

  it('use the gateway of the app that has the host, whether it is made before or after', () => {
    for (const late of [false, true]) {
      const { chart, users, web } = setup();
      const make = () => new MeshGateway(chart, 'public', { hosts: ['*.example.com', HOST], tls: GatewayTls.terminate(LETSENCRYPT) });
      if (!late) make();
      web.expose(HOST);
      users.expose(HOST, { path: '/users' });
      if (late) make();
      expect(problems(chart)).toEqual([]);
      expect(manifest(chart, 'Gateway').metadata.name).toBe('public');
      const route = manifest(chart, 'VirtualService');
      expect(route.spec).toMatchObject({ hosts: [HOST], gateways: ['public'] });
      expect(routes(route).map(({ name }: Json) => name)).toEqual(['users-users', 'web']);
    }
  });

  it('stand beside further routes of the gateway in one object', () => {
    const { chart, users, web } = setup();
    const gateway = new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.terminate(LETSENCRYPT) });
    gateway.route('old', { match: [RouteMatch.pathPrefix('/old')], action: RouteAction.redirect({ path: '/' }) });
    web.expose(HOST);
    users.expose(HOST, { path: '/users' });
    expect(manifest(chart, 'VirtualService').spec.http.map(({ name }: Json) => name)).toEqual(['users-users', 'old', 'web']);
    expect(problems(chart)).toEqual([]);
  });
});

describe('a single service', () => {
  it('is routed where the app has a gateway for its host, so that Knative does not claim the host too', () => {
    const { chart, web } = setup();
    web.expose(HOST);
    new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.terminate(LETSENCRYPT) });
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('DomainMapping');
    expect(manifest(chart, 'VirtualService').spec.http).toHaveLength(1);
    expect(problems(chart)).toEqual([]);
  });

  it('may not say another certificate than that gateway', () => {
    const { chart, web } = setup();
    new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.terminate(LETSENCRYPT) });
    web.expose(HOST, { tls: Tls.none() });
    expect(problems(chart, 'SM1206')).toMatchObject([{ reason: expect.stringContaining('chart/public') }]);
  });

  it('is of no use behind a policy that does not let the gateway in', () => {
    const { chart, web } = setup();
    new MeshPolicy(chart, 'policy');
    web.expose(HOST, { tls: LETSENCRYPT });
    expect(problems(chart, 'SM1235')).toMatchObject([{ field: 'expose', value: '"shop.example.com"' }]);
    web.grantInvoke(Caller.ingressGateway(chart), { methods: [HttpMethod.GET] });
    expect(problems(chart)).toEqual([]);
  });
});

describe('a service whose pods keep running', () => {
  const container = (chart = shopChart()) => new ContainerService(chart, 'pages', { image: 'registry.example.com/shop/pages:1.0.0' });

  it('is routed, for a DomainMapping is for Knative services alone', () => {
    const pages = container();
    pages.expose(HOST, { tls: LETSENCRYPT });
    expect(manifests(pages).map(({ kind }) => kind)).not.toContain('DomainMapping');
    expect(routes(manifest(pages, 'VirtualService'))).toEqual([{ name: 'pages', route: [{ destination: { host: 'pages.shop.svc.cluster.local', port: { number: 80 } } }] }]);
    expect(problems(pages)).toEqual([]);
  });

  it('shares a host with serverless ones', () => {
    const { chart, users } = setup();
    container(chart).expose(HOST, { tls: LETSENCRYPT });
    users.expose(HOST, { path: '/users' });
    expect(routes(manifest(chart, 'VirtualService')).map(({ rewrite }: Json) => rewrite?.authority)).toEqual(['users.shop.svc.cluster.local', undefined]);
    expect(problems(chart)).toEqual([]);
  });

  it('has to let in the pods that Istio runs for a gateway of the Gateway API', () => {
    const chart = shopChart();
    new ClusterProfile({ gatewayApi: GatewayApi.KUBERNETES }).applyTo(chart);
    const pages = container(chart);
    new MeshPolicy(chart, 'policy');
    pages.expose(HOST, { tls: LETSENCRYPT });
    expect(problems(chart, 'SM1235')).toMatchObject([{ fix: expect.stringContaining("Caller.serviceAccount('shop', 'shop-example-com-istio')") }]);
    pages.grantInvoke(Caller.serviceAccount('shop', 'shop-example-com-istio'));
    expect(problems(chart, 'SM1235')).toEqual([]);
  });
});

it('a gateway of the app with pods of its own is what an exposed service lets in', () => {
  const chart = shopChart();
  new MeshPolicy(chart, 'policy');
  const gateway = new MeshGateway(chart, 'own', { hosts: [HOST], tls: GatewayTls.none(), pods: { labels: { istio: 'own' }, namespace: 'own', serviceAccountName: 'own' } });
  const pages = new ContainerService(chart, 'pages', { image: 'registry.example.com/shop/pages:1.0.0' });
  pages.expose(HOST);
  expect(problems(chart).map(({ code }) => code)).toContain('SM1233');
  pages.grantInvoke(gateway);
  expect(problems(chart).map(({ code }) => code)).not.toEqual(expect.arrayContaining([expect.stringMatching(/SM123[35]/)]));
});
