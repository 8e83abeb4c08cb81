import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile, JwtIssuer, MeshPolicy, NetworkIsolation, Rate, RateLimitMatch, Reachability, RequestSource } from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const NAMESPACE = 'kubernetes.io/metadata.name';
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { [NAMESPACE]: name } } });
const port = (number: number) => ({ protocol: 'TCP', port: number });

describe('a NetworkPolicy', () => {
  test('has the callers that were granted, and the port on which they call', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy', { networkPolicies: true });
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));
    ledger.grantInvoke(Caller.namespace('reports'));
    expect(manifest(chart, 'NetworkPolicy', 'ledger')).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'ledger' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [inNamespace('reports'), { podSelector: { matchLabels: { app: 'checkout' } } }], ports: [port(8080)] }],
      },
    });
    expect(manifest(chart, 'NetworkPolicy', 'checkout').spec.ingress).toEqual([]);
    expect(problems(chart)).toEqual([]);
  });

  test('lets declared callers connect and nobody else', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy', { networkPolicies: true });
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
    new MeshPolicy(chart, 'policy', { networkPolicies: true });
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    orders.grantInvoke(new TestDeployment(chart, 'checkout'));
    orders.scrapedByPrometheus();
    expect(manifest(chart, 'NetworkPolicy', 'orders').spec.ingress).toEqual([
      { from: [inNamespace('knative-serving')], ports: [port(8012), port(9090)] },
      { from: [inNamespace('istio-system'), { podSelector: { matchLabels: { app: 'checkout' } } }], ports: [port(8012)] },
      { from: [inNamespace('monitoring')], ports: [port(9091)] },
    ]);
    const reach = Reachability.of(chart);
    expect(reach.request({ from: Caller.serviceAccount('knative-serving', 'controller'), to: orders, port: 9090, method: 'GET', path: '/metrics' }).allowed).toBe(true);
  });

  test('in ambient mode has the port on which the mesh connects, and the probes of the kubelet', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshPolicy(chart, 'policy', { networkPolicies: true });
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
    const policy = new MeshPolicy(chart, 'policy', { networkPolicies: true });
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.jwt({ issuer: new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] }) }));
    policy.exemptPort(ledger, 9464);
    expect(manifest(chart, 'NetworkPolicy', 'ledger').spec.ingress).toEqual([{ ports: [port(8080)] }, { ports: [port(9464)] }]);
  });

  test.each([[{ networkPolicies: false }, 0], [{ defaultDeny: false }, 0], [{ defaultDeny: false, networkPolicies: true }, 1], [{}, 0]])('with %j there are %d', (props, count) => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    new MeshPolicy(chart, 'policy', props);
    expect(manifests(chart).filter((m: Json) => m.kind === 'NetworkPolicy')).toHaveLength(count);
    expect(NetworkIsolation.of(ledger) === undefined).toBe(count === 0);
  });
});

test('MeshPolicy says tokens, limits and telemetry too', () => {
  const chart = shopChart();
  const ledger = new TestDeployment(chart, 'ledger');
  const policy = new MeshPolicy(chart, 'policy', { accessLogs: [{}], tracing: [{ samplingPercentage: 5 }] });
  policy.requireToken(ledger, [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })], { exemptPaths: ['/public'] });
  policy.limitRequests(ledger, Rate.perSecond(10), [{ name: 'search', match: [RateLimitMatch.pathPrefix('/search')], limit: Rate.perSecond(1) }]);
  expect(manifests(chart).map((m: Json) => `${m.kind}/${m.metadata.name}`).sort()).toEqual([
    'AuthorizationPolicy/default-deny', 'AuthorizationPolicy/ledger-token-required', 'EnvoyFilter/ledger-rate-limit', 'PeerAuthentication/default',
    'RequestAuthentication/ledger', 'Telemetry/default',
  ]);
  expect(problems(chart)).toEqual([]);
});
