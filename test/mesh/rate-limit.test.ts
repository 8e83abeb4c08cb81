import { TestDeployment, TestService } from './workloads';
import { ClusterProfile, GatewayApi, GatewayTls, GlobalRateLimit, MeshGateway, MeshMembership, Rate, RateLimit, RateLimitMatch, RequestTarget, RouteTarget } from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

function filterOf(filter: Json): Json {
  return filter.spec.configPatches[0].patch.value.typed_config;
}

describe('RateLimit', () => {
  test('puts the filter before the router, on the ports where the workload takes requests', () => {
    const chart = shopChart();
    new RateLimit(chart, 'limit', { target: new TestService(chart, 'orders'), limit: Rate.perMinute(600) });
    const filter = manifest(chart, 'EnvoyFilter');
    expect(filter).toMatchObject({
      metadata: { name: 'orders-rate-limit', namespace: 'shop' },
      spec: { priority: 10, workloadSelector: { labels: { 'serving.knative.dev/service': 'orders' } } },
    });
    expect(filter.spec.configPatches).toMatchObject([{
      applyTo: 'HTTP_FILTER',
      match: {
        context: 'SIDECAR_INBOUND',
        listener: { portNumber: 8012, filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } } },
      },
      patch: { operation: 'INSERT_BEFORE', value: { name: 'envoy.filters.http.local_ratelimit' } },
    }]);
    expect(problems(chart)).toEqual([]);
  });

  test('keeps the rate where the burst is smaller: as many tokens at a time as may be used at once', () => {
    const chart = shopChart();
    new RateLimit(chart, 'limit', {
      target: new TestDeployment(chart, 'ledger'),
      limit: Rate.perMinute(600).withBurst(20),
      rules: [{ name: 'search', match: [RateLimitMatch.pathPrefix('/search')], limit: Rate.perSecond(5).withBurst(10) }],
    });
    expect(filterOf(manifest(chart, 'EnvoyFilter')).descriptors).toEqual([
      { entries: [{ key: 'limit', value: 'all' }], token_bucket: { max_tokens: 20, tokens_per_fill: 20, fill_interval: '2s' } },
      { entries: [{ key: 'limit', value: 'search' }], token_bucket: { max_tokens: 10, tokens_per_fill: 5, fill_interval: '1s' } },
    ]);
  });

  test('at a gateway is for its hosts, which share the pods with others', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new RateLimit(chart, 'limit', { target: gateway, limit: Rate.perSecond(10) });
    const filter = manifest(chart, 'EnvoyFilter');
    expect(filter).toMatchObject({ metadata: { namespace: 'istio-system' }, spec: { workloadSelector: { labels: { istio: 'ingressgateway' } }, configPatches: [{ match: { context: 'GATEWAY' } }] } });
    expect(filterOf(filter).rate_limits[0].actions[0].header_value_match.headers).toEqual([{ name: ':authority', string_match: { safe_regex: { regex: '(?i)(shop\\.example\\.com)(:[0-9]+)?' } } }]);
  });

  test('at a gateway of the Gateway API is attached to the gateway', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
    new RateLimit(chart, 'limit', { target: gateway, limit: Rate.perSecond(10) });
    expect(manifest(chart, 'EnvoyFilter').spec.targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }]);
  });

  test('takes pods that the app does not make', () => {
    const chart = shopChart();
    new RateLimit(chart, 'limit', { target: RequestTarget.pods({ namespace: 'legacy', labels: { app: 'old' } }), limit: Rate.perSecond(10), distinctValues: 100 });
    expect(manifest(chart, 'EnvoyFilter')).toMatchObject({ metadata: { namespace: 'legacy' }, spec: { workloadSelector: { labels: { app: 'old' } } } });
    expect(filterOf(manifest(chart, 'EnvoyFilter')).max_dynamic_descriptors).toBe(100);
  });

  test.each([
    ['in a cluster without a mesh', ClusterProfile.withoutMesh(), undefined],
    ['outside of the mesh', ClusterProfile.sidecar(), MeshMembership.OUTSIDE],
    ['in ambient mode, with the alternative', ClusterProfile.ambient(), undefined],
  ])('is refused %s', (_, profile, membership) => {
    const chart = shopChart();
    profile.applyTo(chart);
    new RateLimit(chart, 'limit', { target: new TestDeployment(chart, 'ledger', membership), limit: Rate.perSecond(1) });
    expect(problems(chart, 'SM1290')).toMatchObject([{ path: 'chart/limit', field: 'target', fix: expect.stringContaining('MeshGateway') }]);
  });

  test('is refused without a limit, with two of one name, and with rates that Envoy cannot keep', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'ledger');
    new RateLimit(chart, 'none', { target });
    new RateLimit(chart, 'twice', { target, limit: Rate.perSecond(1), rules: [{ name: 'all', match: [RateLimitMatch.pathPrefix('/')], limit: Rate.perSecond(1) }] });
    new RateLimit(chart, 'half', { target, limit: Rate.perSecond(0.5) });
    new RateLimit(chart, 'fine', { target, limit: Rate.perSecond(100).withBurst(2) });
    expect(problems(chart).filter(({ code }) => code.startsWith('SM129')).map(({ code, path, fix }) => [code, path, fix])).toEqual([
      ['SM1291', 'chart/none', expect.any(String)],
      ['SM1292', 'chart/twice', expect.any(String)],
      ['SM1293', 'chart/half', expect.stringContaining('Rate.perMinute(30)')],
      ['SM1293', 'chart/fine', expect.stringContaining('at least 5')],
    ]);
  });
});

test('GlobalRateLimit has a service count, and writes the limits for it', () => {
  const chart = shopChart();
  new GlobalRateLimit(chart, 'limit', {
    target: new TestDeployment(chart, 'ledger'),
    service: RouteTarget.host('ratelimit.platform.svc.cluster.local', 8081),
    rules: [{ name: 'user', match: [RateLimitMatch.eachValueOf('x-user')], limit: Rate.perMinute(60) }],
    denyOnFailure: true,
  });
  const [inserted, merged] = manifest(chart, 'EnvoyFilter').spec.configPatches;
  expect(inserted.patch.value.typed_config).toMatchObject({
    domain: 'ledger.shop',
    failure_mode_deny: true,
    rate_limit_service: { grpc_service: { envoy_grpc: { cluster_name: 'outbound|8081||ratelimit.platform.svc.cluster.local' } } },
  });
  expect(merged).toMatchObject({
    applyTo: 'VIRTUAL_HOST',
    patch: { operation: 'MERGE', value: { rate_limits: [{ actions: [{ generic_key: { descriptor_value: 'user' } }, { request_headers: { header_name: 'x-user', descriptor_key: 'x-user' } }] }] } },
  });
  expect(JSON.parse(manifest(chart, 'ConfigMap').data['config.yaml'])).toEqual({
    domain: 'ledger.shop',
    descriptors: [{ key: 'limit', value: 'user', descriptors: [{ key: 'x-user', rate_limit: { unit: 'minute', requests_per_unit: 60 } }] }],
  });
  expect(problems(chart)).toEqual([]);
});
