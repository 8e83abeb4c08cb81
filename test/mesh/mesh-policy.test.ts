import { App, Chart } from 'cdk8s';
import { isAllowed } from './evaluator';
import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, ClusterProfile, HttpMethod, MeshMembership } from '../../lib';
import { MeshPolicy, MtlsMode } from '../../lib/mesh';
import { MeshNamespace } from '../../lib/platform';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const POD = { namespace: 'shop', labels: { app: 'ledger' } };

describe('a mesh policy', () => {
  test('asks for mutual TLS and denies what nobody granted', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'Policy');

    expect(manifest(chart, 'PeerAuthentication')).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace: 'shop' },
      spec: { mtls: { mode: 'STRICT' } },
    });
    // the documented allow-nothing policy: ALLOW is the default action, and no rule says what
    expect(manifest(chart, 'AuthorizationPolicy')).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'default-deny', namespace: 'shop' },
      spec: {},
    });
    expect(isAllowed(manifests(chart), POD, { principal: 'cluster.local/ns/shop/sa/any', method: 'GET', path: '/', port: 8080 })).toBe(false);
    expect(policy.apiObject.kind).toBe('PeerAuthentication');
    expect(policy.defaultDenyObject!.kind).toBe('AuthorizationPolicy');
    expect(problems(chart)).toEqual([]);
  });

  test('holds for the namespace that it names', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy', { namespace: 'bank' });
    expect(manifests(chart).map(m => m.metadata.namespace)).toEqual(['bank', 'bank']);
  });

  test('holds for the default namespace where the chart names none', () => {
    const chart = new Chart(new App(), 'chart');
    expect(new MeshPolicy(chart, 'Policy').namespace).toBe('default');
    expect(manifest(chart, 'PeerAuthentication').metadata.namespace).toBe('default');
  });

  test('is softened by name', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'Policy', { mtls: MtlsMode.PERMISSIVE, defaultDeny: false });
    expect(manifests(chart)).toHaveLength(1);
    expect(manifest(chart, 'PeerAuthentication').spec).toEqual({ mtls: { mode: 'PERMISSIVE' } });
    expect(policy.defaultDenyObject).toBeUndefined();
    expect(problems(chart)).toEqual([]);
  });

  test('switches mutual TLS off by name, where nothing is decided by who calls', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy', { mtls: MtlsMode.DISABLED, defaultDeny: false });
    expect(manifest(chart, 'PeerAuthentication').spec).toEqual({ mtls: { mode: 'DISABLE' } });
    expect(problems(chart)).toEqual([]);
  });
});

describe('a mesh policy is refused', () => {
  test('in a cluster without a mesh', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    new MeshPolicy(chart, 'Policy');
    expect(problems(chart, 'SM0201')).toMatchObject([{ path: 'chart/Policy', reason: expect.stringContaining('no mesh') }]);
    expect(() => (chart.node.root as App).synthYaml()).toThrow('SM0201');
  });

  test('where it denies by default and mutual TLS, from which identities come, is off', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy', { mtls: MtlsMode.DISABLED });
    expect(problems(chart, 'SM0211')).toMatchObject([{ field: 'mtls', value: '"DISABLE"' }]);
  });

  test('where it denies by default in a namespace of Istio or Knative', () => {
    for (const namespace of ['istio-system', 'knative-serving', 'knative-eventing']) {
      const chart = shopChart();
      new MeshPolicy(chart, 'Policy', { namespace });
      expect(problems(chart, 'SM0210')).toMatchObject([{ field: 'defaultDeny', reason: expect.stringContaining(namespace) }]);
    }
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy', { namespace: 'istio-system', defaultDeny: false });
    expect(problems(chart)).toEqual([]);
  });

  test('over a namespace that the app or the profile keeps out of the mesh', () => {
    const declared = shopChart();
    new MeshNamespace(declared, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    new MeshPolicy(declared, 'Policy');
    expect(problems(declared, 'SM0209')).toMatchObject([{ path: 'chart/Policy', field: 'namespace', value: '"shop"' }]);

    const known = shopChart();
    ClusterProfile.sidecar({ namespaces: [{ name: 'shop', mesh: MeshMembership.OUTSIDE }] }).applyTo(known);
    new MeshPolicy(known, 'Policy');
    expect(problems(known, 'SM0209')).toHaveLength(1);
  });

  test('where it is STRICT and the activator could not reach the pods', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(chart);
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'orders');
    new TestService(chart, 'images');
    const found = problems(chart, 'SM0204');
    expect(found).toMatchObject([{ path: 'chart/Policy', field: 'mtls', value: '"STRICT"' }]);
    expect(found[0].reason).toContain('orders, images');
    expect(found[0].fix).toContain('knative-serving');
  });

  test('not for that where there is no Knative service, or plain text is accepted and nothing denied', () => {
    const none = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(none);
    new MeshPolicy(none, 'Policy');
    new TestDeployment(none, 'ledger');
    expect(problems(none)).toEqual([]);

    const permissive = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(permissive);
    new MeshPolicy(permissive, 'Policy', { mtls: MtlsMode.PERMISSIVE, defaultDeny: false });
    new TestService(permissive, 'orders');
    expect(problems(permissive)).toEqual([]);
  });

  test('where plain text is accepted but Knative, which has no identity, would be denied', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeServingInMesh: false }).applyTo(chart);
    new MeshPolicy(chart, 'Policy', { mtls: MtlsMode.PERMISSIVE });
    new TestService(chart, 'orders');
    expect(problems(chart, 'SM0204')).toMatchObject([{ path: 'chart/orders' }]);
  });

  test('where it is STRICT and the dispatchers of events could not reach a subscriber', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeEventingInMesh: false }).applyTo(chart);
    new MeshPolicy(chart, 'Policy', { defaultDeny: false });
    new TestDeployment(chart, 'ledger').receiveEvents();
    expect(problems(chart, 'SM0205')).toMatchObject([{ path: 'chart/Policy', field: 'mtls', reason: expect.stringContaining('ledger') }]);
  });

  test('not for that where events reach a Knative service through the gateway, which is in the mesh', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeEventingInMesh: false }).applyTo(chart);
    new MeshPolicy(chart, 'Policy', { defaultDeny: false });
    new TestService(chart, 'orders').receiveEvents({ methods: [HttpMethod.POST] });
    expect(problems(chart)).toEqual([]);
  });
});

describe('an exempted port', () => {
  const anyone = { method: 'GET', path: '/metrics', port: 9464 };

  test('takes plain text from anyone, and no other port does', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'Policy');
    const ledger = new TestDeployment(chart, 'ledger');
    policy.exemptPort(ledger, 9464);
    policy.exemptPort(ledger, 9465);

    expect(manifest(chart, 'PeerAuthentication', 'ledger')).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'ledger', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'ledger' } }, portLevelMtls: { 9464: { mode: 'PERMISSIVE' }, 9465: { mode: 'PERMISSIVE' } } },
    });
    expect(isAllowed(manifests(chart), POD, anyone)).toBe(true);
    expect(isAllowed(manifests(chart), POD, { ...anyone, port: 8080 })).toBe(false);
    expect(problems(chart)).toEqual([]);
  });

  test('denies nothing where nothing is denied', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'Policy', { defaultDeny: false });
    policy.exemptPort(new TestDeployment(chart, 'ledger'), 9464);
    expect(manifests(chart).map(m => m.kind)).not.toContain('AuthorizationPolicy');
  });

  test('is refused on the policy of another namespace', () => {
    const chart = shopChart();
    const policy = new MeshPolicy(chart, 'Policy');
    policy.exemptPort(new TestDeployment(new Chart(chart.node.root as App, 'bank', { namespace: 'bank' }), 'ledger'), 9464);
    expect(problems(chart, 'SM0212')).toMatchObject([{ path: 'chart/Policy', field: 'exemptPort', value: '"ledger"' }]);
  });
});

describe('metrics of a workload in a namespace that denies by default', () => {
  const scrape = { method: 'GET', path: '/metrics', port: 9091 };
  const pod = { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders' } };

  test('are left to the workload where a sidecar can leave the port alone', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'orders').scrapedByPrometheus();
    expect(isAllowed(manifests(chart), pod, scrape)).toBe(false);
    expect(isAllowed(manifests(chart), pod, { ...scrape, principal: 'cluster.local/ns/monitoring/sa/prometheus' })).toBe(false);
    expect(manifests(chart).filter(m => m.kind === 'PeerAuthentication')).toHaveLength(1);
  });

  test('are open to a Prometheus in the mesh, and to it alone', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ monitoring: { outsideMesh: false, namespace: 'watch' } }).applyTo(chart);
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    orders.scrapedByPrometheus();
    orders.scrapedByPrometheus();
    new MeshPolicy(chart, 'Policy');
    const rendered = manifests(chart);
    const rules = manifest(chart, 'AuthorizationPolicy', 'orders').spec.rules;
    expect(rules.filter((rule: Json) => rule.to[0].operation.ports.includes('9091'))).toHaveLength(1);
    expect(isAllowed(rendered, pod, { ...scrape, principal: 'cluster.local/ns/watch/sa/prometheus' })).toBe(true);
    expect(isAllowed(rendered, pod, { ...scrape, principal: 'cluster.local/ns/shop/sa/other' })).toBe(false);
    expect(isAllowed(rendered, pod, { ...scrape, principal: 'cluster.local/ns/watch/sa/prometheus', port: 8012 })).toBe(false);
  });
});
