import { authorizationPolicy, findings, findingsIn, knativeService, peerAuthentication, raw } from './findings';
import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile, Severity } from '../../lib';
import { destinationRuleOnKnativeHost } from '../../lib/analysis/rules/mesh/destination-rule-on-knative-host';
import { knativeCutOff } from '../../lib/analysis/rules/mesh/knative-cut-off';
import { knativePort } from '../../lib/analysis/rules/mesh/knative-port';
import { MeshPolicy } from '../../lib/mesh';
import { Json, shopChart } from '../support';

const SELECTOR = { matchLabels: { 'serving.knative.dev/service': 'orders' } };
const CALLER = { from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }] };

describe('SM0222: a policy on the pods of a Knative service', () => {
  test('is refused where it names callers alone', () => {
    const [found, ...others] = findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('orders', { selector: SELECTOR, rules: [CALLER] }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'SM0222', path: 'chart/raw-1-1', field: 'spec.rules' });
    expect(found.reason).toContain('the autoscaler to the metrics');
    expect(found.reason).toContain('the activator to the health check');
    expect(found.fix).toContain('"knative-serving"');
  });

  test('is refused where it holds for the whole namespace', () => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('default-deny', {}))).toMatchObject([{ path: 'chart/raw-1-1' }]);
  });

  test('is refused where it selects a service of another app', () => {
    expect(findingsIn(knativeCutOff, authorizationPolicy('orders', { selector: SELECTOR, rules: [CALLER] }))).toHaveLength(1);
  });

  test('is refused where the rule for everyone leaves out the paths of Knative', () => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('orders', { rules: [{ to: [{ operation: { paths: ['/api/*'] } }] }] }))).toHaveLength(1);
  });

  test('is refused where tokens are asked for, which Knative does not send', () => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('orders', { rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }] }))).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['admits the namespace of Knative', { from: [{ source: { namespaces: ['shop', 'knative-serving'] } }] }],
    ['admits the paths of probes and metrics', { to: [{ operation: { paths: ['/metrics', '/healthz'] } }] }],
    ['admits every path but some', { to: [{ operation: { notPaths: ['/admin*'] } }] }],
    ['admits everything', {}],
    ['admits every identity', { from: [{ source: { principals: ['*'] } }] }],
  ])('is clean where a rule %s', (_, rule) => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('orders', { selector: SELECTOR, rules: [CALLER, rule] }))).toEqual([]);
  });

  test('is clean where another policy admits Knative: what one of them allows is allowed', () => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('default-deny', {}),
      authorizationPolicy('knative', { rules: [{ from: [{ source: { namespaces: ['knative-serving'] } }] }] }))).toEqual([]);
  });

  test('needs no probe where the service keeps the activator out, and no metrics where Kubernetes scales it', () => {
    const annotations = {
      'autoscaling.knative.dev/target-burst-capacity': '0',
      'autoscaling.knative.dev/min-scale': '1',
      'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev',
    };
    expect(findingsIn(knativeCutOff, knativeService('orders', { metadata: { annotations } }), authorizationPolicy('orders', { selector: SELECTOR, rules: [CALLER] }))).toEqual([]);
  });

  test('is clean where it is about other pods, or denies, or there is no mesh', () => {
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('ledger', { selector: { matchLabels: { app: 'ledger' } }, rules: [CALLER] }))).toEqual([]);
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('deny', { action: 'DENY', rules: [CALLER] }))).toEqual([]);
    expect(findingsIn(knativeCutOff, knativeService('orders'), authorizationPolicy('bank', {}, 'bank'))).toEqual([]);
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    expect(findings(knativeCutOff, raw(chart, knativeService('orders'), authorizationPolicy('default-deny', {})))).toEqual([]);
  });

  test('is mended in ambient mode by a rule on ports, as ztunnel knows no paths', () => {
    const inAmbient = (...rules: Json[]) => {
      const chart = shopChart();
      ClusterProfile.ambient().applyTo(chart);
      return findings(knativeCutOff, raw(chart, knativeService('orders'), authorizationPolicy('orders', { selector: SELECTOR, rules: [CALLER, ...rules] })));
    };
    const source = { namespaces: ['knative-serving'] };
    expect(inAmbient()).toMatchObject([{ fix: expect.stringContaining('to.operation.ports: ["9090"]') }]);
    expect(inAmbient({ from: [{ source }], to: [{ operation: { paths: ['/healthz', '/metrics'] } }] })).toHaveLength(1);
    expect(inAmbient({ from: [{ source }], to: [{ operation: { ports: ['9090'] } }] })).toEqual([]);
  });

  test('is clean as this library writes it', () => {
    for (const profile of [ClusterProfile.sidecar(), ClusterProfile.ambient(), ClusterProfile.sidecar({ trustDomain: 'prod.example', knativeServingNamespace: 'knative' })]) {
      const chart = shopChart();
      profile.applyTo(chart);
      new MeshPolicy(chart, 'Policy');
      const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
      orders.grantInvoke(new TestDeployment(chart, 'checkout'));
      orders.grantInvoke(Caller.localGateway(chart));
      new TestService(chart, 'silent');
      expect(findings(knativeCutOff, chart)).toEqual([]);
    }
  });
});

describe('SM0226: a port in a policy on a Knative service', () => {
  const policy = (...ports: string[]) => authorizationPolicy('orders', { selector: SELECTOR, rules: [{ to: [{ operation: { ports } }] }] });

  test('is reported where it is the service\'s or the app\'s', () => {
    expect(findingsIn(knativePort, policy('80', '8080')).map(f => f.value)).toEqual(['"80"', '"8080"']);
    const found = findingsIn(knativePort, knativeService('orders', { spec: { containers: [{ image: 'registry.example/app:1', ports: [{ containerPort: 3000 }] }] } }), policy('3000', '8080'));
    expect(found).toMatchObject([{ severity: Severity.WARNING, field: 'spec.rules[0].to[0].operation.ports', value: '"3000"', fix: expect.stringContaining('8012') }]);
    expect(findingsIn(knativePort, peerAuthentication('orders', { selector: SELECTOR, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })))
      .toMatchObject([{ field: 'spec.portLevelMtls', value: '"8080"' }]);
  });

  test('is clean where it is queue-proxy\'s, or the pods are no Knative service\'s', () => {
    expect(findingsIn(knativePort, knativeService('orders'), policy('8012', '8013', '9090', '9091'))).toEqual([]);
    expect(findingsIn(knativePort, knativeService('orders'),
      authorizationPolicy('ledger', { selector: { matchLabels: { app: 'ledger' } }, rules: [{ to: [{ operation: { ports: ['8080'] } }] }] }),
      authorizationPolicy('all', { rules: [{ to: [{ operation: { ports: ['8080'] } }] }] }))).toEqual([]);
  });
});

describe('SM0227: a DestinationRule', () => {
  const rule = (host: string, namespace?: string) =>
    ({ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'dr', ...namespace ? { namespace } : {} }, spec: { host } });

  test.each([
    ['orders', undefined], ['orders.shop', 'bank'], ['orders.shop.svc', 'bank'], ['orders.shop.svc.cluster.local', 'bank'],
  ])('for %s, the host of a Knative service, does nothing', (host, namespace) => {
    expect(findingsIn(destinationRuleOnKnativeHost, knativeService('orders'), rule(host, namespace)))
      .toMatchObject([{ code: 'SM0227', path: 'chart/raw-1-1', field: 'spec.host', value: JSON.stringify(host) }]);
  });

  test('for a revision, another namespace or a Deployment is clean', () => {
    expect(findingsIn(destinationRuleOnKnativeHost, knativeService('orders'),
      rule('orders-v2.shop.svc.cluster.local'), rule('orders', 'bank'), rule('ledger'), rule('*.shop.svc.cluster.local'))).toEqual([]);
  });
});
