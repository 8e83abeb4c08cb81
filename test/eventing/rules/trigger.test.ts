import { Chart } from 'cdk8s';
import { ClusterProfile, EventingFeature } from '../../../lib/core';
import { shopChart } from '../../support';
import { findings, raw, rawBroker, rawTrigger } from '../fixtures';

const KAFKA_CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka', namespace: 'knative-eventing' };

/** A chart with a Broker on Kafka, or of another class. */
function withBroker(brokerClass = 'Kafka', spec: object = {}): Chart {
  const chart = shopChart();
  rawBroker(chart, 'orders', brokerClass, { config: KAFKA_CONFIG, ...spec });
  return chart;
}

function service(chart: Chart, name: string, spec: object = {}) {
  raw(chart, 'serving.knative.dev/v1', 'Service', name, { spec });
}

const ref = (name: string, namespace?: string) => ({ ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name, namespace } });

describe('broker of a Trigger', () => {
  test('is named', () => {
    const chart = shopChart();
    rawTrigger(chart, 'payment', { broker: undefined });
    expect(findings(chart)).toMatchObject([{ code: 'SM0312', field: 'spec.broker', peers: ['knative-validation'] }]);
  });

  test('is named once', () => {
    const chart = withBroker();
    rawTrigger(chart, 'payment', { brokerRef: { name: 'orders' } });
    expect(findings(chart)).toMatchObject([{ code: 'SM0312', field: 'spec.brokerRef' }]);
  });

  test('is in another namespace only where the cluster\'s flag is on', () => {
    const trigger = { broker: undefined, brokerRef: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'other' } };
    const chart = shopChart();
    rawBroker(new Chart(chart, 'other', { namespace: 'other' }), 'orders', 'Kafka', { config: KAFKA_CONFIG });
    rawTrigger(chart, 'payment', trigger);
    expect(findings(chart)).toMatchObject([{ code: 'SM0312', field: 'spec.brokerRef.namespace' }]);
    ClusterProfile.sidecar({ eventingFeatures: [EventingFeature.CROSS_NAMESPACE_EVENT_LINKS.enabled()] }).applyTo(chart);
    expect(findings(chart)).toEqual([]);
  });

  test('is warned of where the app does not write it, with the one that was meant', () => {
    const chart = shopChart();
    rawBroker(new Chart(chart, 'other', { namespace: 'other' }), 'orders', 'Kafka', { config: KAFKA_CONFIG });
    rawTrigger(chart, 'payment');
    expect(findings(chart)).toMatchObject([{ code: 'SM0313', severity: 'warning', reason: expect.stringContaining('chart/other/Broker-orders') }]);
  });

  test('is fine in the same namespace', () => {
    const chart = withBroker();
    rawTrigger(chart, 'payment');
    expect(findings(chart)).toEqual([]);
  });
});

describe('destinations', () => {
  test.each([
    [undefined, 'spec.subscriber'],
    [{}, 'spec.subscriber'],
    [{ ref: { kind: 'Service', name: 'payment' } }, 'spec.subscriber.ref.apiVersion'],
    [{ ref: { apiVersion: 'v1', kind: 'Service' } }, 'spec.subscriber.ref.name'],
    [{ uri: '/events' }, 'spec.subscriber.uri'],
    [{ uri: 'https:///events' }, 'spec.subscriber.uri'],
    [{ ref: { apiVersion: 'v1', kind: 'Service', name: 'payment' }, uri: 'https://example.com' }, 'spec.subscriber.uri'],
  ])('are refused as %p', (subscriber, field) => {
    const chart = withBroker();
    rawTrigger(chart, 'payment', { subscriber });
    expect(findings(chart)).toMatchObject([{ code: 'SM0310', field, peers: ['knative-validation'] }]);
  });

  test.each([
    { uri: 'https://example.com/events' },
    { ref: { apiVersion: 'v1', kind: 'Service', name: 'payment' }, uri: '/events' },
    { ref: { apiVersion: 'v1', kind: 'Service', name: 'payment', namespace: 'elsewhere' } },
  ])('are fine as %p', subscriber => {
    const chart = withBroker();
    rawTrigger(chart, 'payment', { subscriber });
    expect(findings(chart)).toEqual([]);
  });

  test('may name a group in place of a version where the cluster\'s flag is on', () => {
    const chart = withBroker();
    rawTrigger(chart, 'payment', { subscriber: { ref: { group: 'serving.knative.dev', kind: 'Service', name: 'payment' } } });
    expect(findings(chart).map(problem => problem.code)).toEqual(['SM0310']);
    ClusterProfile.sidecar({ eventingFeatures: [EventingFeature.KREFERENCE_GROUP.enabled()] }).applyTo(chart);
    expect(findings(chart)).toEqual([]);
  });

  test('of dead letters and of SinkBindings are looked at as well', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'Kafka', { config: KAFKA_CONFIG, delivery: { deadLetterSink: { uri: 'dead-letters' } } });
    raw(chart, 'sources.knative.dev/v1', 'SinkBinding', 'checkout', { spec: { subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } } });
    expect(findings(chart, 'SM0310').map(problem => problem.field)).toEqual(['spec.delivery.deadLetterSink.uri', 'spec.sink']);
  });

  test('that the app does not write are warned of where it writes others of the kind', () => {
    const chart = withBroker();
    service(chart, 'payment');
    rawTrigger(chart, 'payment', { subscriber: ref('payments') });
    rawTrigger(chart, 'right', { subscriber: ref('payment', 'shop') });
    rawTrigger(chart, 'elsewhere', { subscriber: ref('payments', 'elsewhere') });
    expect(findings(chart)).toMatchObject([{ code: 'SM0311', severity: 'warning', path: 'chart/Trigger-payment', value: '"payments"', fix: expect.stringContaining('payment') }]);
  });
});

describe('filters', () => {
  function filterFindings(filters: unknown, filter?: unknown) {
    const chart = withBroker();
    rawTrigger(chart, 'payment', { filters, filter });
    return findings(chart);
  }

  test.each([
    [[{ exact: { type: 'a', source: 'b' } }, { prefix: { type: 'com.' } }]],
    [[{ any: [{ suffix: { subject: '.png' } }, { not: { exact: { region: 'eu' } } }] }]],
    [[{ cesql: 'type = \'it\\\'s\' AND (source LIKE "%(x" OR EXISTS region2)' }]],
    [[]],
  ])('are fine as %j', filters => {
    expect(filterFindings(filters)).toEqual([]);
  });

  test.each([
    [[{ exact: { Type: 'a' } }], 'spec.filters[0].exact', '"Type"'],
    [[{ all: [{ any: [{ prefix: { '0region': 'a' } }] }] }], 'spec.filters[0].all[0].any[0].prefix', '"0region"'],
    [[{ not: { suffix: { 'data.user': 'a' } } }], 'spec.filters[0].not.suffix', '"data.user"'],
  ])('on what is no attribute are refused: %j', (filters, field, value) => {
    expect(filterFindings(filters)).toMatchObject([{ code: 'SM0314', field, value, peers: ['knative-validation'] }]);
  });

  test('of the older form on what is no attribute are refused', () => {
    expect(filterFindings(undefined, { attributes: { 'my-ext': 'a' } })).toMatchObject([{ code: 'SM0314', field: 'spec.filter.attributes' }]);
  });

  test('in two dialects at once are refused at any depth', () => {
    expect(filterFindings([{ all: [{ exact: { type: 'a' }, cesql: 'TRUE' }] }])).toMatchObject([{ code: 'SM0316', field: 'spec.filters[0].all[0]', value: '"exact, cesql"' }]);
  });

  test.each([[[{}]], [[{ exact: {} }]], [[{ any: [] }]], [[{ cesql: '' }]]])('that compare nothing are warned of: %j', filters => {
    expect(filterFindings(filters)).toMatchObject([{ code: 'SM0317', severity: 'warning', field: 'spec.filters[0]' }]);
  });

  test('that compare with an empty text are warned of', () => {
    expect(filterFindings([{ exact: { type: 'a', region: '' } }])).toMatchObject([{ code: 'SM0317', field: 'spec.filters[0].exact.region' }]);
  });

  test('of the older form are warned of beside those that override them', () => {
    expect(filterFindings([{ exact: { type: 'a' } }], { attributes: { type: 'b' } })).toMatchObject([{ code: 'SM0318', severity: 'warning', field: 'spec.filter' }]);
    expect(filterFindings([{ exact: { type: 'a' } }], {})).toEqual([]);
  });

  test.each(['type = \'a', '(type = \'a\'', 'type = \'a\')', 'type = "a\'', '   '])('of CloudEvents SQL that does not close what it opens are refused: %s', cesql => {
    expect(filterFindings([{ cesql }])).toMatchObject([{ code: 'SM0319', field: 'spec.filters[0].cesql', peers: ['knative-validation'] }]);
  });
});

describe('order of deliveries', () => {
  function orderFindings(order: string, brokerClass?: string) {
    const chart = brokerClass === undefined ? shopChart() : withBroker(brokerClass);
    rawTrigger(chart, 'payment', {}, { annotations: { 'kafka.eventing.knative.dev/delivery.order': order } });
    return findings(chart).filter(problem => problem.code !== 'SM0313');
  }

  test('is kept on Kafka, in any case of letters', () => {
    expect(orderFindings('ordered', 'Kafka')).toEqual([]);
    expect(orderFindings('Ordered', 'KafkaNamespaced').filter(problem => problem.code !== 'SM0303')).toEqual([]);
  });

  test('is refused where Kafka does not know it', () => {
    expect(orderFindings('strict', 'Kafka')).toMatchObject([{ code: 'SM0323', value: '"strict"' }]);
  });

  test('is warned of on a Broker that ignores it', () => {
    expect(orderFindings('ordered', 'RabbitMQBroker')).toMatchObject([{ code: 'SM0324', severity: 'warning' }]);
  });

  test('is not judged for a Broker of another app', () => {
    expect(orderFindings('ordered')).toEqual([]);
  });
});

describe('two Triggers', () => {
  function twice(first: object, second: object) {
    const chart = withBroker();
    rawTrigger(chart, 'first', first);
    rawTrigger(chart, 'second', second);
    return findings(chart);
  }

  test('with the same filters and subscriber are warned of', () => {
    const spec = { filters: [{ exact: { type: 'a', source: 'b' } }], subscriber: ref('payment') };
    expect(twice(spec, { ...spec, filters: [{ exact: { source: 'b', type: 'a' } }], subscriber: ref('payment', 'shop') })).toMatchObject([{
      code: 'SM0325', severity: 'warning', path: 'chart/Trigger-second', reason: expect.stringContaining('chart/Trigger-first'),
    }]);
  });

  test('with the same filter in the older and the newer form are warned of', () => {
    expect(twice({ filter: { attributes: { type: 'a', source: '' } } }, { filters: [{ exact: { type: 'a' } }] })).toMatchObject([{ code: 'SM0325' }]);
  });

  test('that differ in filter, subscriber or path are fine', () => {
    expect(twice({ filters: [{ exact: { type: 'a' } }] }, { filters: [{ exact: { type: 'b' } }] })).toEqual([]);
    expect(twice({ subscriber: ref('a') }, { subscriber: ref('b') })).toEqual([]);
    expect(twice({ subscriber: { ...ref('a'), uri: '/a' } }, { subscriber: { ...ref('a'), uri: '/b' } })).toEqual([]);
  });
});

describe('annotations of a Trigger', () => {
  function annotated(annotations: object, broker = 'default') {
    const chart = shopChart();
    rawBroker(chart, broker, 'NatsJetStreamBroker');
    rawTrigger(chart, 'payment', { broker }, { annotations });
    return findings(chart);
  }

  test('that the webhook takes are fine', () => {
    expect(annotated({ 'eventing.knative.dev/injection': 'enabled' })).toEqual([]);
    expect(annotated({ 'knative.dev/dependency': '{"apiVersion":"sources.knative.dev/v1","kind":"PingSource","name":"tick","namespace":"shop"}' })).toEqual([]);
  });

  test.each([
    ['knative.dev/dependency', 'tick', ''],
    ['knative.dev/dependency', '{"kind":"PingSource","apiVersion":"sources.knative.dev/v1"}', '.name'],
    ['knative.dev/dependency', '{"kind":"PingSource","name":"tick","apiVersion":"sources.knative.dev/v1","namespace":"other"}', '.namespace'],
    ['eventing.knative.dev/injection', 'true', ''],
  ])('are refused: %s = %s', (key, value, part) => {
    expect(annotated({ [key]: value })).toMatchObject([{ code: 'SM0331', field: `metadata.annotations['${key}']${part}`, peers: ['knative-validation'] }]);
  });

  test('that inject a broker that is not the default are refused', () => {
    expect(annotated({ 'eventing.knative.dev/injection': 'enabled' }, 'orders')).toMatchObject([{ code: 'SM0331' }]);
  });
});
