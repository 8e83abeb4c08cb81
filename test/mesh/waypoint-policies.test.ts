import { ApiObject, Chart } from 'cdk8s';
import { TestService } from './workloads';
import {
  ActivatorStrategy, Caller, ClusterProfile, ContainerService, ExtensionProvider, ExternalAuthorization, HttpMethod, JwtAuthentication, JwtIssuer, MeshMembership, MeshNamespace, MeshPolicy,
  MeshTelemetry, Outcome, Rate, RateLimit, Reachability, RequestSource, RequestTarget, TrafficRole, WasmModule, WasmPlugin, Waypoint, WaypointProps,
} from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

const image = 'registry.example.com/ledger@sha256:0000000000000000000000000000000000000000000000000000000000000000';
const login = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] });
const CLAIMS = { iss: 'https://login.example.com', sub: 'ann', aud: 'shop' };
const SERVICE = [{ group: '', kind: 'Service', name: 'ledger' }];
const GATEWAY = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }];
const opa = ExtensionProvider.named('opa');

interface Shop {
  readonly chart: Chart;
  readonly waypoint: Waypoint;
  readonly ledger: ContainerService;
}

function shop({ policy = true, ...props }: WaypointProps & { policy?: boolean } = {}): Shop {
  const chart = shopChart();
  ClusterProfile.ambient().applyTo(chart);
  new MeshNamespace(chart, 'Namespace');
  if (policy) new MeshPolicy(chart, 'Policy');
  return { chart, waypoint: new Waypoint(chart, 'waypoint', props), ledger: new ContainerService(chart, 'ledger', { image }) };
}

const specs = (chart: Chart, ...kinds: [string, string][]): Json[] => kinds.map(([kind, name]) => manifest(chart, kind, name).spec);

describe('behind a waypoint', () => {
  test('tokens, an external authorizer and telemetry are attached to the Service of the workload', () => {
    const { chart, ledger } = shop();
    new JwtAuthentication(chart, 'jwt', { target: ledger, issuers: [login] });
    new ExternalAuthorization(chart, 'ext', { target: ledger, provider: opa, paths: ['/admin/*'] });
    new MeshTelemetry(chart, 'logs', { target: ledger, accessLogs: [{}] });
    const found = specs(chart, ['RequestAuthentication', 'ledger'], ['AuthorizationPolicy', 'ledger-token-required'], ['AuthorizationPolicy', 'ledger-opa'], ['Telemetry', 'ledger']);
    for (const spec of found) expect([spec.targetRefs, spec.selector]).toEqual([SERVICE, undefined]);
    expect(problems(chart)).toEqual([]);
  });

  test('an external authorizer is asked about the port of the Service, which is what the waypoint sees', () => {
    const { chart, ledger } = shop();
    new ExternalAuthorization(chart, 'ext', { target: ledger, provider: opa });
    expect(specs(chart, ['AuthorizationPolicy', 'ledger-opa'])[0].rules).toEqual([{ to: [{ operation: { ports: ['80'] } }] }]);
  });

  test('tokens are asked for, as reachability sees it', () => {
    const { chart, ledger } = shop();
    ledger.grantInvoke(Caller.serviceAccount('shop', 'web'));
    new JwtAuthentication(chart, 'jwt', { target: ledger, issuers: [login] });
    new ExternalAuthorization(chart, 'ext', { target: ledger, provider: opa, paths: ['/admin/*'] });
    const from = RequestSource.pods({ namespace: 'shop', serviceAccount: 'web' });
    const to = RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' }, port: 8080 });
    const ask = (path: string, claims?: Json) => Reachability.of(chart).request({ from, to, method: 'GET', path, claims });
    expect(ask('/').decidedBy?.name).toBe('ledger-token-required');
    // the port of the Service is not named by the question
    expect([ask('/', CLAIMS), ask('/admin/users', CLAIMS)].map(({ outcome }) => outcome)).toEqual([Outcome.ALLOWED, Outcome.DEPENDS]);
  });
});

describe('a waypoint as a target', () => {
  test('has policies for everything that goes through it', () => {
    const { chart, waypoint } = shop();
    new JwtAuthentication(chart, 'jwt', { target: waypoint, issuers: [login] });
    new ExternalAuthorization(chart, 'ext', { target: waypoint, provider: opa });
    new MeshTelemetry(chart, 'logs', { target: waypoint, accessLogs: [{}] });
    const found = specs(chart, ['RequestAuthentication', 'waypoint'], ['AuthorizationPolicy', 'waypoint-token-required'], ['AuthorizationPolicy', 'waypoint-opa'], ['Telemetry', 'waypoint']);
    for (const spec of found) expect([spec.targetRefs, spec.selector]).toEqual([GATEWAY, undefined]);
    expect(problems(chart)).toEqual([]);
  });

  test('runs plug-ins for everything that goes through it', () => {
    const { chart, waypoint } = shop();
    new WasmPlugin(chart, 'plugin', { target: waypoint, module: WasmModule.image(`registry.example.com/plugin@sha256:${'0'.repeat(64)}`) });
    expect(specs(chart, ['WasmPlugin', 'plugin'])[0]).toMatchObject({ targetRefs: GATEWAY });
    expect(problems(chart)).toEqual([]);
  });

  test('is warned of where a Service behind it has a port that takes no HTTP', () => {
    const { chart, waypoint } = shop();
    new JwtAuthentication(chart, 'jwt', { target: waypoint, issuers: [login] });
    expect(problems(chart, 'SM1073')).toEqual([]);
    new ApiObject(chart, 'Db', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db' }, spec: { selector: { app: 'db' }, ports: [{ name: 'tcp-db', port: 5432 }] } });
    expect(problems(chart, 'SM1073')).toHaveLength(1);
  });
});

describe('what holds at a waypoint', () => {
  test.each([
    ['tokens', ({ chart, ledger }: Shop) => { new JwtAuthentication(chart, 'x', { target: ledger, issuers: [login] }); }],
    ['tokens of everything', ({ chart, waypoint }: Shop) => { new JwtAuthentication(chart, 'x', { target: waypoint, issuers: [login] }); }],
    ['an external authorizer', ({ chart, ledger }: Shop) => { new ExternalAuthorization(chart, 'x', { target: ledger, provider: opa }); }],
  ])('can be gone around where nobody restricts the pods, which is warned of: %s', (_, build) => {
    const open = shop({ policy: false });
    build(open);
    expect(problems(open.chart, 'SM0261')).toMatchObject([{ severity: 'warning', path: 'chart/x', value: '"service shop/ledger"' }]);
    open.ledger.grantInvoke(Caller.serviceAccount('shop', 'web'), { methods: [HttpMethod.GET] });
    expect(problems(open.chart, 'SM0261')).toEqual([]);
  });

  test('is telemetry of the role that a waypoint or a gateway has', () => {
    const { chart, waypoint } = shop();
    new MeshTelemetry(chart, 'x', { target: waypoint, accessLogs: [{ role: TrafficRole.CLIENT }], tracing: [{ role: TrafficRole.SERVER }] });
    expect(problems(chart, 'SM0262')).toMatchObject([{ severity: 'warning', path: 'chart/x', field: 'accessLogs.role' }]);
  });

  test('is no telemetry of Services in other namespaces, if it is said of the waypoint itself', () => {
    const { chart, waypoint } = shop();
    waypoint.serveNamespace('bank');
    new MeshTelemetry(chart, 'x', { target: waypoint, accessLogs: [{}] });
    expect(problems(chart, 'SM0263')).toMatchObject([{ severity: 'warning', path: 'chart/x', reason: expect.stringContaining('bank') }]);
  });

  test('are no rate limits', () => {
    const { chart, waypoint, ledger } = shop();
    new RateLimit(chart, 'a', { target: ledger, limit: Rate.perSecond(1) });
    new RateLimit(chart, 'b', { target: waypoint, limit: Rate.perSecond(1) });
    expect(problems(chart, 'SM1290').map(({ path, value }) => [path, value])).toEqual([['chart/a', '"service shop/ledger"'], ['chart/b', '"waypoint shop/waypoint"']]);
  });
});

describe('without a waypoint', () => {
  const build = (make: (chart: Chart) => ContainerService | TestService): Chart => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    const target = make(chart);
    new JwtAuthentication(chart, 'jwt', { target, issuers: [login] });
    new ExternalAuthorization(chart, 'ext', { target, provider: opa });
    new MeshTelemetry(chart, 'logs', { target, accessLogs: [{}] });
    return chart;
  };
  const refused = (chart: Chart) => problems(chart).filter(({ code }) => ['SM1281', 'SM1303'].includes(code));

  test('all of them are refused, and a waypoint is what helps', () => {
    const found = refused(build(chart => new ContainerService(chart, 'ledger', { image })));
    expect(found.map(({ path }) => path).sort()).toEqual(['chart/ext', 'chart/jwt', 'chart/logs']);
    for (const { fix } of found) expect(fix).toContain("new Waypoint(chart, 'waypoint')");
  });

  test('of a Knative service, which no waypoint can stand before, the gateway helps', () => {
    const found = refused(build(chart => new TestService(chart, 'orders', { activator: ActivatorStrategy.outOfPath() })));
    expect(found).toHaveLength(3);
    for (const { fix } of found) expect([fix?.includes('Waypoint'), fix?.includes('MeshGateway')]).toEqual([false, true]);
  });

  test('a sidecar in the ambient cluster needs none', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshNamespace(chart, 'Namespace', { mesh: MeshMembership.SIDECAR });
    new JwtAuthentication(chart, 'jwt', { target: new ContainerService(chart, 'ledger', { image }), issuers: [login] });
    expect(manifest(chart, 'RequestAuthentication').spec.selector).toBeDefined();
    expect(problems(chart, 'SM1281')).toEqual([]);
  });
});
