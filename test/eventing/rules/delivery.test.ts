import { ApiObject, JsonPatch } from 'cdk8s';
import { ClusterProfile, EventingFeature } from '../../../lib/core';
import { Backoff, DeadLetters } from '../../../lib/eventing';
import { shopChart } from '../../support';
import { findings, Handler, kafkaBroker, raw, rawBroker, rawTrigger } from '../fixtures';

const KAFKA_CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka', namespace: 'knative-eventing' };
const SINK = { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'archive' } };

function deliveryFindings(delivery: object, brokerClass = 'NatsJetStreamBroker', brokerDelivery?: object) {
  const chart = shopChart();
  rawBroker(chart, 'orders', brokerClass, { config: KAFKA_CONFIG, delivery: brokerDelivery });
  rawTrigger(chart, 'payment', { delivery });
  return findings(chart);
}

describe('durations', () => {
  test('of ISO 8601 are fine', () => {
    expect(deliveryFindings({ backoffDelay: 'PT0.2S', timeout: 'PT1M30S' })).toEqual([]);
    expect(deliveryFindings({ backoffDelay: 'PT0S' })).toEqual([]);
  });

  test.each([10, '10', ' 10 '])('without a unit are refused with that very reason: %p', timeout => {
    expect(deliveryFindings({ timeout })).toMatchObject([{
      code: 'SM0315', field: 'spec.delivery.timeout', reason: expect.stringContaining('the unit is missing'), fix: expect.stringContaining('PT10S'), peers: ['knative-validation'],
    }]);
  });

  test.each([['10s', 'PT10S'], ['200ms', 'PT0.2S'], ['1m30s', 'PT1M30S'], ['1.5h', 'PT1H30M']])('as Go writes them are refused with the right ones: %s', (backoffDelay, iso) => {
    expect(deliveryFindings({ backoffDelay })).toMatchObject([{ code: 'SM0315', field: 'spec.delivery.backoffDelay', fix: `write ${iso}` }]);
  });

  test.each([['timeout', 'PT0S'], ['timeout', 'PT0.05S'], ['timeout', '-PT10S'], ['backoffDelay', 'invalid time'], ['backoffDelay', 'PT1D'], ['backoffDelay', ''], ['timeout', {}]])(
    'are refused: %s %p', (field, value) => {
      expect(deliveryFindings({ [field]: value })).toMatchObject([{ code: 'SM0315', field: `spec.delivery.${field}` }]);
    });

  test('that are finer than Knative keeps are warned of', () => {
    expect(deliveryFindings({ backoffDelay: 'PT0.25S' })).toMatchObject([{ code: 'SM0320', severity: 'warning', reason: expect.stringContaining('0.2S') }]);
  });

  test('that Kafka\'s controller cannot hold are refused on Kafka alone', () => {
    expect(deliveryFindings({ timeout: 'PT3600S' }, 'Kafka')).toMatchObject([{ code: 'SM0321', field: 'spec.delivery.timeout', fix: expect.stringContaining('PT1H') }]);
    expect(deliveryFindings({ timeout: 'PT3600S' }, 'NatsJetStreamBroker')).toEqual([]);
    expect(deliveryFindings({ timeout: 'PT1H' }, 'Kafka')).toEqual([]);
  });

  test('of a Broker, a Subscription and the steps of a Sequence are looked at as well', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'NatsJetStreamBroker', { delivery: { timeout: '10' } });
    raw(chart, 'messaging.knative.dev/v1', 'Subscription', 'payment', { spec: { subscriber: SINK, delivery: { timeout: '10' } } });
    raw(chart, 'flows.knative.dev/v1', 'Sequence', 'steps', { spec: { steps: [{ ...SINK }, { ...SINK, delivery: { backoffDelay: '10s' } }] } });
    expect(findings(chart, 'SM0315').map(problem => problem.field)).toEqual(['spec.delivery.timeout', 'spec.delivery.timeout', 'spec.steps[1].delivery.backoffDelay']);
  });

  test('that a patch puts into a subscription are refused as those of a manifest', () => {
    const chart = shopChart();
    const subscription = kafkaBroker(chart).subscribe('payment', { subscriber: new Handler(chart, 'payment') });
    subscription.apiObject.addJsonPatch(JsonPatch.add('/spec/delivery', { timeout: '10' }));
    expect(findings(chart, 'SM0315')).toMatchObject([{ path: 'chart/orders/payment', field: 'spec.delivery.timeout', value: '"10"' }]);
  });
});

describe('other fields', () => {
  test('with values that Knative knows are fine', () => {
    expect(deliveryFindings({ retry: 0, backoffPolicy: 'linear', format: 'json' })).toEqual([]);
  });

  test.each([['retry', -1], ['retry', '3'], ['retry', 2 ** 31], ['backoffPolicy', 'Exponential'], ['format', 'JSON']])('are refused: %s %p', (field, value) => {
    expect(deliveryFindings({ [field]: value })).toMatchObject([{ code: 'SM0322', field: `spec.delivery.${field}`, peers: ['knative-validation'] }]);
  });

  test('behind a flag are refused unless the profile says that it is on', () => {
    expect(deliveryFindings({ retryAfterMax: 'PT10S' })).toMatchObject([{ code: 'SM0322', field: 'spec.delivery.retryAfterMax', reason: expect.stringContaining('delivery-retryafter') }]);
    const chart = shopChart();
    ClusterProfile.sidecar({ eventingFeatures: [EventingFeature.DELIVERY_RETRY_AFTER.enabled()] }).applyTo(chart);
    rawBroker(chart, 'orders', 'NatsJetStreamBroker', { delivery: { retryAfterMax: 'PT10S' } });
    expect(findings(chart)).toEqual([]);
  });
});

describe('dead letters', () => {
  test('that a Trigger on Kafka loses by having a delivery of its own are warned of', () => {
    expect(deliveryFindings({ retry: 3 }, 'Kafka', { deadLetterSink: SINK })).toMatchObject([{ code: 'SM0326', severity: 'warning', field: 'spec.delivery.deadLetterSink' }]);
    expect(deliveryFindings({ retry: 3, deadLetterSink: SINK }, 'Kafka', { deadLetterSink: SINK })).toEqual([]);
    expect(deliveryFindings({ retry: 3 }, 'NatsJetStreamBroker', { deadLetterSink: SINK })).toEqual([]);
  });

  test('that a subscription drops on purpose are not', () => {
    const chart = shopChart();
    kafkaBroker(chart, { delivery: { deadLetters: DeadLetters.to(new Handler(chart, 'archive')) } })
      .subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery: { deadLetters: DeadLetters.none() } });
    expect(findings(chart)).toEqual([]);
  });

  test('that go back to their own broker are warned of', () => {
    const own = { ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders' } };
    expect(deliveryFindings({ deadLetterSink: own })).toMatchObject([{ code: 'SM0327', severity: 'warning', path: 'chart/Trigger-payment' }]);
    expect(deliveryFindings({}, 'NatsJetStreamBroker', { deadLetterSink: own })).toMatchObject([{ code: 'SM0327', path: 'chart/Broker-orders' }]);
    expect(deliveryFindings({ deadLetterSink: { ref: { ...own.ref, name: 'dead-letters' } } }).map(problem => problem.code)).toEqual(['SM0311']);
  });

  test('that a construct sends back to its own broker are warned of', () => {
    const chart = shopChart();
    const broker = kafkaBroker(chart);
    broker.subscribe('payment', { subscriber: new Handler(chart, 'payment'), delivery: { deadLetters: DeadLetters.to(broker), backoff: Backoff.linear } as never });
    expect(findings(chart, 'SM0327')).toMatchObject([{ path: 'chart/orders/payment' }]);
  });
});

test('a Trigger that is an L1 object is looked at like any other', () => {
  const chart = shopChart();
  new ApiObject(chart, 'trigger', { apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger', metadata: { name: 't' }, spec: { broker: 'b', subscriber: { uri: 'https://example.com' }, delivery: { retry: -1 } } });
  expect(findings(chart, 'SM0322')).toHaveLength(1);
});
