import { Chart } from 'cdk8s';
import { ClusterProfile, ExternalService, OutboundTraffic, SidecarScope } from '../../lib';
import { manifest, problems, shopChart } from '../support';
import { TestDeployment, TestService } from './workloads';

describe('the scope of sidecars', () => {
  test('has their own namespace, the platform, and what the namespace declared to call', () => {
    const chart = shopChart();
    const bank = new Chart(chart.node.root as never, 'bank', { namespace: 'bank' });
    const orders = new TestDeployment(chart, 'orders');
    new TestDeployment(bank, 'ledger').grantInvoke(orders);
    new ExternalService(bank, 'rates', { hosts: ['rates.example'] }).grantEgress(orders);
    new SidecarScope(chart, 'scope');
    const { metadata, spec } = manifest(chart, 'Sidecar');
    expect(metadata).toMatchObject({ name: 'default', namespace: 'shop' });
    expect(spec).toEqual({ egress: [{ hosts: ['./*', 'bank/ledger.bank.svc.cluster.local', 'bank/rates.example', 'istio-system/*', 'monitoring/*'] }] });
    expect(problems(chart, 'SM1265')).toEqual([]);
  });

  test('has what Knative needs where there are serverless services', () => {
    const chart = shopChart();
    const bank = new Chart(chart.node.root as never, 'bank', { namespace: 'bank' });
    const checkout = new TestService(chart, 'checkout');
    new TestService(bank, 'payment').grantInvoke(checkout);
    new SidecarScope(chart, 'scope');
    expect(manifest(chart, 'Sidecar').spec.egress[0].hosts).toEqual(['./*', 'bank/*', 'istio-system/*', 'knative-eventing/*', 'knative-serving/*', 'monitoring/*']);
  });

  test('of a workload is what that workload declared', () => {
    const chart = shopChart();
    const [orders, stock, mail] = ['orders', 'stock', 'mail'].map(id => new TestDeployment(chart, id));
    stock.grantInvoke(orders);
    mail.grantInvoke(stock);
    const scope = new SidecarScope(chart, 'scope', { workload: orders, namespaces: [], outboundTraffic: OutboundTraffic.REGISTRY_ONLY, inboundConnectionPool: { maxConnections: 50 } });
    expect(manifest(chart, 'Sidecar').spec).toEqual({
      workloadSelector: { labels: { app: 'orders' } },
      egress: [{ hosts: ['./stock.shop.svc.cluster.local'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      inboundConnectionPool: { tcp: { maxConnections: 50 } },
    });
    expect(scope.egressHosts).toEqual(['./stock.shop.svc.cluster.local']);
  });

  test('takes further hosts', () => {
    const chart = shopChart();
    new SidecarScope(chart, 'scope', { hosts: ['bank/*.bank.example', './x.shop.svc.cluster.local'], namespaces: [] });
    expect(manifest(chart, 'Sidecar').spec.egress[0].hosts).toEqual(['./*', 'bank/*.bank.example']);
  });

  test('is said once', () => {
    const chart = shopChart();
    new SidecarScope(chart, 'one');
    new SidecarScope(chart, 'two', { name: 'two' });
    expect(problems(chart, 'SM1266').map(({ path }) => path)).toEqual(['chart/one', 'chart/two']);
  });

  test('reaches nobody in ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new SidecarScope(chart, 'scope');
    expect(problems(chart, 'SM1265')).toHaveLength(1);
  });
});
