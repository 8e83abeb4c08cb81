import { Chart } from 'cdk8s';
import { TestDeployment, TestService } from './workloads';
import {
  ActivatorStrategy, Caller, ClusterProfile, EgressGateway, ExternalService, ExternalServicePort, JwtIssuer, MeshJob, MeshMembership, MeshPolicy, NetworkIsolation,
  NetworkPolicyType, Rate, RateLimitMatch, Reachability, RequestSource, Waypoint,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const NAMESPACE = 'kubernetes.io/metadata.name';
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { [NAMESPACE]: name } } });
const port = (number: number) => ({ protocol: 'TCP', port: number });
const inNamespaceWith = (name: string, labels: Json) => ({ ...inNamespace(name), podSelector: { matchLabels: labels } });
const pods = (labels: Json) => ({ podSelector: { matchLabels: labels } });
/** The platform scrapes what sidecars show, whatever the app says. */
const SIDECAR_METRICS = { from: [inNamespace('monitoring')], ports: [port(15020), port(15090)] };

describe('a NetworkPolicy', () => {
  test('has the callers that were granted, and the port on which they call', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));
    ledger.grantInvoke(Caller.namespace('reports'));
    expect(manifest(chart, 'NetworkPolicy', 'ledger')).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'ledger' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [inNamespace('reports'), pods({ app: 'checkout' })], ports: [port(8080)] }, SIDECAR_METRICS],
      },
    });
    expect(manifest(chart, 'NetworkPolicy', 'checkout').spec.ingress).toEqual([SIDECAR_METRICS]);
    expect(problems(chart)).toEqual([]);
  });

  test('lets declared callers connect and nobody else', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    const checkout = new TestDeployment(chart, 'checkout');
    ledger.grantInvoke(checkout);
    ledger.grantInvoke(Caller.namespace('reports'));
    const reach = Reachability.of(chart);
    expect(reach.request({ from: checkout, to: ledger }).allowed).toBe(true);
    expect(reach.request({ from: RequestSource.pods({ namespace: 'reports', labels: { app: 'x' } }), to: ledger }).allowed).toBe(true);
    for (const from of [new TestDeployment(chart, 'other'), RequestSource.pods({ namespace: 'bank', labels: { app: 'x' } })]) {
      const verdict = Reachability.of(chart).request({ from, to: ledger });
      expect(verdict.denied).toBe(true);
      expect(verdict.decidedBy).toMatchObject({ kind: 'NetworkPolicy', name: 'ledger' });
    }
  });

  test('of a Knative service has the activator, the autoscaler, the gateways and Prometheus', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    orders.grantInvoke(new TestDeployment(chart, 'checkout'));
    orders.scrapedByPrometheus();
    expect(manifest(chart, 'NetworkPolicy', 'orders').spec.ingress).toEqual([
      { from: [inNamespace('istio-system'), pods({ app: 'checkout' })], ports: [port(8012)] },
      { from: [inNamespace('knative-serving')], ports: [port(8012), port(9090)] },
      { from: [inNamespace('monitoring')], ports: [port(9091), port(15020), port(15090)] },
    ]);
    const reach = Reachability.of(chart);
    expect(reach.request({ from: Caller.serviceAccount('knative-serving', 'controller'), to: orders, port: 9090, method: 'GET', path: '/metrics' }).allowed).toBe(true);
  });

  test('in ambient mode has the port on which the mesh connects, and the probes of the kubelet', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    const checkout = new TestDeployment(chart, 'checkout');
    ledger.grantInvoke(checkout);
    const { ingress } = manifest(chart, 'NetworkPolicy', 'ledger').spec;
    expect(ingress).toContainEqual({ from: [{ podSelector: { matchLabels: { app: 'checkout' } } }], ports: [port(8080), port(15008)] });
    expect(ingress).toContainEqual({ from: [{ ipBlock: { cidr: '169.254.7.127/32' } }, { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }] });
    expect(Reachability.of(chart).request({ from: checkout, to: ledger }).allowed).toBe(true);
    expect(problems(chart)).toEqual([]);
  });

  test('lets anybody connect where callers are known by a token alone, and to ports that are exempt', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.jwt({ issuer: new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] }) }));
    policy.exemptPort(ledger, 9464);
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toEqual([{ ports: [port(8080)] }, { ports: [port(9464)] }, SIDECAR_METRICS]);
  });

  test('has the waypoint that connects in place of callers, wherever it runs', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));
    new Waypoint(chart, 'waypoint', { namespace: 'waypoints', ownNamespace: false }).serve(ledger);
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress)
      .toContainEqual({ from: [inNamespaceWith('waypoints', { 'gateway.networking.k8s.io/gateway-name': 'waypoint' })], ports: [port(15008)] });
  });

  test('has the port of the mesh for pods with sidecars where others are in ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger', MeshMembership.SIDECAR);
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toEqual([{ from: [pods({ app: 'checkout' })], ports: [port(8080), port(15008)] }, SIDECAR_METRICS]);
  });

  test('of Linkerd has the port on which its proxies connect, what they show to Prometheus, and Kourier', () => {
    const chart = shopChart();
    ClusterProfile.linkerd().applyTo(chart);
    const checkout = new TestDeployment(chart, 'checkout', MeshMembership.LINKERD);
    const ledger = new TestDeployment(chart, 'ledger', MeshMembership.LINKERD);
    ledger.grantInvoke(checkout);
    new NetworkIsolation(chart, 'ledger-network', { target: ledger });
    new NetworkIsolation(chart, 'checkout-network', { target: checkout, types: [NetworkPolicyType.EGRESS] });
    new NetworkIsolation(chart, 'orders-network', { target: new TestService(chart, 'orders', { membership: MeshMembership.OUTSIDE }) });
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toEqual([
      { from: [pods({ app: 'checkout' })], ports: [port(4143), port(8080)] },
      { from: [inNamespace('monitoring')], ports: [port(4191)] },
    ]);
    expect(manifest(chart, 'NetworkPolicy', 'checkout').spec.egress).toContainEqual({ to: [pods({ app: 'ledger' })], ports: [port(4143), port(8080)] });
    expect(manifest(chart, 'NetworkPolicy', 'checkout').spec.egress).toContainEqual({ to: [inNamespace('linkerd')], ports: [port(4143), port(8080), port(8086), port(8090)] });
    expect(manifest(chart, 'NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [inNamespace('kourier-system')], ports: [port(8012)] });
  });

  test('knows the pods of a job, and no others of its namespace', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new MeshJob(chart, 'import', { image: 'registry.example.com/import:1.0.0' }));
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toContainEqual({ from: [pods({ app: 'import' })], ports: [port(8080)] });
  });

  test('lets the dispatchers of events in to a subscriber that declared them', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    new TestDeployment(chart, 'ledger').receiveEvents();
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toContainEqual({ from: [inNamespace('knative-eventing')], ports: [port(8080)] });
  });

  test.each([[{ networkPolicies: false }, 0], [{ defaultDeny: false }, 0], [{ defaultDeny: false, networkPolicies: true }, 1], [{}, 1]])('with %j there are %d', (props, count) => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    new MeshPolicy(chart, 'policy', props);
    expect(manifests(chart).filter((m: Json) => m.kind === 'NetworkPolicy')).toHaveLength(count);
    expect(NetworkIsolation.of(ledger) === undefined).toBe(count === 0);
  });
});

describe('a NetworkPolicy for what pods send', () => {
  const DNS = {
    to: [{ ipBlock: { cidr: '169.254.20.10/32' } }, inNamespace('kube-system')],
    ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
  };
  const ISTIOD = { to: [inNamespace('istio-system')], ports: [port(15012)] };
  const OTLP = { to: [inNamespace('monitoring')], ports: [port(4317), port(4318)] };
  const EVENTS = { to: [inNamespace('knative-eventing')], ports: [port(8080), port(8443)] };
  const types = [NetworkPolicyType.INGRESS, NetworkPolicyType.EGRESS];
  const egress = (chart: Chart, name: string) => manifest(chart, 'NetworkPolicy', name).spec.egress;

  test('is there where it is asked for alone', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    new TestDeployment(chart, 'ledger');
    expect(manifest(chart, 'NetworkPolicy').spec).toMatchObject({ policyTypes: ['Ingress'] });
    expect(egress(chart, 'ledger')).toBeUndefined();
  });

  test('lets out to DNS, the control plane, brokers and collectors, and to nothing else', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy', { networkPolicyTypes: types });
    new TestDeployment(chart, 'ledger');
    expect(manifest(chart, 'NetworkPolicy').spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(egress(chart, 'ledger')).toHaveLength(4);
    expect(egress(chart, 'ledger')).toEqual(expect.arrayContaining([DNS, ISTIOD, OTLP, EVENTS]));
  });

  test('lets out to what was granted: to pods, and for a Knative service to its activator too', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy', { networkPolicyTypes: types });
    const [checkout, ledger, other] = ['checkout', 'ledger', 'other'].map(id => new TestDeployment(chart, id));
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    ledger.grantInvoke(checkout);
    orders.grantInvoke(checkout);
    expect(egress(chart, 'checkout')).toContainEqual({ to: [pods({ app: 'ledger' })], ports: [port(8080)] });
    expect(egress(chart, 'checkout')).toContainEqual({ to: [inNamespace('knative-serving'), pods({ 'serving.knative.dev/service': 'orders' })], ports: [port(8012)] });
    const reach = Reachability.of(chart);
    expect(reach.request({ from: checkout, to: ledger }).allowed).toBe(true);
    expect(reach.request({ from: checkout, to: orders }).allowed).toBe(true);
    expect(reach.request({ from: checkout, to: other }).denied).toBe(true);
    expect(problems(chart)).toEqual([]);
  });

  test('without a sidecar lets out to Knative services through the gateway, and knows no control plane', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy', { networkPolicyTypes: types });
    const checkout = new TestDeployment(chart, 'checkout');
    new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() }).grantInvoke(checkout);
    expect(egress(chart, 'checkout')).toContainEqual({ to: [inNamespace('istio-system')], ports: [port(8081), port(8444), port(15008)] });
    expect(egress(chart, 'checkout')).not.toContainEqual(ISTIOD);
  });

  test('lets out to the waypoint before a workload', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy', { networkPolicyTypes: types });
    const [checkout, ledger] = ['checkout', 'ledger'].map(id => new TestDeployment(chart, id));
    ledger.grantInvoke(checkout);
    new Waypoint(chart, 'waypoint').serve(ledger);
    expect(egress(chart, 'checkout')).toContainEqual({ to: [pods({ 'gateway.networking.k8s.io/gateway-name': 'waypoint' })], ports: [port(15008)] });
  });

  test('lets out to external services by their ports, by addresses that are written down, or to the egress gateway', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy', { networkPolicyTypes: types });
    const checkout = new TestDeployment(chart, 'checkout');
    const external = (id: string, props: Json = {}) => {
      const service = new ExternalService(chart, id, { hosts: [`${id}.example.com`], ...props });
      service.grantEgress(checkout);
      return service;
    };
    external('bank', { ports: [ExternalServicePort.originatingTls()] });
    external('db', { ports: [ExternalServicePort.tcp(5432)], endpoints: [{ address: '10.1.2.3' }] });
    new EgressGateway(chart, 'egress').route(external('tax'));
    expect(egress(chart, 'checkout')).toContainEqual({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }], ports: [port(443)] });
    expect(egress(chart, 'checkout')).toContainEqual({ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [port(5432)] });
    expect(egress(chart, 'checkout')).toContainEqual({ to: [inNamespaceWith('istio-system', { istio: 'egressgateway' })] });
  });

  test.each<[string, Json]>([['target', {}], ['target', { target: 'orders' }], ['types', { types: 'Egress' }]])('is refused with a %s that is none: %j', (field, props) => {
    const chart = shopChart();
    new NetworkIsolation(chart, 'bad', field === 'types' ? { target: new TestDeployment(chart, 'orders'), ...props } : props);
    expect(problems(chart)).toContainEqual(expect.objectContaining({ code: 'SM0005', path: 'chart/bad', field }));
  });
});

test('MeshPolicy says tokens, limits and telemetry too', () => {
  const chart = shopChart();
  const ledger = new TestDeployment(chart, 'ledger');
  const policy = new MeshPolicy(chart, 'policy', { accessLogs: [{}], tracing: [{ samplingPercentage: 5 }] });
  policy.requireToken(ledger, [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })], { exemptPaths: ['/public'] });
  policy.limitRequests(ledger, Rate.perSecond(10), [{ name: 'search', match: [RateLimitMatch.pathPrefix('/search')], limit: Rate.perSecond(1) }]);
  expect(manifests(chart).map((m: Json) => `${m.kind}/${m.metadata.name}`).sort()).toEqual([
    'AuthorizationPolicy/default-deny', 'AuthorizationPolicy/ledger-token-required', 'EnvoyFilter/ledger-rate-limit', 'NetworkPolicy/ledger', 'PeerAuthentication/default',
    'RequestAuthentication/ledger', 'Telemetry/default',
  ]);
  expect(problems(chart)).toEqual([]);
});
