import { Chart } from 'cdk8s';
import { isAllowed, Request } from './evaluator';
import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile, HttpMethod, IngressClass } from '../../lib';
import { MeshPolicy } from '../../lib/mesh';
import { manifest, manifests, problems, shopChart } from '../support';

const CHECKOUT = 'cluster.local/ns/shop/sa/checkout';
const ACTIVATOR = 'cluster.local/ns/knative-serving/sa/activator';
// the autoscaler has no account of its own: config/core/deployments/autoscaler.yaml of knative/serving
const AUTOSCALER = 'cluster.local/ns/knative-serving/sa/controller';
const GATEWAY = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';

/** serving pkg/activator/net/revision_backends.go: GET /healthz on the pod's port, with this header. */
const ACTIVATOR_PROBE: Request = { principal: ACTIVATOR, method: 'GET', path: '/healthz', port: 8012, headers: { 'K-Network-Probe': 'queue' } };
/** serving pkg/autoscaler/metrics/stats_scraper.go: GET :9090/metrics. */
const METRICS: Request = { principal: AUTOSCALER, method: 'GET', path: '/metrics', port: 9090 };
/** networking pkg/status/status.go: GET /healthz through every gateway pod, with these headers. */
const GATEWAY_PROBE: Request = { principal: GATEWAY, method: 'GET', path: '/healthz', port: 8012, headers: { 'K-Network-Probe': 'probe', 'K-Network-Hash': 'override' } };

function ordersIn(chart: Chart, activator?: ActivatorStrategy): (request: Request) => boolean {
  const orders = new TestService(chart, 'orders', { activator });
  orders.grantInvoke(new TestDeployment(chart, 'checkout'), { methods: [HttpMethod.POST], paths: ['/v1/orders', '/v1/drafts/*'] });
  orders.grantInvoke(Caller.namespace('reports'), { methods: [HttpMethod.GET], paths: ['/v1/*'] });
  const rendered = manifests(chart);
  return request => isAllowed(rendered, { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders', 'app': 'orders-00001' } }, request);
}

const order = (principal?: string): Request => ({ principal, method: 'POST', path: '/v1/orders', port: 8012 });

describe.each([
  ['with a grant alone', () => shopChart()],
  ['in a namespace that denies by default', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy');
    return chart;
  }],
])('an activator out of the path, %s', (_, chartOf) => {
  const allows = ordersIn(chartOf(), ActivatorStrategy.outOfPath());

  test('lets in the callers that were granted, on what they were granted', () => {
    expect(allows(order(CHECKOUT))).toBe(true);
    expect(allows({ ...order(CHECKOUT), path: '/v1/drafts/7' })).toBe(true);
    expect(allows({ principal: 'cluster.local/ns/reports/sa/nightly', method: 'GET', path: '/v1/orders', port: 8012 })).toBe(true);
  });

  test('turns away everybody else', () => {
    expect(allows(order('cluster.local/ns/shop/sa/intruder'))).toBe(false);
    expect(allows(order(undefined))).toBe(false);
    expect(allows(order('cluster.local/ns/reports/sa/nightly'))).toBe(false);
    expect(allows({ ...order(CHECKOUT), method: 'DELETE' })).toBe(false);
    expect(allows({ ...order(CHECKOUT), path: '/v2/orders' })).toBe(false);
    expect(allows({ ...order(CHECKOUT), port: 9090 })).toBe(false);
  });

  test('turns away what the activator forwards, be it to the app\'s own health check', () => {
    expect(allows(order(ACTIVATOR))).toBe(false);
    expect(allows({ principal: ACTIVATOR, method: 'GET', path: '/v1/orders', port: 8012 })).toBe(false);
    expect(allows({ principal: ACTIVATOR, method: 'GET', path: '/healthz', port: 8012 })).toBe(false);
    expect(allows({ ...ACTIVATOR_PROBE, headers: { 'K-Network-Probe': 'activator' } })).toBe(false);
  });

  test('lets Knative probe and measure', () => {
    expect(allows(ACTIVATOR_PROBE)).toBe(true);
    expect(allows(METRICS)).toBe(true);
    expect(allows(GATEWAY_PROBE)).toBe(true);
  });

  test('lets nobody else probe or measure', () => {
    expect(allows({ ...METRICS, principal: CHECKOUT })).toBe(false);
    expect(allows({ ...METRICS, principal: ACTIVATOR })).toBe(false);
    expect(allows({ ...METRICS, port: 8012 })).toBe(false);
    expect(allows({ ...METRICS, path: '/debug' })).toBe(false);
    expect(allows({ ...METRICS, method: 'POST' })).toBe(false);
    expect(allows({ ...ACTIVATOR_PROBE, principal: CHECKOUT })).toBe(false);
    expect(allows({ ...GATEWAY_PROBE, headers: {} })).toBe(false);
    expect(allows({ ...GATEWAY_PROBE, path: '/v1/orders' })).toBe(false);
  });
});

describe('a trusted activator', () => {
  const allows = ordersIn(shopChart(), ActivatorStrategy.trusted());

  test('may forward what somebody was granted', () => {
    expect(allows(order(ACTIVATOR))).toBe(true);
    expect(allows({ principal: ACTIVATOR, method: 'POST', path: '/v1/drafts/7', port: 8012 })).toBe(true);
    expect(allows({ principal: ACTIVATOR, method: 'GET', path: '/v1/anything', port: 8012 })).toBe(true);
  });

  test('may forward nothing else: methods and paths stay as they were granted together', () => {
    expect(allows({ principal: ACTIVATOR, method: 'DELETE', path: '/v1/orders', port: 8012 })).toBe(false);
    expect(allows({ principal: ACTIVATOR, method: 'POST', path: '/v1/anything', port: 8012 })).toBe(false);
    expect(allows({ principal: ACTIVATOR, method: 'GET', path: '/admin', port: 8012 })).toBe(false);
    expect(allows({ principal: ACTIVATOR, method: 'GET', path: '/metrics', port: 9090 })).toBe(false);
  });

  test('does not make other pods of Knative callers', () => {
    expect(allows(order(AUTOSCALER))).toBe(false);
  });

  test('leaves direct connections and Knative\'s own requests as they are', () => {
    expect(allows(order(CHECKOUT))).toBe(true);
    expect(allows(order('cluster.local/ns/shop/sa/intruder'))).toBe(false);
    expect(allows(ACTIVATOR_PROBE)).toBe(true);
    expect(allows(METRICS)).toBe(true);
  });

  test('forwards nothing to a service that nobody was granted', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    const rendered = manifests(chart);
    const pod = { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders' } };
    expect(isAllowed(rendered, pod, order(ACTIVATOR))).toBe(false);
    expect(isAllowed(rendered, pod, METRICS)).toBe(true);
  });
});

describe('an undecided activator', () => {
  test('is refused with both ways out', () => {
    const chart = shopChart();
    new TestService(chart, 'orders').grantInvoke(new TestDeployment(chart, 'checkout'));
    const found = problems(chart, 'SM0203');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ path: 'chart/orders', field: 'activatorStrategy' });
    expect(found[0].reason).toContain('service shop/checkout');
    expect(found[0].fix).toContain('ActivatorStrategy.outOfPath()');
    expect(found[0].fix).toContain('ActivatorStrategy.trusted()');
  });

  test('is refused for events too: whoever reaches the activator could post them', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'orders').receiveEvents({ methods: [HttpMethod.POST], paths: ['/'] });
    expect(problems(chart, 'SM0203').map(p => p.path)).toEqual(['chart/orders']);
  });

  test('is none where nobody is called, or nothing restricts who calls', () => {
    const chart = shopChart();
    new TestService(chart, 'open').receiveEvents();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('shop'));
    expect(problems(chart, 'SM0203')).toEqual([]);

    const closed = shopChart();
    new MeshPolicy(closed, 'Policy');
    new TestService(closed, 'silent');
    expect(problems(closed, 'SM0203')).toEqual([]);
  });

  test('admits events from the data planes and through a trusted activator once it is decided', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() }).receiveEvents({ methods: [HttpMethod.POST], paths: ['/events'] });
    const rendered = manifests(chart);
    const allows = (principal: string, path: string) =>
      isAllowed(rendered, { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders' } }, { principal, method: 'POST', path, port: 8012 });
    expect(allows('cluster.local/ns/knative-eventing/sa/mt-broker-filter', '/events')).toBe(true);
    expect(allows(ACTIVATOR, '/events')).toBe(true);
    expect(allows(ACTIVATOR, '/admin')).toBe(false);
    expect(problems(chart)).toEqual([]);
  });
});

describe('the names of Knative and of the gateways', () => {
  test('follow the cluster profile', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({
      knativeServingNamespace: 'knative',
      trustDomain: 'prod.example',
      publicGateway: { name: 'edge', namespace: 'edge', serviceName: 'edge', serviceNamespace: 'edge', serviceAccount: 'edge' },
    }).applyTo(chart);
    const allows = ordersIn(chart, ActivatorStrategy.trusted());
    expect(allows({ ...order('prod.example/ns/knative/sa/activator') })).toBe(true);
    expect(allows({ ...METRICS, principal: 'prod.example/ns/knative/sa/controller' })).toBe(true);
    expect(allows({ ...METRICS })).toBe(false);
    // both gateways carry the probe, each under its own account
    expect(allows({ ...GATEWAY_PROBE, principal: 'prod.example/ns/edge/sa/edge' })).toBe(true);
    expect(allows({ ...GATEWAY_PROBE, principal: 'prod.example/ns/istio-system/sa/istio-ingressgateway-service-account' })).toBe(true);
  });

  test('leave out gateways that are not in the mesh', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ ingressClass: IngressClass.KOURIER }).applyTo(chart);
    const allows = ordersIn(chart, ActivatorStrategy.outOfPath());
    expect(allows(GATEWAY_PROBE)).toBe(false);
    expect(JSON.stringify(manifest(chart, 'AuthorizationPolicy').spec)).not.toContain('istio-system');
  });
});
