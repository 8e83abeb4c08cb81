import { Chart } from 'cdk8s';
import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile, HttpMethod, MeshMembership } from '../../lib';
import { MeshPolicy, MtlsMode } from '../../lib/mesh';
import { MeshNamespace } from '../../lib/platform';
import { problems, shopChart } from '../support';

const DECIDED = { activator: ActivatorStrategy.outOfPath() };

describe('a grant is refused', () => {
  test('in a cluster without a mesh, once for all grants of a workload', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.namespace('a'));
    ledger.grantInvoke(Caller.namespace('b'));
    expect(problems(chart)).toMatchObject([{ code: 'SM0201', path: 'chart/ledger', field: 'grantInvoke', value: '"namespace a, namespace b"' }]);
  });

  test('to a workload in a namespace outside of the mesh', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'Namespace', { mesh: MeshMembership.OUTSIDE });
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.serviceAccount('bank', 'teller'));
    const [found] = problems(chart, 'SM0202');
    expect(found).toMatchObject({ path: 'chart/ledger', field: 'grantInvoke', value: '"service account bank/teller"' });
    expect(found.reason).toContain('outside of the mesh');
    expect(found.fix).toContain('namespace shop');
  });

  test('to a caller whose pods stay out of the mesh', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(new TestDeployment(chart, 'legacy', MeshMembership.OUTSIDE));
    expect(problems(chart, 'SM0202')).toMatchObject([{ path: 'chart/ledger', value: '"service shop/legacy"', reason: expect.stringContaining('plain text') }]);
  });

  test('to a namespace that is known to be outside of the mesh', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ namespaces: [{ name: 'batch', mesh: MeshMembership.OUTSIDE }] }).applyTo(chart);
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('batch'));
    expect(problems(chart, 'SM0202')).toMatchObject([{ path: 'chart/ledger', value: '"namespace batch"' }]);
  });

  test('not to a gateway, which is a proxy of the mesh whatever its namespace is labelled', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ namespaces: [{ name: 'istio-system', mesh: MeshMembership.OUTSIDE }] }).applyTo(chart);
    new TestService(chart, 'orders', DECIDED).grantInvoke(Caller.ingressGateway(chart));
    expect(problems(chart)).toEqual([]);

    const edge = shopChart();
    ClusterProfile.sidecar({
      namespaces: [{ name: 'edge', mesh: MeshMembership.OUTSIDE }],
      publicGateway: { name: 'edge', namespace: 'edge', serviceName: 'edge', serviceNamespace: 'edge', serviceAccount: 'edge' },
    }).applyTo(edge);
    new TestService(edge, 'orders', DECIDED).grantInvoke(Caller.ingressGateway(edge));
    expect(problems(edge)).toEqual([]);
  });

  test('to dispatchers of events outside of the mesh, whom a closed namespace would never let in', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ knativeEventingInMesh: false }).applyTo(chart);
    new MeshPolicy(chart, 'Policy');
    new TestDeployment(chart, 'ledger').receiveEvents();
    expect(problems(chart, 'SM0202')).toMatchObject([{ path: 'chart/ledger', value: '"the event delivery of Knative"' }]);
  });

  test.each([
    ['v1/orders', 'does not start with a slash'],
    ['', 'is empty'],
    ['/v1/*/items', 'asterisk'],
    ['/v1*/items*', 'asterisk'],
    ['*orders*', 'asterisk'],
  ])('on the path %j, which matches no request', (path, reason) => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('bank'), { paths: ['/ok', path] });
    expect(problems(chart, 'SM0206')).toMatchObject([{ field: 'grantInvoke.paths', value: JSON.stringify(path), reason: expect.stringContaining(reason) }]);
    expect([...problems(chart, 'SM0231'), ...problems(chart, 'SM1060')]).toEqual([]);
  });

  test('not on the paths that Istio knows: exact, prefix, suffix, any, templates of whole segments', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('bank'), { paths: ['/v1/orders', '/v1/*', '*.json', '*', '/v1/{*}/items', '/files/{**}'] });
    expect(problems(chart)).toEqual([]);
  });
});

describe('a caller without a sidecar', () => {
  // the host of a Knative service is an alias of the cluster-local gateway; only a sidecar has net-istio's mesh routes
  test('is refused on a Knative service, which sees the gateway in its place', () => {
    const chart = shopChart();
    new TestService(chart, 'orders', DECIDED).grantInvoke(new TestDeployment(chart, 'legacy', MeshMembership.OUTSIDE));
    const found = problems(chart);
    expect(found).toMatchObject([{ code: 'SM0208', path: 'chart/orders', value: '"service shop/legacy"' }]);
    expect(found[0].reason).toContain('knative-local-gateway');
    expect(found[0].fix).toContain('Caller.localGateway(this)');
  });

  test('comes in with the gateway, once that is granted', () => {
    const chart = shopChart();
    const orders = new TestService(chart, 'orders', DECIDED);
    orders.grantInvoke(new TestDeployment(chart, 'legacy', MeshMembership.OUTSIDE));
    orders.grantInvoke(Caller.localGateway(chart));
    expect(problems(chart)).toEqual([]);
  });
});

describe('in ambient mode', () => {
  function ambientChart(): Chart {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    return chart;
  }

  test('who calls which port can be granted', () => {
    const chart = ambientChart();
    new MeshPolicy(chart, 'Policy');
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));
    ledger.grantInvoke(Caller.namespace('reports'));
    expect(problems(chart)).toEqual([]);
  });

  test.each([
    [{ methods: [HttpMethod.GET] }, 'grantInvoke.methods'],
    [{ paths: ['/v1/*'] }, 'grantInvoke.paths'],
  ])('%j is refused, as no waypoint reads it', (options, field) => {
    const chart = ambientChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('shop'), options);
    expect(problems(chart, 'SM0207')).toMatchObject([{ path: 'chart/ledger', field, reason: expect.stringContaining('ztunnel') }]);
    expect(problems(chart, 'SM0229')).toEqual([]);
  });

  test('a workload with a sidecar of its own reads methods and paths', () => {
    const chart = ambientChart();
    new TestDeployment(chart, 'ledger', MeshMembership.SIDECAR).grantInvoke(Caller.namespace('shop'), { methods: [HttpMethod.GET] });
    expect(problems(chart)).toEqual([]);
  });

  test('a Knative service that is closed must name the gateway: nobody else ever reaches its pods, and it never became ready', () => {
    const silent = ambientChart();
    new MeshPolicy(silent, 'Policy');
    new TestService(silent, 'orders', DECIDED);
    expect(problems(silent)).toMatchObject([{ code: 'SM0208', path: 'chart/orders', reason: expect.stringContaining('ready') }]);

    const called = ambientChart();
    new TestService(called, 'orders', DECIDED).grantInvoke(new TestDeployment(called, 'checkout'));
    expect(problems(called)).toMatchObject([{ code: 'SM0208', path: 'chart/orders', value: '"service shop/checkout"' }]);
  });

  test('mutual TLS cannot be switched off', () => {
    const chart = ambientChart();
    new MeshPolicy(chart, 'Policy', { mtls: MtlsMode.DISABLED, defaultDeny: false });
    expect(problems(chart, 'SM0211')).toMatchObject([{ field: 'mtls', reason: expect.stringContaining('ambient') }]);
  });
});
