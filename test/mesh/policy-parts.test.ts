import { App, Chart } from 'cdk8s';
import { isAllowed } from './evaluator';
import { TestDeployment, TestService } from './workloads';
import {
  ActivatorStrategy, ClusterProfile, ContainerService, ExtensionProvider, ExternalService, JwtIssuer, MeshPolicy, MtlsMode, MutualTls, OutboundTraffic, Rate,
  Reachability, ServerlessService,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const IMAGE = 'registry.example.com/shop/orders:1.0.0';
const login = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] });
const names = (chart: Chart) => manifests(chart).map((m: Json) => `${m.kind}/${m.metadata.name}`).sort();
const ofKind = (chart: Chart, kind: string) => manifests(chart).filter((m: Json) => m.kind === kind);

describe('what a policy says of its namespace', () => {
  test('tokens are asked of every workload, also of those that come later', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger');
    const policy = new MeshPolicy(chart, 'policy');
    policy.requireTokens([login], { exemptPaths: ['/public'] });
    new TestDeployment(chart, 'checkout');
    new TestDeployment(new Chart(chart.node.root as App, 'bank', { namespace: 'bank' }), 'bank');
    expect(ofKind(chart.node.root as Chart, 'RequestAuthentication').map((m: Json) => m.metadata.name).sort()).toEqual(['checkout', 'ledger']);
    expect(names(chart)).toEqual(expect.arrayContaining(['AuthorizationPolicy/checkout-token-required', 'AuthorizationPolicy/ledger-token-required']));
    expect(problems(chart)).toEqual([]);
  });

  test('an authorizer is asked about requests', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    const made = new MeshPolicy(chart, 'policy').authorizeBy(ledger, ExtensionProvider.named('opa'), { paths: ['/admin/*'] });
    expect(manifest(chart, 'AuthorizationPolicy', 'ledger-opa').spec).toMatchObject({
      action: 'CUSTOM', provider: { name: 'opa' }, rules: [{ to: [{ operation: { paths: ['/admin/*'] } }] }],
    });
    expect(made.target).toBe(ledger);
  });

  test('clients are told how to send requests, to one workload or to all that are not serverless', () => {
    const chart = shopChart();
    const ledger = new ContainerService(chart, 'ledger', { image: IMAGE });
    const policy = new MeshPolicy(chart, 'policy');
    policy.trafficToAll({ connectionPool: { maxPendingRequests: 10 } });
    policy.trafficTo(ledger, { outlierDetection: { consecutive5xxErrors: 5 } });
    new ContainerService(chart, 'checkout', { image: IMAGE });
    new ServerlessService(chart, 'orders', { image: IMAGE });
    expect(ofKind(chart, 'DestinationRule').map((m: Json) => [m.metadata.name, Object.keys(m.spec.trafficPolicy).sort()])).toEqual([
      ['ledger', ['connectionPool', 'outlierDetection']], ['checkout', ['connectionPool']],
    ]);
    expect(problems(chart, 'SM1253')).toEqual([]);
  });

  test('egress is declared for a caller, or for everybody in the namespace, and everything else is blocked', () => {
    const chart = shopChart();
    const checkout = new TestDeployment(chart, 'checkout');
    const policy = new MeshPolicy(chart, 'policy');
    const [bank, tax] = ['bank', 'tax'].map(id => new ExternalService(chart, id, { hosts: [`${id}.example.com`] }));
    policy.allowEgress(bank, checkout);
    policy.allowEgress(tax);
    const [scope] = policy.restrictEgress();
    expect(scope.egressHosts).toEqual(expect.arrayContaining(['./*']));
    expect(manifest(chart, 'Sidecar')).toMatchObject({ metadata: { name: 'default', namespace: 'shop' }, spec: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } });

    const some = shopChart();
    const alone = new MeshPolicy(some, 'policy', { workloads: [new TestDeployment(some, 'checkout'), new TestDeployment(some, 'ledger')] });
    alone.allowEgress(new ExternalService(some, 'bank', { hosts: ['bank.example.com'] }), alone.workloads![0]);
    const scopes = alone.restrictEgress({ namespaces: [], outboundTraffic: OutboundTraffic.ALLOW_ANY });
    expect(scopes.map(({ egressHosts }) => egressHosts)).toEqual([['./bank.example.com'], ['~/*']]);
    expect(ofKind(some, 'Sidecar').map((m: Json) => m.spec.outboundTrafficPolicy.mode)).toEqual(['ALLOW_ANY', 'ALLOW_ANY']);
  });

  test('several parts of a kind live beside each other', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'policy');
    const [ledger, checkout] = ['ledger', 'checkout'].map(id => new TestDeployment(chart, id));
    for (const workload of [ledger, checkout]) {
      policy.requireToken(workload, [login]);
      policy.limitRequests(workload, Rate.perSecond(10));
    }
    expect(ofKind(chart, 'EnvoyFilter')).toHaveLength(2);
    expect(ofKind(chart, 'RequestAuthentication')).toHaveLength(2);
    expect(problems(chart)).toEqual([]);
  });
});

describe('a policy for some workloads', () => {
  const pod = (app: string) => ({ namespace: 'shop', labels: { app } });
  const request = { principal: 'cluster.local/ns/shop/sa/other', method: 'GET', path: '/', port: 8080 };

  test('holds for those and for no others', () => {
    const chart = shopChart();
    const [ledger, payment, other] = ['ledger', 'payment', 'other'].map(id => new TestDeployment(chart, id));
    const policy = new MeshPolicy(chart, 'policy', { workloads: [ledger, payment] });
    ledger.grantInvoke(payment);
    expect(names(chart)).toEqual([
      'AuthorizationPolicy/ledger', 'AuthorizationPolicy/payment', 'NetworkPolicy/ledger', 'NetworkPolicy/payment', 'PeerAuthentication/ledger', 'PeerAuthentication/payment',
    ]);
    expect(manifest(chart, 'PeerAuthentication', 'payment').spec).toEqual({ selector: { matchLabels: { app: 'payment' } }, mtls: { mode: 'STRICT' } });
    const rendered = manifests(chart);
    expect(['ledger', 'payment', 'other'].map(name => isAllowed(rendered, pod(name), request))).toEqual([false, false, true]);
    expect(isAllowed(rendered, pod('ledger'), { ...request, principal: 'cluster.local/ns/shop/sa/payment' })).toBe(true);
    expect(Reachability.of(chart).request({ from: other, to: payment }).denied).toBe(true);
    expect([policy.governs(ledger), policy.governs(other)]).toEqual([true, false]);
    expect(policy.apiObject).toBe(MutualTls.of(ledger)!.apiObject);
    expect(policy.defaultDenyObject).toBeUndefined();
    expect(problems(chart)).toEqual([]);
  });

  test('keeps Knative services among them working', () => {
    const chart = shopChart();
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    new MeshPolicy(chart, 'policy', { workloads: [orders] });
    expect(isAllowed(manifests(chart), { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders' } }, {
      principal: 'cluster.local/ns/knative-serving/sa/controller', method: 'GET', path: '/metrics', port: 9090,
    })).toBe(true);
    expect(problems(chart)).toEqual([]);
  });

  test.each([true, false])('opens ports that are scraped in ambient mode (scraped first: %s)', first => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    const ledger = new TestDeployment(chart, 'ledger');
    if (first) ledger.scrapedByPrometheus();
    new MeshPolicy(chart, 'policy', { workloads: [ledger] });
    if (!first) ledger.scrapedByPrometheus();
    expect(manifest(chart, 'PeerAuthentication', 'ledger').spec).toMatchObject({ mtls: { mode: 'STRICT' }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' } } });
  });

  test('has telemetry and tokens for each of them', () => {
    const chart = shopChart();
    const workloads = ['ledger', 'payment'].map(id => new TestDeployment(chart, id));
    const policy = new MeshPolicy(chart, 'policy', { workloads, defaultDeny: false, tracing: [{ samplingPercentage: 5 }] });
    policy.requireTokens([login]);
    expect(names(chart).filter(name => !name.startsWith('AuthorizationPolicy'))).toEqual([
      'PeerAuthentication/ledger', 'PeerAuthentication/payment', 'RequestAuthentication/ledger', 'RequestAuthentication/payment', 'Telemetry/ledger', 'Telemetry/payment',
    ]);
    expect(problems(chart)).toEqual([]);
  });

  test('is refused for one that Knative could not reach, and to exempt a port of another', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(chart);
    const orders = new TestService(chart, 'orders');
    const policy = new MeshPolicy(chart, 'policy', { workloads: [new TestDeployment(chart, 'ledger')], defaultDeny: false });
    expect(problems(chart)).toEqual([]);
    policy.exemptPort(orders, 9464);
    new MeshPolicy(chart, 'strict', { workloads: [orders], defaultDeny: false });
    expect(problems(chart)).toMatchObject([{ code: 'SM0212', path: 'chart/policy' }, { code: 'SM0204', path: 'chart/strict', field: 'mtls' }]);
  });
});

test.each<[string, Json]>([
  ['namespace', { namespace: 5 }], ['workloads', { workloads: [] }], ['workloads', { workloads: ['ledger'] }], ['mtls', { mtls: 'strict' }], ['defaultDeny', { defaultDeny: 'no' }],
  ['networkPolicies', { networkPolicies: 1 }], ['networkPolicyTypes', { networkPolicyTypes: 'Egress' }],
])('a policy that is given something else says so of %s: %j', (field, props) => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  expect(new MeshPolicy(chart, 'policy', props).mtls).toBe(MtlsMode.STRICT);
  expect(problems(chart)).toEqual([expect.objectContaining({ code: 'SM0005', path: 'chart/policy', field })]);
});
