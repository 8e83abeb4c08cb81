import { Chart, Duration } from 'cdk8s';
import { ClusterProfile, EventingFeature } from '../../lib/core';
import { Backoff, BrokerClass, ChannelTemplate, DeadLetters, DeliveryOptions } from '../../lib/eventing';
import { manifest, problems, shopChart } from '../support';
import { findings, Handler, kafkaBroker, reportsOn, untyped } from './fixtures';

const none = DeadLetters.none();

function brokerDelivery(delivery: DeliveryOptions, profile?: ClusterProfile) {
  const chart = shopChart();
  profile?.applyTo(chart);
  kafkaBroker(chart, { delivery });
  return manifest(chart, 'Broker').spec.delivery;
}

describe('the delivery of a broker', () => {
  test('is by default what Knative ships for brokers, with a timeout', () => {
    expect(brokerDelivery({ deadLetters: none })).toEqual({ retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S', timeout: 'PT1M' });
  });

  test('writes durations as ISO 8601', () => {
    expect(brokerDelivery({ retries: 3, backoff: Backoff.linear(Duration.millis(500)), timeout: Duration.seconds(10), deadLetters: none }))
      .toEqual({ retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT0.5S', timeout: 'PT10S' });
  });

  test('has no backoff where it tries once', () => {
    expect(brokerDelivery({ retries: 0, deadLetters: none })).toEqual({ retry: 0, timeout: 'PT1M' });
  });

  test('sends dead letters to a sink', () => {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { deadLetters: DeadLetters.to(new Handler(chart, 'archive')) } });
    expect(manifest(chart, 'Broker').spec.delivery.deadLetterSink).toEqual({ ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'archive', namespace: 'shop' } });
  });

  test('has no default timeout in a cluster whose flag for it is off', () => {
    const profile = ClusterProfile.sidecar({ eventingFeatures: [EventingFeature.DELIVERY_TIMEOUT.disabled()] });
    expect(brokerDelivery({ deadLetters: none }, profile)).not.toHaveProperty('timeout');
  });

  test('is refused with a timeout in a cluster whose flag for it is off', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ eventingFeatures: [EventingFeature.DELIVERY_TIMEOUT.disabled()] }).applyTo(chart);
    kafkaBroker(chart, { delivery: { timeout: Duration.seconds(10), deadLetters: none } });
    expect(findings(chart, 'SM0322')).toMatchObject([{ field: 'spec.delivery.timeout', reason: expect.stringContaining('delivery-timeout') }]);
  });

  test.each([-1, 1.5, NaN])('is refused with %p retries', retries => {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { retries, deadLetters: none } });
    expect(findings(chart, 'SM0322')).toMatchObject([{ field: 'spec.delivery.retry' }]);
  });

  test('is refused with a timeout of nothing', () => {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { timeout: Duration.millis(50), deadLetters: none } });
    expect(findings(chart, 'SM0315')).toMatchObject([{ field: 'spec.delivery.timeout', value: '"PT0.05S"' }]);
  });

  test('warns of a wait that is finer than Knative keeps', () => {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { backoff: Backoff.linear(Duration.millis(250)), deadLetters: none } });
    expect(findings(chart)).toMatchObject([{ code: 'SM0320', severity: 'warning', field: 'spec.delivery.backoffDelay', reason: expect.stringContaining('takes 0.2S') }]);
  });
});

describe('the delivery of a subscription', () => {
  function triggerDelivery(broker: DeliveryOptions, delivery?: DeliveryOptions) {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: broker }).subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery });
    return manifest(chart, 'Trigger').spec.delivery;
  }

  test('is left to the broker where it says nothing', () => {
    expect(triggerDelivery({ deadLetters: none })).toBeUndefined();
  });

  test('writes out what it inherits, because a Trigger\'s delivery replaces the Broker\'s as a whole', () => {
    const archive = new Handler(shopChart(), 'archive');
    expect(triggerDelivery({ retries: 5, timeout: Duration.seconds(10), deadLetters: DeadLetters.to(archive) }, { retries: 2 })).toEqual({
      retry: 2,
      backoffPolicy: 'exponential',
      backoffDelay: 'PT0.2S',
      timeout: 'PT10S',
      deadLetterSink: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'archive', namespace: 'shop' } },
    });
  });

  test('can drop dead letters on Kafka that the broker keeps', () => {
    const archive = new Handler(shopChart(), 'archive');
    expect(triggerDelivery({ deadLetters: DeadLetters.to(archive) }, { deadLetters: none })).not.toHaveProperty('deadLetterSink');
  });

  test('cannot drop dead letters on channels that the broker keeps', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart, {
      brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka() }),
      delivery: { deadLetters: DeadLetters.to(new Handler(chart, 'archive')) },
    });
    broker.subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery: { deadLetters: none } });
    expect(problems(chart, 'SM0347')).toMatchObject([{ path: 'chart/orders/payment', field: 'delivery.deadLetters' }]);
  });
});

describe('dead letters', () => {
  function undecided(broker: DeliveryOptions | undefined, ...subscriptions: (DeliveryOptions | undefined)[]) {
    const chart = shopChart();
    const events = kafkaBroker(chart, { delivery: broker });
    subscriptions.forEach((delivery, index) => events.subscribe(`to-${index}`, { subscriber: new Handler(chart, `handler-${index}`), delivery }));
    return problems(chart, 'SM0340');
  }

  test('are decided by the broker for all', () => {
    expect(undecided({ deadLetters: none }, undefined, undefined)).toEqual([]);
  });

  test('are decided by each subscription where the broker says nothing', () => {
    expect(undecided(undefined, { deadLetters: none }, { deadLetters: none })).toEqual([]);
  });

  test('of a subscription that nobody decided for are refused', () => {
    expect(undecided({ retries: 3 }, { deadLetters: none }, { retries: 1 })).toMatchObject([{
      path: 'chart/orders', field: 'delivery.deadLetters', reason: expect.stringContaining('to-1'), fix: expect.stringContaining('DeadLetters.none()'),
    }]);
  });

  test('of a broker without subscriptions have to be decided as well', () => {
    expect(undecided(undefined)).toHaveLength(1);
  });
});

describe('values that plain JavaScript lets through', () => {
  function broker(delivery: DeliveryOptions): Chart {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { deadLetters: none, ...delivery } });
    return chart;
  }

  test.each([10, '10'])('refuses the timeout %p, because its unit is missing', value => {
    const chart = broker({ timeout: untyped(value) });
    expect(reportsOn(chart, 'delivery.timeout')).toMatchObject([{ path: 'chart/orders', value: JSON.stringify(value), reason: expect.stringContaining('the unit is missing') }]);
    expect(manifest(chart, 'Broker').spec.delivery).not.toHaveProperty('timeout');
  });

  test('refuses a duration as Go writes it', () => {
    expect(reportsOn(broker({ timeout: untyped('10s') }), 'delivery.timeout')).toMatchObject([{ value: '"10s"', fix: expect.stringContaining('Duration.seconds(30)') }]);
  });

  test('refuses a wait without a unit', () => {
    expect(reportsOn(broker({ backoff: Backoff.exponential(untyped(200)) }), 'delivery.backoff')).toMatchObject([{ value: '200', reason: expect.stringContaining('the unit is missing') }]);
  });

  test('refuses what is no Backoff', () => {
    expect(reportsOn(broker({ backoff: 'exponential' as unknown as Backoff }), 'delivery.backoff')).toMatchObject([{ value: '"exponential"', fix: expect.stringContaining('Backoff.exponential') }]);
  });

  test('refuses a sink in place of DeadLetters, and does not take it for their absence', () => {
    expect(reportsOn(broker({ deadLetters: {} as DeadLetters }), 'delivery.deadLetters')).toMatchObject([{ fix: expect.stringContaining('DeadLetters.to(sink)') }]);
  });

  test('reports them at the subscription that says them', () => {
    const chart = shopChart();
    kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery: { timeout: untyped(10) } });
    expect(reportsOn(chart, 'delivery.timeout')).toMatchObject([{ path: 'chart/orders/payment' }]);
  });
});
