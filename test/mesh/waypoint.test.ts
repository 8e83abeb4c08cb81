import { ApiObject, App, Chart } from 'cdk8s';
import { TestDeployment, TestService } from './workloads';
import {
  ActivatorStrategy, Caller, ClusterProfile, ContainerService, HttpMethod, JwtAuthentication, JwtIssuer, JwtKeys, MeshMembership, MeshNamespace, MeshPolicy, Outcome, Reachability,
  RequestSource, RequestTarget, Waypoint, WaypointTraffic,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

function ambientChart(): Chart {
  const chart = shopChart();
  ClusterProfile.ambient().applyTo(chart);
  new MeshNamespace(chart, 'Namespace');
  return chart;
}

const image = 'registry.example.com/ledger@sha256:0000000000000000000000000000000000000000000000000000000000000000';

describe('a waypoint', () => {
  test('is a Gateway of the class istio-waypoint with the listener that ztunnel speaks to', () => {
    const chart = ambientChart();
    new Waypoint(chart, 'waypoint');
    // istioctl/pkg/waypoint/waypoint.go of Istio writes the same
    expect(manifest(chart, 'Gateway')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'waypoint', namespace: 'shop', labels: { 'istio.io/waypoint-for': 'service' } },
      spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
    });
    expect(manifest(chart, 'Namespace').metadata.labels).toMatchObject({
      'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'waypoint', 'istio.io/ingress-use-waypoint': 'true',
    });
    expect(problems(chart)).toEqual([]);
  });

  test('is used by the namespace whichever of the two is written first', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new Waypoint(chart, 'waypoint', { fromGateways: false });
    new MeshNamespace(chart, 'Namespace');
    const { labels } = manifest(chart, 'Namespace').metadata;
    expect(labels['istio.io/use-waypoint']).toBe('waypoint');
    expect(labels).not.toHaveProperty(['istio.io/ingress-use-waypoint']);
  });

  test('lets in the namespaces that it serves, and them alone', () => {
    const chart = ambientChart();
    const other = new Chart(chart.node.root as App, 'bank', { namespace: 'bank' });
    ClusterProfile.ambient().applyTo(other);
    new MeshNamespace(other, 'Namespace');
    const waypoint = new Waypoint(chart, 'waypoint', { ownNamespace: false, namespaces: ['partners'] });
    waypoint.serveNamespace('bank');
    expect(manifest(chart, 'Gateway').spec.listeners[0].allowedRoutes).toEqual({
      namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['bank', 'partners', 'shop'] }] } },
    });
    expect(manifest(other, 'Namespace').metadata.labels).toMatchObject({ 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'shop' });
    expect(manifest(chart, 'Namespace').metadata.labels).not.toHaveProperty(['istio.io/use-waypoint']);
  });

  test('serves one workload by a label of its Service', () => {
    const chart = ambientChart();
    const ledger = new ContainerService(chart, 'ledger', { image });
    new Waypoint(chart, 'waypoint', { ownNamespace: false }).serve(ledger);
    expect(manifest(chart, 'Service').metadata.labels).toMatchObject({ 'istio.io/use-waypoint': 'waypoint' });
  });

  test('is refused in a cluster without ztunnel', () => {
    const chart = shopChart();
    new Waypoint(chart, 'waypoint');
    expect(problems(chart, 'SM1320')).toMatchObject([{ path: 'chart/waypoint' }]);
  });

  test('is refused where no namespace of the app could carry its label, before Knative services, and before pods outside of ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    const waypoint = new Waypoint(chart, 'waypoint');
    waypoint.serve(new TestService(chart, 'orders', { activator: ActivatorStrategy.outOfPath() }));
    waypoint.serve(new TestDeployment(chart, 'legacy', MeshMembership.OUTSIDE));
    expect(problems(chart, 'SM1321').map(({ value }) => value)).toEqual(['"shop"', '"orders"', '"legacy"']);
  });
});

describe('grants on a workload behind a waypoint', () => {
  function shop(props: { fromGateways?: boolean } = {}): { chart: Chart; ledger: ContainerService } {
    const chart = ambientChart();
    new MeshPolicy(chart, 'Policy');
    new Waypoint(chart, 'waypoint', props);
    const ledger = new ContainerService(chart, 'ledger', { image });
    ledger.grantInvoke(Caller.serviceAccount('shop', 'web'), { methods: [HttpMethod.GET], paths: ['/v1/*'] });
    return { chart, ledger };
  }

  const policy = (chart: Chart, name: string): Json => manifest(chart, 'AuthorizationPolicy', name).spec;

  test('are enforced there, and its pods take requests from the waypoint alone', () => {
    const { chart } = shop();
    expect(problems(chart)).toEqual([]);
    expect(policy(chart, 'ledger')).toEqual({
      action: 'ALLOW',
      targetRefs: [{ group: '', kind: 'Service', name: 'ledger' }],
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }], to: [{ operation: { methods: ['GET'], paths: ['/v1/*'] } }] }],
    });
    expect(policy(chart, 'ledger-pods')).toEqual({
      action: 'ALLOW',
      selector: { matchLabels: { app: 'ledger' } },
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/waypoint'] } }] }],
    });
  });

  test('hold as reachability sees them', () => {
    const { chart } = shop();
    const ask = (from: RequestSource, method: HttpMethod, path: string) =>
      Reachability.of(chart).request({ from, to: RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' }, port: 8080 }), method, path }).outcome;
    const web = RequestSource.pods({ namespace: 'shop', serviceAccount: 'web' });
    expect(ask(web, HttpMethod.GET, '/v1/entries')).toBe(Outcome.ALLOWED);
    expect(ask(web, HttpMethod.POST, '/v1/entries')).toBe(Outcome.DENIED);
    expect(ask(web, HttpMethod.GET, '/admin')).toBe(Outcome.DENIED);
    expect(ask(RequestSource.pods({ namespace: 'shop', serviceAccount: 'other' }), HttpMethod.GET, '/v1/entries')).toBe(Outcome.DENIED);
    // whoever goes around the waypoint meets ztunnel, which lets in the waypoint alone
    expect(ask(RequestSource.pods({ namespace: 'shop', serviceAccount: 'web', mesh: MeshMembership.SIDECAR }), HttpMethod.GET, '/v1/entries')).toBe(Outcome.DENIED);
  });

  test('to a gateway hold at the waypoint where gateways go through it', () => {
    const { chart, ledger } = shop();
    ledger.grantInvoke(Caller.ingressGateway(chart), { methods: [HttpMethod.POST] });
    expect(problems(chart)).toEqual([]);
    expect(policy(chart, 'ledger').rules).toHaveLength(2);
    const to = RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' }, port: 8080 });
    const from = RequestSource.pods({ namespace: 'istio-system', serviceAccount: 'istio-ingressgateway-service-account', mesh: MeshMembership.SIDECAR });
    expect(Reachability.of(chart).request({ from, to, method: HttpMethod.POST, path: '/' }).outcome).toBe(Outcome.ALLOWED);
    expect(Reachability.of(chart).request({ from, to, method: HttpMethod.GET, path: '/v1/x' }).outcome).toBe(Outcome.DENIED);
  });

  test('to whoever goes around it hold at the pods, and may not ask for HTTP', () => {
    const { chart, ledger } = shop({ fromGateways: false });
    ledger.grantInvoke(Caller.ingressGateway(chart));
    expect(problems(chart)).toEqual([]);
    expect(policy(chart, 'ledger-pods').rules).toContainEqual({
      from: [{ source: { principals: ['cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account'] } }],
      to: [{ operation: { ports: ['8080'] } }],
    });
    ledger.grantInvoke(Caller.ingressGateway(chart), { paths: ['/v2/*'] });
    expect(problems(chart, 'SM1322')).toMatchObject([{ field: 'grantInvoke.paths', value: '["/v2/*"]' }]);
  });

  test('by token are enforced there too', () => {
    const { chart, ledger } = shop();
    new JwtAuthentication(chart, 'Tokens', { target: ledger, issuers: [new JwtIssuer({ issuer: 'https://issuer.example.com', audiences: ['shop'], keys: JwtKeys.discovered() })] });
    expect(problems(chart)).toEqual([]);
    const service = [{ group: '', kind: 'Service', name: 'ledger' }];
    expect(manifest(chart, 'RequestAuthentication').spec).toMatchObject({ targetRefs: service });
    expect(policy(chart, 'ledger-token-required')).toEqual({ action: 'DENY', targetRefs: service, rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { ports: ['80'] } }] }] });
  });

  test('may not name ports of the pods, which a waypoint does not see', () => {
    const { chart, ledger } = shop();
    ledger.grantInvoke(Caller.serviceAccount('shop', 'job'), { ports: [8080] });
    expect(problems(chart, 'SM1328')).toMatchObject([{ field: 'grantInvoke.ports' }]);
  });

  test('ask for HTTP in vain where the waypoint takes what is sent to pods alone', () => {
    const chart = ambientChart();
    new Waypoint(chart, 'waypoint', { traffic: WaypointTraffic.WORKLOADS });
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.serviceAccount('shop', 'web'), { methods: [HttpMethod.GET] });
    expect(problems(chart, 'SM0207')).toMatchObject([{ fix: expect.stringContaining('new Waypoint(') }]);
    expect(manifests(chart).filter(({ kind }) => kind === 'AuthorizationPolicy')).toHaveLength(1);
  });
});

test('a raw Gateway for workloads alone is no waypoint for what is sent to a Service', () => {
  const chart = ambientChart();
  chart.node.findAll().filter(ApiObject.isApiObject).forEach(object => (object as ApiObject).metadata.addLabel('istio.io/use-waypoint', 'gate'));
  new ApiObject(chart, 'Gate', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gate', labels: { 'istio.io/waypoint-for': 'workload' } },
    spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
  });
  const verdict = Reachability.of(chart).request({
    from: RequestSource.pods({ namespace: 'shop', serviceAccount: 'web' }), to: RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' } }),
  });
  expect(JSON.stringify(verdict)).not.toContain('waypoint shop/gate');
});
