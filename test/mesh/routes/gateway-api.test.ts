import { Chart, Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import {
  CertificateIssuer, ClusterProfile, Fault, GatewayApi, GatewayTls, HttpMethod, MeshGateway, MeshRoute, PathRewrite, RouteAction, RouteMatch, RouteOptions, RouteOrder, RouteTarget,
  TextMatch, Tls, TlsVersion,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';
import { TestDeployment, TestService } from '../workloads';

const HOST = 'shop.example.com';
const LETSENCRYPT = Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'));

const found = (scope: IConstruct) => problems(scope).filter(({ code }) => code !== 'SM0801');

function setup() {
  const chart = shopChart();
  const gateway = new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.terminate(LETSENCRYPT), api: GatewayApi.KUBERNETES });
  return { chart, gateway, web: new TestDeployment(chart, 'web'), users: new TestService(chart, 'users'), billing: new TestService(chart, 'billing') };
}

function rule(options: (targets: ReturnType<typeof setup>) => Partial<RouteOptions>): Json {
  const targets = setup();
  targets.gateway.route('rule', { action: RouteAction.forward(targets.web), ...options(targets) });
  expect(found(targets.gateway)).toEqual([]);
  return manifest(targets.gateway, 'HTTPRoute', 'public').spec.rules[0];
}

describe('a gateway of the Gateway API', () => {
  it('has listeners, and a route that redirects what comes in plain text', () => {
    const { gateway } = setup();
    expect(manifest(gateway, 'Gateway')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'shop' },
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          { name: 'http-80', port: 80, protocol: 'HTTP', hostname: HOST },
          { name: 'https-443', port: 443, protocol: 'HTTPS', hostname: HOST, tls: { mode: 'Terminate', certificateRefs: [{ name: 'shop-example-com-tls' }] } },
        ],
      },
    });
    expect(manifest(gateway, 'HTTPRoute', 'public-redirect-80').spec).toEqual({
      parentRefs: [{ name: 'public', port: 80 }],
      hostnames: [HOST],
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    });
  });

  it('has pods of its own beside it, and so its certificate', () => {
    const { gateway } = setup();
    expect(manifest(gateway, 'Certificate').metadata.namespace).toBe('shop');
    expect(gateway.meshIdentity).toMatchObject({ namespace: 'shop', serviceAccountName: 'public-istio' });
  });

  it('is the choice of the cluster profile', () => {
    const chart = shopChart();
    new ClusterProfile({ gatewayApi: GatewayApi.KUBERNETES }).applyTo(chart);
    const gateway = new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.none() });
    expect(manifest(gateway, 'Gateway').apiVersion).toBe('gateway.networking.k8s.io/v1');
  });

  it('asks clients for certificates', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'public', { hosts: [HOST], tls: GatewayTls.mutual(LETSENCRYPT), api: GatewayApi.KUBERNETES });
    expect(manifest(gateway, 'Gateway').spec.listeners[1].tls.options).toEqual({ 'gateway.istio.io/tls-terminate-mode': 'MUTUAL' });
  });
});

describe('rules of an HTTPRoute', () => {
  it('send to a Service of the namespace', () => {
    expect(rule(() => ({ match: [RouteMatch.pathPrefix('/web')] }))).toEqual({
      name: 'rule', matches: [{ path: { type: 'PathPrefix', value: '/web' } }], backendRefs: [{ name: 'web', port: 80 }],
    });
  });

  it('send to a serverless service through the cluster-local gateway, which allows it, under its host', () => {
    const { gateway, users } = setup();
    gateway.route('users', { match: [RouteMatch.pathPrefix('/users')], action: RouteAction.forward(users), rewrite: PathRewrite.prefix('/') });
    expect(manifest(gateway, 'HTTPRoute', 'public').spec).toEqual({
      parentRefs: [{ name: 'public', port: 443 }],
      hostnames: [HOST],
      rules: [{
        name: 'users',
        matches: [{ path: { type: 'PathPrefix', value: '/users' } }],
        filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'users.shop.svc.cluster.local', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
        backendRefs: [{ name: 'knative-local-gateway', namespace: 'istio-system', port: 80 }],
      }],
    });
    expect(manifest(gateway, 'ReferenceGrant')).toMatchObject({
      metadata: { name: 'shop-public', namespace: 'istio-system' },
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }], to: [{ group: '', kind: 'Service', name: 'knative-local-gateway' }] },
    });
    expect(found(gateway)).toEqual([]);
  });

  it('split among serverless services with the host of each', () => {
    const { backendRefs } = rule(({ users, billing }) => ({ action: RouteAction.split({ target: users, weight: 90 }, { target: billing, weight: 10 }) }));
    expect(backendRefs.map(({ weight, filters }: Json) => [weight, filters[0].requestHeaderModifier.set])).toEqual([
      [90, [{ name: 'Host', value: 'users.shop.svc.cluster.local' }]], [10, [{ name: 'Host', value: 'billing.shop.svc.cluster.local' }]],
    ]);
  });

  it('send to a host that is no Service, which only Istio knows', () => {
    expect(rule(() => ({ action: RouteAction.forward(RouteTarget.host('legacy.example.org', 443)) })).backendRefs).toEqual([
      { group: 'networking.istio.io', kind: 'Hostname', name: 'legacy.example.org', port: 443 },
    ]);
  });

  it('match headers, queries and methods, of which each takes a match', () => {
    const match = RouteMatch.path('/a').and(RouteMatch.header('x-a', TextMatch.exact('1'))).and(RouteMatch.query('q', TextMatch.prefix('a.'))).and(RouteMatch.methods(HttpMethod.GET, HttpMethod.PUT));
    const rest = { path: { type: 'Exact', value: '/a' }, headers: [{ name: 'x-a', value: '1', type: 'Exact' }], queryParams: [{ name: 'q', value: 'a\\..*', type: 'RegularExpression' }] };
    expect(rule(() => ({ match: [match] })).matches).toEqual([{ ...rest, method: 'GET' }, { ...rest, method: 'PUT' }]);
  });

  it('change headers, copy, allow other origins and end in time', () => {
    const { filters, timeouts } = rule(({ web }) => ({
      requestHeaders: { set: { a: '1' }, remove: ['b'] },
      responseHeaders: { add: { c: '2' } },
      mirrors: [{ target: web, percent: 5 }, { target: web, percent: 0.5 }],
      cors: { allowOrigins: [TextMatch.exact('https://a.example.com')], maxAge: Duration.minutes(1) },
      timeout: Duration.seconds(3),
    }));
    expect(timeouts).toEqual({ request: '3s' });
    expect(filters).toEqual([
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: '1' }], remove: ['b'] } },
      { type: 'ResponseHeaderModifier', responseHeaderModifier: { add: [{ name: 'c', value: '2' }] } },
      { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web', port: 80 }, percent: 5 } },
      { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web', port: 80 }, fraction: { numerator: 5000, denominator: 1000000 } } },
      { type: 'CORS', cors: { allowOrigins: ['https://a.example.com'], maxAge: 60 } },
    ]);
  });

  it('redirect', () => {
    expect(rule(() => ({ action: RouteAction.redirect({ host: 'new.example.com', path: '/x' }) })).filters).toEqual([
      { type: 'RequestRedirect', requestRedirect: { hostname: 'new.example.com', path: { type: 'ReplaceFullPath', replaceFullPath: '/x' }, statusCode: 301 } },
    ]);
  });
});

describe('what the Gateway API cannot say is refused:', () => {
  it.each<[string, Partial<RouteOptions>, string]>([
    ['retries', { retries: { attempts: 2 } }, 'retries'],
    ['faults', { fault: Fault.abort(503) }, 'fault'],
    ['answers', { action: RouteAction.respond(503) }, 'action'],
    ['patterns to rewrite', { rewrite: PathRewrite.regex('a', 'b') }, 'rewrite'],
    ['a part of a path that no match names', { rewrite: PathRewrite.prefix('/v2') }, 'rewrite'],
    ['headers that are missing', { match: [RouteMatch.withoutHeader('x-bot')] }, 'match'],
    ['the source', { match: [RouteMatch.sourceNamespace('web')] }, 'match'],
    ['origins by a pattern', { cors: { allowOrigins: [TextMatch.regex('https://.*')] } }, 'cors.allowOrigins'],
  ])('%s', (_, options, field) => {
    const { gateway, web } = setup();
    gateway.route('rule', { action: RouteAction.forward(web), ...options });
    expect(problems(gateway, 'SM1236')).toMatchObject([{ field: `route(rule).${field}` }]);
  });

  it('versions of TLS, and connections that are passed on', () => {
    for (const tls of [GatewayTls.terminate(LETSENCRYPT, { minVersion: TlsVersion.V1_3 }), GatewayTls.passthrough()]) {
      const gateway = new MeshGateway(shopChart(), 'public', { hosts: [HOST], tls, api: GatewayApi.KUBERNETES });
      expect(problems(gateway, 'SM1236').length).toBeGreaterThan(0);
    }
  });

  it('an order of its own', () => {
    const { chart, gateway, web } = setup();
    new MeshRoute(chart, 'ordered', { hosts: [HOST], gateways: [gateway], order: RouteOrder.AS_SAID }).addRoute('all', { action: RouteAction.forward(web) });
    expect(problems(chart, 'SM1236')).toMatchObject([{ field: 'order' }]);
  });

  it('routes for the mesh as well', () => {
    const { chart, gateway, web } = setup();
    new MeshRoute(chart, 'both', { hosts: [HOST], gateways: [gateway], inMesh: true }).addRoute('all', { action: RouteAction.forward(web) });
    expect(problems(chart, 'SM1237')).toHaveLength(1);
  });
});

it('listeners let in routes of other namespaces that are bound to them', () => {
  const { chart, gateway, web } = setup();
  const other = new Chart(chart, 'team', { namespace: 'team' });
  new MeshRoute(other, 'team', { hosts: [HOST], gateways: [gateway] }).addRoute('all', { action: RouteAction.forward(web) });
  expect(manifest(gateway, 'Gateway').spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions).toEqual([{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['team'] }]);
  expect(manifests(other).find(({ kind }) => kind === 'ReferenceGrant')).toMatchObject({ metadata: { namespace: 'shop' } });
});
