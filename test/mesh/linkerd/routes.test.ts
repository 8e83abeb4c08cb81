import { Chart, Duration } from 'cdk8s';
import {
  ClusterProfile, ContainerService, HttpMethod, LinkerdRoute, LinkerdServiceProfile, MeshRoute, ProfileCondition, RetryCondition, RouteAction, RouteMatch, RouteTarget,
  ServerlessService, TextMatch,
} from '../../../lib';
import { manifest, problems, shopChart } from '../../support';
import { raw } from '../findings';

const IMAGE = 'registry.example.com/shop/orders:1.0.0';
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const any = (value: unknown) => value as any;

function linkerdChart(): Chart {
  const chart = shopChart();
  ClusterProfile.linkerd().applyTo(chart);
  return chart;
}

const service = (chart: Chart) => new ContainerService(chart, 'orders', { image: IMAGE });
const quiet = (chart: Chart) => problems(chart).filter(({ severity }) => severity !== 'info');

describe('a route of Linkerd', () => {
  test('says retries and timeouts by annotations, and sends to the workload where nothing else is said', () => {
    const chart = linkerdChart();
    new LinkerdRoute(chart, 'orders-clients', {
      target: service(chart),
      retries: { on: [RetryCondition.gatewayError(), RetryCondition.status(429), RetryCondition.statuses(500, 501), RetryCondition.serverError()], limit: 2, timeout: Duration.millis(300) },
      timeouts: { request: Duration.seconds(5), response: Duration.minutes(1), idle: Duration.millis(1500) },
    });
    const route = manifest(chart, 'HTTPRoute');
    expect(route).toMatchObject({ apiVersion: 'gateway.networking.k8s.io/v1', metadata: { name: 'orders-clients', namespace: 'shop' } });
    expect(route.metadata.annotations).toEqual({
      'retry.linkerd.io/http': 'gateway-error,429,500-501,5xx',
      'retry.linkerd.io/limit': '2',
      'retry.linkerd.io/timeout': '300ms',
      'timeout.linkerd.io/request': '5s',
      'timeout.linkerd.io/response': '60s',
      'timeout.linkerd.io/idle': '1500ms',
    });
    expect(route.spec).toEqual({ parentRefs: [{ group: 'core', kind: 'Service', name: 'orders' }], rules: [{ name: 'all', backendRefs: [{ name: 'orders', port: 80 }] }] });
    expect(quiet(chart)).toEqual([]);
  });

  test('splits requests over versions, which get Services of their own', () => {
    const chart = linkerdChart();
    const orders = service(chart);
    const next = orders.addVersion('v2', { image: IMAGE });
    new LinkerdRoute(chart, 'canary', { target: orders, port: 80 }).addRule('split', {
      action: RouteAction.split({ target: orders.mainVersion, weight: 90 }, { target: next, weight: 10 }), timeout: Duration.seconds(2),
    });
    expect(manifest(chart, 'HTTPRoute').spec).toEqual({
      parentRefs: [{ group: 'core', kind: 'Service', name: 'orders', port: 80 }],
      rules: [{ name: 'split', backendRefs: [{ name: 'orders-v1', port: 80, weight: 90 }, { name: 'orders-v2', port: 80, weight: 10 }], timeouts: { request: '2s' } }],
    });
    expect(manifest(chart, 'Service', 'orders-v2').spec).toEqual({ selector: { ...orders.podSelector, ...next.podLabels }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  });

  test('warns of a share of all versions beside that of one', () => {
    const chart = linkerdChart();
    const orders = service(chart);
    const action = RouteAction.split({ target: orders, weight: 90 }, { target: orders.addVersion('v2', { image: IMAGE }), weight: 10 });
    new LinkerdRoute(chart, 'canary', { target: orders }).addRule('split', { action });
    const mesh = new Chart(chart.node.root as Chart, 'istio', { namespace: 'shop' });
    ClusterProfile.sidecar().applyTo(mesh);
    new MeshRoute(mesh, 'routes', { hosts: [orders.serviceHost] }).addRoute('split', { action });
    expect(problems(chart).concat(problems(mesh)).filter(({ code }) => code === 'SM1271').map(({ severity, path, field, value }) => [severity, path, field, value])).toEqual(expect.arrayContaining([
      ['warning', 'chart/canary', 'addRule(split).action', '"orders"'], ['warning', 'istio/routes', 'route(split).action', '"orders"'],
    ]));
  });

  test('tries its most specific rule first, and changes headers', () => {
    const chart = linkerdChart();
    const orders = service(chart);
    const route = new LinkerdRoute(chart, 'orders-clients', { target: orders });
    route.addRule('rest', { action: RouteAction.forward(orders) });
    route.addRule('exports', { match: [RouteMatch.path('/exports')], action: RouteAction.forward(RouteTarget.host('exports.shop.svc.cluster.local', 80)), requestHeaders: { set: { 'X-From': 'orders' } } });
    expect(manifest(chart, 'HTTPRoute').spec.rules).toMatchObject([
      { name: 'exports', matches: [{ path: { type: 'Exact', value: '/exports' } }], filters: [{ type: 'RequestHeaderModifier' }], backendRefs: [{ name: 'exports', port: 80 }] },
      { name: 'rest' },
    ]);
  });

  test('of another namespace holds for the clients there', () => {
    const chart = linkerdChart();
    const orders = service(chart);
    const clients = new Chart(chart.node.root as Chart, 'web', { namespace: 'web' });
    ClusterProfile.linkerd().applyTo(clients);
    new LinkerdRoute(clients, 'orders-clients', { target: orders });
    expect(manifest(clients, 'HTTPRoute').spec).toMatchObject({ parentRefs: [{ name: 'orders', namespace: 'shop' }], rules: [{ backendRefs: [{ name: 'orders', namespace: 'shop' }] }] });
  });

  test.each<[string, string, string, (chart: Chart) => void]>([
    ['where the mesh is Istio', 'SM1341', '', chart => { ClusterProfile.sidecar().applyTo(chart); new LinkerdRoute(chart, 'refused', { target: service(chart) }); }],
    ['for a Knative service', 'SM1342', 'target', chart => new LinkerdRoute(chart, 'refused', { target: new ServerlessService(chart, 'cart', { image: IMAGE }) })],
    ['to a Knative service', 'SM1342', 'addRule(all).action', chart => {
      new LinkerdRoute(chart, 'refused', { target: service(chart) }).addRule('all', { action: RouteAction.forward(new ServerlessService(chart, 'cart', { image: IMAGE })) });
    }],
    ['that answers by itself', 'SM1348', 'addRule(all).action', chart => new LinkerdRoute(chart, 'refused', { target: service(chart) }).addRule('all', { action: RouteAction.respond(503) })],
    ['by a header that is not there', 'SM1348', 'addRule(all).match', chart => {
      const orders = service(chart);
      new LinkerdRoute(chart, 'refused', { target: orders }).addRule('all', { match: [RouteMatch.withoutHeader('x-beta', TextMatch.present())], action: RouteAction.forward(orders) });
    }],
    ['with retries for nothing', 'SM1349', 'retries.on', chart => new LinkerdRoute(chart, 'refused', { target: service(chart), retries: { on: [] } })],
    ['with statuses that there are not', 'SM1351', "metadata.annotations['retry.linkerd.io/http']", chart => new LinkerdRoute(chart, 'refused', { target: service(chart), retries: { on: [RetryCondition.status(700)] } })],
    ['with more retries than Linkerd counts', 'SM1351', "metadata.annotations['retry.linkerd.io/limit']", chart => {
      new LinkerdRoute(chart, 'refused', { target: service(chart), retries: { on: [RetryCondition.serverError()], limit: 70000 } });
    }],
  ])('%s is refused', (_, code, field, build) => {
    const chart = linkerdChart();
    build(chart);
    expect(problems(chart, code)).toMatchObject([{ path: expect.stringMatching(/^chart\/refused/), ...field === '' ? {} : { field } }]);
  });

  test('says what it was given instead', () => {
    const chart = linkerdChart();
    new LinkerdRoute(chart, 'undefined', any(undefined));
    const route = new LinkerdRoute(chart, 'bad', any({ target: 'orders', port: 'http', retries: { on: ['5xx'], limit: '2', timeout: 3 }, timeouts: { request: '5s' } }));
    route.addRule('none', any(undefined));
    route.addRule('texts', any({ match: ['/v1'], action: 'orders', timeout: 5 }));
    const fields = problems(chart, 'SM0005').filter(({ path }) => path.startsWith('chart/bad')).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining([
      'target', 'port', 'retries.on', 'retries.limit', 'retries.timeout', 'timeouts.request', 'addRule(none).action', 'addRule(texts).action', 'addRule(texts).match', 'addRule(texts).timeout',
    ]));
    expect(problems(chart, 'SM0005')).toContainEqual(expect.objectContaining({ path: 'chart/undefined', field: 'target' }));
  });
});

describe('a service profile', () => {
  test('is named by the host of its service, with conditions, budgets and classes of answers', () => {
    const chart = linkerdChart();
    const profile = new LinkerdServiceProfile(chart, 'profile', { target: service(chart), retryBudget: { retryRatio: 0.3, minRetriesPerSecond: 5, ttl: Duration.seconds(30) } });
    profile.addRoute('GET /v1/orders/{id}', {
      condition: ProfileCondition.all(ProfileCondition.method(HttpMethod.GET), ProfileCondition.pathRegex('/v1/orders/\\d+')),
      retryable: true,
      timeout: Duration.millis(250),
      responseClasses: [{ min: 404, isFailure: false }, { min: 500, max: 599, isFailure: true }],
    });
    profile.addRoute('exports', { condition: ProfileCondition.any(ProfileCondition.path('/exports.csv'), ProfileCondition.path('/exports.json')) });
    expect(manifest(chart, 'ServiceProfile')).toEqual({
      apiVersion: 'linkerd.io/v1alpha2',
      kind: 'ServiceProfile',
      metadata: { name: 'orders.shop.svc.cluster.local', namespace: 'shop' },
      spec: {
        retryBudget: { retryRatio: 0.3, minRetriesPerSecond: 5, ttl: '30s' },
        routes: [{
          name: 'GET /v1/orders/{id}',
          condition: { all: [{ method: 'GET' }, { pathRegex: '/v1/orders/\\d+' }] },
          isRetryable: true,
          timeout: '250ms',
          responseClasses: [{ condition: { status: { min: 404, max: 404 } }, isFailure: false }, { condition: { status: { min: 500, max: 599 } }, isFailure: true }],
        }, { name: 'exports', condition: { any: [{ pathRegex: '/exports\\.csv' }, { pathRegex: '/exports\\.json' }] } }],
      },
    });
    expect(quiet(chart)).toEqual([]);
  });

  test('that does not compile is refused, and one beside a route is warned about', () => {
    const chart = linkerdChart();
    const orders = service(chart);
    new LinkerdServiceProfile(chart, 'profile', { target: orders }).addRoute('all', { condition: ProfileCondition.pathRegex('/v1/(?=orders)') });
    new LinkerdRoute(chart, 'route', { target: orders });
    expect(problems(chart, 'SM1356')).toMatchObject([{ field: 'spec.routes[0].condition.pathRegex', reason: expect.stringContaining('look-ahead') }]);
    expect(problems(chart, 'SM1357')).toMatchObject([{ path: expect.stringContaining('chart/route') }]);
  });

  test('of a Knative service, or of no workload at all, is refused', () => {
    const chart = linkerdChart();
    new LinkerdServiceProfile(chart, 'knative', { target: new ServerlessService(chart, 'cart', { image: IMAGE }) });
    expect(problems(chart, 'SM1342')).toMatchObject([{ path: 'chart/knative' }]);
    const wrong = linkerdChart();
    new LinkerdServiceProfile(wrong, 'bad', any({ target: 'orders', retryBudget: { ttl: '10s' } })).addRoute('all', any({ condition: '/v1', timeout: 3, retryable: 'yes', responseClasses: '5xx' }));
    new LinkerdServiceProfile(wrong, 'undefined', any(undefined)).addRoute('all', any(undefined));
    expect(problems(wrong, 'SM0005').filter(({ path }) => path === 'chart/bad').map(({ field }) => field)).toEqual([
      'target', 'retryBudget.retryRatio', 'retryBudget.minRetriesPerSecond', 'retryBudget.ttl', 'addRoute(all).condition', 'addRoute(all).timeout', 'addRoute(all).retryable', 'addRoute(all).responseClasses',
    ]);
  });

  test('by hand with the field that there was once gets a hint at the field of today', () => {
    const chart = linkerdChart();
    raw(chart, { apiVersion: 'linkerd.io/v1alpha2', kind: 'ServiceProfile', metadata: { name: 'orders.shop.svc.cluster.local' }, spec: { routes: [{ name: 'all', condition: { path: '/v1' } }] } });
    expect(problems(chart).filter(({ field }) => field?.includes('condition'))).toMatchObject([{ field: 'spec.routes[0].condition.path', fix: expect.stringContaining('pathRegex') }]);
  });
});
