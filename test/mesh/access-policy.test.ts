import { App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { TestDeployment, TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile, HttpMethod } from '../../lib';
import { AccessPolicy, MeshPolicy } from '../../lib/mesh';
import { manifest, manifests, shopChart } from '../support';

const OUT_OF_PATH = { activator: ActivatorStrategy.outOfPath() };

function policyOf(chart: Construct, name: string) {
  return manifest(chart, 'AuthorizationPolicy', name);
}

describe('the policy of a workload', () => {
  test('appears with the first grant, under the name of the workload and for its pods alone', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'));

    const policy = policyOf(chart, 'ledger');
    expect(policy.apiVersion).toBe('security.istio.io/v1');
    expect(policy.metadata).toMatchObject({ name: 'ledger', namespace: 'shop' });
    expect(policy.spec).toEqual({
      action: 'ALLOW',
      selector: { matchLabels: { app: 'ledger' } },
      rules: [{
        from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }],
        to: [{ operation: { ports: ['8080'] } }],
      }],
    });
  });

  test('does not exist while nobody restricts who may call', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    const orders = new TestService(chart, 'orders');
    orders.receiveEvents({ methods: [HttpMethod.POST] });

    expect(manifests(chart)).toEqual([]);
    expect(AccessPolicy.of(ledger)).toBeUndefined();
    expect(AccessPolicy.of(orders)).toBeUndefined();
  });

  test('is one, whatever is granted, and callers of the same requests share a rule', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    const read = { methods: [HttpMethod.GET], paths: ['/v1/*'] };
    ledger.grantInvoke(new TestDeployment(chart, 'reports'), read);
    ledger.grantInvoke(new TestDeployment(chart, 'checkout'), { methods: [HttpMethod.PUT, HttpMethod.POST], paths: ['/v1/entries', '/v1/batches'] });
    ledger.grantInvoke(new TestDeployment(chart, 'audit'), read);
    ledger.grantInvoke(Caller.namespace('analytics'), read);

    expect(manifests(chart).filter(m => m.kind === 'AuthorizationPolicy')).toHaveLength(1);
    const { rules } = policyOf(chart, 'ledger').spec;
    expect(rules).toHaveLength(2);
    // the fields of one source must all match: principals and namespaces are sources of their own
    expect(rules).toContainEqual({
      from: [
        { source: { principals: ['cluster.local/ns/shop/sa/audit', 'cluster.local/ns/shop/sa/reports'] } },
        { source: { namespaces: ['analytics'] } },
      ],
      to: [{ operation: { methods: ['GET'], paths: ['/v1/*'], ports: ['8080'] } }],
    });
    expect(rules).toContainEqual({
      from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }],
      to: [{ operation: { methods: ['POST', 'PUT'], paths: ['/v1/batches', '/v1/entries'], ports: ['8080'] } }],
    });
  });

  test('says a grant once that was made twice', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    const checkout = new TestDeployment(chart, 'checkout');
    ledger.grantInvoke(checkout, { methods: [HttpMethod.GET, HttpMethod.GET] });
    ledger.grantInvoke(checkout, { methods: [HttpMethod.GET] });

    expect(policyOf(chart, 'ledger').spec.rules).toEqual([{
      from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }],
      to: [{ operation: { methods: ['GET'], ports: ['8080'] } }],
    }]);
  });

  test('does not depend on the order of the grants', () => {
    const grants = [
      (t: TestDeployment) => t.grantInvoke(Caller.serviceAccount('b', 'x'), { methods: [HttpMethod.GET] }),
      (t: TestDeployment) => t.grantInvoke(Caller.serviceAccount('a', 'y'), { methods: [HttpMethod.GET] }),
      (t: TestDeployment) => t.grantInvoke(Caller.namespace('c')),
      (t: TestDeployment) => t.grantInvoke(Caller.serviceAccount('a', 'y'), { paths: ['/z', '/y'] }),
    ];
    const specs = [grants, [...grants].reverse()].map(order => {
      const chart = shopChart();
      const ledger = new TestDeployment(chart, 'ledger');
      order.forEach(grant => grant(ledger));
      return policyOf(chart, 'ledger').spec;
    });
    expect(specs[0]).toEqual(specs[1]);
  });

  test('names callers by the trust domain of the cluster', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ trustDomain: 'prod.example' }).applyTo(chart);
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.serviceAccount('shop', 'checkout'));
    expect(policyOf(chart, 'ledger').spec.rules[0].from).toEqual([{ source: { principals: ['prod.example/ns/shop/sa/checkout'] } }]);
  });

  test('is written into the namespace of the target, wherever the caller lives', () => {
    const app = new App();
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    const bank = new Chart(app, 'bank', { namespace: 'bank' });
    const ledger = new TestDeployment(bank, 'ledger');
    ledger.grantInvoke(new TestDeployment(shop, 'checkout'));
    expect(manifests(shop)).toEqual([]);
    expect(policyOf(bank, 'ledger').metadata.namespace).toBe('bank');
    expect(policyOf(bank, 'ledger').spec.rules[0].from).toEqual([{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }]);
  });

  test('leaves a child of the workload alone that has its id', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    new Construct(ledger, 'Access');
    ledger.grantInvoke(Caller.namespace('shop'));
    expect(AccessPolicy.of(ledger)!.node.path).toBe('chart/ledger/Access2');
  });

  test('can be found and patched', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.namespace('shop'));
    AccessPolicy.of(ledger)!.apiObject.addJsonPatch(JsonPatch.add('/metadata/annotations', { 'istio.io/dry-run': 'true' }));
    expect(policyOf(chart, 'ledger').metadata.annotations).toEqual({ 'istio.io/dry-run': 'true' });
    expect(AccessPolicy.of(ledger)!.target).toBe(ledger);
  });

  test('counts grants that come after the namespace was closed, and before', () => {
    const chart = shopChart();
    const before = new TestDeployment(chart, 'before');
    before.receiveEvents();
    new MeshPolicy(chart, 'Policy');
    const after = new TestDeployment(chart, 'after');
    after.receiveEvents();
    const untouched = new TestDeployment(chart, 'untouched');

    for (const name of ['before', 'after']) {
      expect(policyOf(chart, name).spec.rules[0].from).toEqual([{ source: { namespaces: ['knative-eventing'] } }]);
    }
    // what denies everything for the namespace already denies everything for it
    expect(AccessPolicy.of(untouched)).toBeUndefined();
  });

  test('exists for every Knative service of a closed namespace, for Knative itself', () => {
    const chart = shopChart();
    new TestService(chart, 'early', OUT_OF_PATH);
    new MeshPolicy(chart, 'Policy');
    new TestService(chart, 'late');
    const elsewhere = new TestService(new Chart(chart.node.root as App, 'other', { namespace: 'other' }), 'elsewhere');

    expect(policyOf(chart, 'early').spec.rules.length).toBeGreaterThan(0);
    expect(policyOf(chart, 'late').spec.rules.length).toBeGreaterThan(0);
    expect(AccessPolicy.of(elsewhere)).toBeUndefined();
  });
});
