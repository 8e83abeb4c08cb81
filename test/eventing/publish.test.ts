import { Chart } from 'cdk8s';
import { WorkloadKind } from '../../lib/core';
import { manifest, manifests, problems, shopChart } from '../support';
import { findings, Handler, kafkaBroker } from './fixtures';

describe('a workload that publishes', () => {
  test('gets the address of the broker through a SinkBinding', () => {
    const chart = shopChart();
    const binding = kafkaBroker(chart).grantPublish(new Handler(chart, 'checkout'));
    expect(binding.bindingName).toBe('checkout-to-orders');
    expect(manifest(chart, 'SinkBinding', 'checkout-to-orders')).toMatchObject({
      apiVersion: 'sources.knative.dev/v1',
      metadata: { namespace: 'shop' },
      spec: {
        subject: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout', namespace: 'shop' },
        sink: { ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'shop' } },
      },
    });
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });

  test('may be a Deployment in another namespace, where its SinkBinding is then', () => {
    const chart = shopChart();
    kafkaBroker(chart).grantPublish(new Handler(chart, 'scanner', WorkloadKind.DEPLOYMENT, 'warehouse'));
    const binding = manifest(chart, 'SinkBinding');
    expect(binding.metadata.namespace).toBe('warehouse');
    expect(binding.spec.subject).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'scanner', namespace: 'warehouse' });
    expect(binding.spec.sink.ref.namespace).toBe('shop');
    expect(findings(chart)).toEqual([]);
  });

  test('is bound once however often it is granted', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    const checkout = new Handler(chart, 'checkout');
    expect(broker.grantPublish(checkout)).toBe(broker.grantPublish(checkout));
    expect(manifests(chart).filter(m => m.kind === 'SinkBinding')).toHaveLength(1);
  });

  test('is refused where nothing can be bound', () => {
    const chart = shopChart();
    const binding = kafkaBroker(chart).grantPublish(new Handler(chart, 'database', WorkloadKind.OTHER));
    expect(binding.apiObject).toBeUndefined();
    expect(problems(chart, 'SM0345')).toMatchObject([{ value: '"database"', fix: expect.stringContaining('broker.ingressUrl') }]);
  });

  test('is refused where the name of its SinkBinding is longer than 63 characters', () => {
    const chart = shopChart();
    kafkaBroker(chart).grantPublish(new Handler(chart, 'a'.repeat(54)));
    expect(problems(chart, 'SM0346')).toMatchObject([{ value: `"${'a'.repeat(54)}-to-orders"` }]);
    const fits = shopChart();
    kafkaBroker(fits).grantPublish(new Handler(fits, 'a'.repeat(53)));
    expect(problems(fits, 'SM0346')).toEqual([]);
  });

  test('is refused where it publishes to two brokers, whose bindings would overwrite each other', () => {
    const chart = shopChart();
    const checkout = new Handler(chart, 'checkout');
    kafkaBroker(chart).grantPublish(checkout);
    kafkaBroker(new Chart(chart, 'other', { namespace: 'other' })).grantPublish(checkout);
    expect(findings(chart, 'SM0329')).toMatchObject([{ field: 'spec.subject.name', value: '"checkout"', reason: expect.stringContaining('K_SINK') }]);
  });
});
