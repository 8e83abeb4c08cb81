import { RouteTarget } from '../../lib';
import { isHostName, isHostPattern } from '../../lib/core/public-host';
import { isWorkloadVersion, knativeServiceOf, workloadOf } from '../../lib/core/route-target';
import { TestDeployment, TestService } from '../mesh/workloads';
import { shopChart } from '../support';

describe('targets of routes', () => {
  const chart = shopChart();
  const orders = new TestService(chart, 'orders');
  const web = new TestDeployment(chart, 'web');

  it('are workloads as they are', () => {
    expect(workloadOf(web)).toBe(web);
    expect(knativeServiceOf(web)).toBeUndefined();
    expect(knativeServiceOf(orders)).toBe(orders);
  });

  it('are the tags of a serverless service, at the host that Knative gives them', () => {
    const canary = RouteTarget.tag(orders, 'canary');
    expect(canary.serviceHost).toBe('canary-orders.shop.svc.cluster.local');
    expect(knativeServiceOf(canary)).toBe(orders);
    expect(workloadOf(canary)).toBe(orders);
  });

  it('are versions, which know their workload and their subset', () => {
    const v2 = { serviceHost: web.serviceHost, servicePort: web.servicePort, workload: web, subset: 'v2', podLabels: { version: 'v2' } };
    expect(isWorkloadVersion(v2)).toBe(true);
    expect(workloadOf(v2)).toBe(web);
  });

  it('are hosts that no workload stands behind', () => {
    const legacy = RouteTarget.host('legacy.old.svc.cluster.local', 8080);
    expect(isWorkloadVersion(legacy)).toBe(false);
    expect(workloadOf(legacy)).toBeUndefined();
  });
});

describe('hosts', () => {
  it.each(['shop.example.com', 'a.b', 'xn--bcher-kva.example'])('takes %s', host => expect(isHostName(host)).toBe(true));
  it.each(['shop', 'Shop.example.com', 'https://shop.example.com', 'shop.example.com:443', 'shop..com', '*.example.com', '10.0.0.1', `${'a'.repeat(64)}.com`, ''])('refuses %s',
    host => expect(isHostName(host)).toBe(false));
  it('takes an asterisk as the first label of a pattern only', () => {
    expect(isHostPattern('*.example.com')).toBe(true);
    expect(isHostPattern('shop.*.com')).toBe(false);
    expect(isHostPattern('*')).toBe(false);
  });
});
