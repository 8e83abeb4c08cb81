import { Chart } from 'cdk8s';
import {
  Caller, ClusterProfile, ContainerService, HealthCheck, HttpMethod, InboundPolicy, JwtIssuer, MeshMembership, MeshNamespace, ObservabilityStack, Reachability, ServerlessService,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';

const IMAGE = 'registry.example.com/shop/orders:1.0.0';
const web = Caller.serviceAccount('shop', 'web');
const reports = Caller.namespace('reports');

function linkerdChart(profile = ClusterProfile.linkerd()): Chart {
  const chart = shopChart();
  profile.applyTo(chart);
  new MeshNamespace(chart, 'namespace');
  return chart;
}

const service = (chart: Chart, props: object = {}) => new ContainerService(chart, 'orders', { image: IMAGE, ...props });

/** The identities that a policy names, by what it is for; everybody where it asks for none. */
function decisions(chart: Chart): Record<string, Json> {
  const all = manifests(chart);
  return Object.fromEntries(all.filter(({ kind }) => kind === 'AuthorizationPolicy').map(({ spec }) => [
    `${spec.targetRef.kind} ${spec.targetRef.name}`,
    spec.requiredAuthenticationRefs.length === 0 ? 'everybody'
      : all.find(({ kind, metadata }) => kind === 'MeshTLSAuthentication' && metadata.name === spec.requiredAuthenticationRefs[0].name).spec.identityRefs.map(({ name }: Json) => name),
  ]));
}

const routeMatches = (chart: Chart, name: string) => manifest(chart, 'HTTPRoute', name).spec.rules[0].matches;

test('grants of a whole port name their callers at its Server', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  orders.grantInvoke(web);
  orders.grantInvoke(reports);
  expect(manifest(chart, 'Server')).toMatchObject({
    metadata: { name: 'orders-8080', namespace: 'shop' }, spec: { podSelector: { matchLabels: orders.podSelector }, port: 8080, proxyProtocol: 'unknown' },
  });
  expect(decisions(chart)).toEqual({ 'Server orders-8080': ['web', 'reports'] });
  expect(manifests(chart).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
  expect(problems(chart)).toEqual([]);
});

test('grants by method and path are routes of the Server, each with its callers', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  orders.grantInvoke(web, { methods: [HttpMethod.GET], paths: ['/v1/*'] });
  orders.grantInvoke(reports, { paths: ['/exports'] });
  expect(manifest(chart, 'HTTPRoute', 'orders-8080-get-v1-all')).toMatchObject({
    apiVersion: 'policy.linkerd.io/v1beta3',
    spec: { parentRefs: [{ group: 'policy.linkerd.io', kind: 'Server', name: 'orders-8080' }], rules: [{ matches: [{ method: 'GET', path: { type: 'PathPrefix', value: '/v1' } }] }] },
  });
  expect(routeMatches(chart, 'orders-8080-any-exports')).toEqual([{ path: { type: 'Exact', value: '/exports' } }]);
  expect(decisions(chart)).toEqual({ 'HTTPRoute orders-8080-get-v1-all': ['web'], 'HTTPRoute orders-8080-any-exports': ['reports'] });
  expect(problems(chart)).toEqual([]);
});

// the proxy takes the longest path, then the route that names the method (linkerd2-proxy linkerd/http/route/src/http/match.rs)
test('what is granted on a shorter path, or for every method, is said again where a longer path or a method is', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  orders.grantInvoke(web, { paths: ['/v1/*'] });
  orders.grantInvoke(reports, { methods: [HttpMethod.GET], paths: ['/v1/orders'] });
  const billing = Caller.serviceAccount('billing', 'jobs');
  orders.grantInvoke(billing, { methods: [HttpMethod.POST], paths: ['*'] });
  expect(decisions(chart)).toEqual({
    'HTTPRoute orders-8080-any-v1-all': ['web'],
    'HTTPRoute orders-8080-post-v1-all': ['web', 'jobs'],
    'HTTPRoute orders-8080-any-v1-orders': ['web'],
    'HTTPRoute orders-8080-get-v1-orders': ['web', 'reports'],
    'HTTPRoute orders-8080-post-v1-orders': ['web', 'jobs'],
    'HTTPRoute orders-8080-post-all': ['jobs'],
  });
});

test('who may call the whole port keeps it beside routes, which leave no room for anything else', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  orders.grantInvoke(web);
  orders.grantInvoke(reports, { paths: ['/exports'] });
  expect(decisions(chart)).toEqual({ 'Server orders-8080': ['web'], 'HTTPRoute orders-8080-any-exports': ['reports'] });
  expect(routeMatches(chart, 'orders-8080-rest')).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
});

test('the kubelet keeps its HTTP probes where routes would shut it out, and needs nothing where there are none', () => {
  const chart = linkerdChart();
  const orders = service(chart, { readiness: HealthCheck.http('/ready'), liveness: HealthCheck.http('/live') });
  orders.grantInvoke(web, { paths: ['/v1/*'] });
  expect(routeMatches(chart, 'orders-8080-open')).toEqual(['/live', '/ready'].map(value => ({ method: 'GET', path: { type: 'Exact', value } })));
  expect(decisions(chart)).toMatchObject({ 'HTTPRoute orders-8080-open': 'everybody' });
  const whole = linkerdChart();
  service(whole, { readiness: HealthCheck.http('/ready') }).grantInvoke(web);
  expect(manifests(whole).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
});

test('Prometheus without an identity keeps the metrics of a port that is granted', () => {
  const chart = linkerdChart();
  const orders = service(chart, { metrics: { port: 8080, path: '/metrics' } });
  orders.grantInvoke(web);
  new ObservabilityStack(chart, 'observability').monitor(orders);
  expect(routeMatches(chart, 'orders-8080-open')).toEqual([{ method: 'GET', path: { type: 'Exact', value: '/metrics' } }]);
  expect(decisions(chart)).toEqual({ 'Server orders-8080': ['web'], 'HTTPRoute orders-8080-open': 'everybody' });
  expect(manifest(chart, 'HTTPRoute', 'orders-8080-rest')).toBeDefined();
});

test('Prometheus with an identity is named by its namespace', () => {
  const chart = linkerdChart(ClusterProfile.linkerd({ monitoring: { monitorLabels: { release: 'p' }, outsideMesh: false, namespace: 'monitoring' } }));
  const orders = service(chart, { metrics: { port: 8080, path: '/metrics' } });
  orders.grantInvoke(web);
  new ObservabilityStack(chart, 'observability').monitor(orders);
  expect(decisions(chart)).toEqual({ 'Server orders-8080': ['web'], 'HTTPRoute orders-8080-any-metrics': ['monitoring'] });
});

test('in a namespace that denies by default metrics ports get what they need too', () => {
  const chart = shopChart();
  ClusterProfile.linkerd().applyTo(chart);
  const orders = service(chart, { metrics: { port: 9090, path: '/metrics' } });
  new ObservabilityStack(chart, 'observability').monitor(orders);
  expect(manifests(chart).filter(({ kind }) => kind === 'Server')).toEqual([]);
  new MeshNamespace(chart, 'namespace', { inboundPolicy: InboundPolicy.DENY });
  expect(decisions(chart)).toEqual({ 'HTTPRoute orders-9090-open': 'everybody' });
});

test('whether a request gets past a Server is nothing that reachability makes up', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  const client = new ContainerService(chart, 'client', { image: IMAGE });
  const ask = () => Reachability.of(chart).request({ from: client, to: orders, method: 'GET', path: '/' });
  expect(ask().allowed).toBe(true);
  orders.grantInvoke(web);
  expect(ask()).toMatchObject({ allowed: false, outcome: 'depends', reason: expect.stringContaining('Server shop/orders-8080') });
});

test.each<[string, string, (chart: Chart) => void]>([
  ['a Knative service', 'SM1342', chart => new ServerlessService(chart, 'cart', { image: IMAGE }).grantInvoke(web)],
  ['hosts', 'SM1344', chart => service(chart).grantInvoke(web, { hosts: ['orders.example.com'] })],
  ['tokens', 'SM1344', chart => service(chart).grantInvoke(web, { token: { issuer: new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] }) } })],
  ['callers known by a token', 'SM1344', chart => service(chart).grantInvoke(Caller.jwt({ issuer: new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] }) }))],
  ['a suffix', 'SM1345', chart => service(chart).grantInvoke(web, { paths: ['*.json'] })],
  ['a part of a segment', 'SM1345', chart => service(chart).grantInvoke(web, { paths: ['/v1/ord*'] })],
  ['a template', 'SM1345', chart => service(chart).grantInvoke(web, { paths: ['/v1/{*}/items'] })],
  ['a path that never matches', 'SM1345', chart => service(chart).grantInvoke(web, { paths: ['v1'] })],
  ['callers outside of the mesh', 'SM0202', chart => {
    new MeshNamespace(chart, 'legacy', { name: 'legacy', mesh: MeshMembership.OUTSIDE });
    service(chart).grantInvoke(Caller.serviceAccount('legacy', 'batch'));
  }],
  ['a target outside of the mesh', 'SM0202', chart => service(chart, { inMesh: false }).grantInvoke(web)],
])('a grant on %s is refused', (_, code, build) => {
  const chart = linkerdChart();
  build(chart);
  expect(problems(chart, code)).toMatchObject([{ field: expect.stringContaining('grantInvoke') }]);
  expect(manifests(chart).filter(({ apiVersion }) => apiVersion.includes('istio.io'))).toEqual([]);
});

test('a path for one and everything below it for another is refused: which route decides would depend on their age', () => {
  const tied = linkerdChart();
  const orders = service(tied);
  orders.grantInvoke(web, { paths: ['/v1/*'] });
  orders.grantInvoke(reports, { paths: ['/v1'] });
  expect(problems(tied, 'SM1346')).toMatchObject([{ path: 'chart/orders', value: '"/v1"' }]);
  const same = linkerdChart();
  service(same).grantInvoke(web, { paths: ['/v1', '/v1/*'] });
  expect(problems(same)).toEqual([]);
});

test('texts where lists belong, and numbers where paths do, are no reason to stop', () => {
  const chart = linkerdChart();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const any = (value: unknown) => value as any;
  expect(() => service(chart, { readiness: HealthCheck.http(any({ path: '/ready' })) }).grantInvoke(web, any({ methods: 'GET', paths: [8080] }))).not.toThrow();
  expect(problems(chart).length).toBeGreaterThan(0);
  const text = linkerdChart();
  expect(() => service(text).grantInvoke(web, any({ paths: '/v1/*' }))).not.toThrow();
  expect(problems(text)).toBeDefined();
});

test('probes that come after the grants are refused where their routes leave no room for them', () => {
  const chart = linkerdChart();
  const orders = service(chart);
  orders.grantInvoke(web, { paths: ['/v1/*'] });
  orders.addVersion('v2', { image: IMAGE, readiness: HealthCheck.http('/ready') });
  expect(problems(chart, 'SM1347')).toMatchObject([{ value: '["/ready"]' }]);
});
