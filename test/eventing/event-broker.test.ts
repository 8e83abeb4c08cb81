import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterProfile } from '../../lib/core';
import { BrokerClass, ChannelTemplate, DeadLetters, EventBroker, KafkaAuth } from '../../lib/eventing';
import { manifest, problems, shopChart } from '../support';
import { findings, kafkaBroker, reportsOn, untyped } from './fixtures';

const none = { deadLetters: DeadLetters.none() };

describe('a broker on Kafka', () => {
  test('has its class and points to a ConfigMap in its own namespace', () => {
    const chart = shopChart();
    kafkaBroker(chart);
    const broker = manifest(chart, 'Broker', 'orders');
    expect(broker.apiVersion).toBe('eventing.knative.dev/v1');
    expect(broker.metadata).toMatchObject({ namespace: 'shop', annotations: { 'eventing.knative.dev/broker.class': 'Kafka' } });
    expect(broker.spec.config).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', name: 'orders-kafka', namespace: 'shop' });
    expect(manifest(chart, 'ConfigMap', 'orders-kafka').metadata.namespace).toBe('shop');
  });

  test('writes every setting of its topic as a text', () => {
    const chart = shopChart();
    new EventBroker(chart, 'orders', {
      delivery: none,
      brokerClass: BrokerClass.kafka({
        bootstrapServers: ['kafka-0:9092', 'kafka-1:9092'],
        partitions: 12,
        replicationFactor: 3,
        retention: Duration.days(7),
        topicConfig: { 'min.insync.replicas': '2' },
        auth: KafkaAuth.sasl(kplus.Secret.fromSecretName(chart, 'secret', 'kafka-credentials')),
      }),
    });
    expect(manifest(chart, 'ConfigMap').data).toEqual({
      'bootstrap.servers': 'kafka-0:9092,kafka-1:9092',
      'default.topic.partitions': '12',
      'default.topic.replication.factor': '3',
      'default.topic.config.min.insync.replicas': '2',
      'default.topic.config.retention.ms': '604800000',
      'auth.secret.ref.name': 'kafka-credentials',
    });
    expect(problems(chart)).toEqual([]);
  });

  test('is reached at the ingress of Kafka brokers', () => {
    expect(kafkaBroker(shopChart()).ingressUrl).toBe('http://kafka-broker-ingress.knative-eventing.svc.cluster.local/shop/orders');
  });

  test.each([
    ['no partitions', { bootstrapServers: ['kafka:9092'], partitions: 0, replicationFactor: 3 }, 'data[\'default.topic.partitions\']'],
    ['half a copy', { bootstrapServers: ['kafka:9092'], partitions: 1, replicationFactor: 0.5 }, 'data[\'default.topic.replication.factor\']'],
    ['no address', { bootstrapServers: [], partitions: 1, replicationFactor: 3 }, 'data[\'bootstrap.servers\']'],
  ])('is refused with %s', (_, options, field) => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.kafka(options) });
    expect(findings(chart, 'SM0305')).toMatchObject([{ field, path: 'chart/orders' }]);
  });

  test('is refused with a retention that has no unit', () => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka:9092'], partitions: 1, replicationFactor: 1, retention: untyped('3600') }) });
    expect(reportsOn(chart, 'brokerClass.retention')).toMatchObject([{ value: '"3600"', reason: expect.stringContaining('the unit is missing') }]);
    expect(manifest(chart, 'ConfigMap').data).not.toHaveProperty('default.topic.config.retention.ms');
  });

  test('warns of a retention below a minute', () => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka:9092'], partitions: 1, replicationFactor: 1, retention: Duration.millis(3600) }) });
    expect(findings(chart, 'SM0306')).toMatchObject([{ severity: 'warning', value: '"3600"', reason: expect.stringContaining('after 3.6 s') }]);
  });
});

describe('the Secret of a broker on Kafka', () => {
  function broker(auth: (chart: Chart) => KafkaAuth): Chart {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka:9093'], partitions: 1, replicationFactor: 1, auth: auth(chart) }) });
    return chart;
  }

  test('has to be in the namespace of the broker', () => {
    const chart = broker(scope => KafkaAuth.sasl(new kplus.Secret(new Chart(scope, 'other', { namespace: 'kafka' }), 'secret', { metadata: { name: 'credentials' } })));
    expect(problems(chart, 'SM0349')).toMatchObject([{ value: '"kafka/credentials"', fix: 'create the Secret in namespace shop' }]);
  });

  test('has to mean the same protocol as the broker', () => {
    const chart = broker(scope => KafkaAuth.tls(new kplus.Secret(scope, 'secret', { stringData: { protocol: 'SASL_SSL', user: 'u', password: 'p' } })));
    expect(problems(chart, 'SM0349')).toMatchObject([{ value: '"SASL_SSL"', fix: expect.stringContaining('KafkaAuth.sasl(secret)') }]);
  });

  test('is fine with all that its protocol needs', () => {
    const chart = broker(scope => KafkaAuth.sasl(new kplus.Secret(scope, 'secret', { stringData: { protocol: 'SASL_SSL', user: 'u', password: 'p' } })));
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });

  test('is not looked into where it exists outside of the app', () => {
    const chart = broker(scope => KafkaAuth.tls(kplus.Secret.fromSecretName(scope, 'secret', 'credentials')));
    expect([...problems(chart), ...findings(chart)]).toEqual([]);
  });
});

describe('a broker on channels', () => {
  function template(chart: Chart) {
    return JSON.parse(manifest(chart, 'ConfigMap', 'orders-channel').data['channel-template-spec']);
  }

  test('creates a KafkaChannel from the template in its ConfigMap', () => {
    const chart = shopChart();
    const channel = ChannelTemplate.kafka({ partitions: 3, replicationFactor: 3, retention: Duration.days(1) });
    kafkaBroker(chart, { brokerClass: BrokerClass.channel({ template: channel }) });
    expect(manifest(chart, 'Broker').metadata.annotations).toEqual({ 'eventing.knative.dev/broker.class': 'MTChannelBasedBroker' });
    expect(manifest(chart, 'Broker').spec.config).toMatchObject({ kind: 'ConfigMap', name: 'orders-channel', namespace: 'shop' });
    expect(template(chart)).toEqual({
      apiVersion: 'messaging.knative.dev/v1beta1',
      kind: 'KafkaChannel',
      spec: { numPartitions: 3, replicationFactor: 3, retentionDuration: 'PT24H' },
    });
    expect(findings(chart)).toEqual([]);
  });

  test('warns that a channel in memory loses events', () => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.channel({ template: ChannelTemplate.inMemory() }) });
    expect(template(chart)).toEqual({ apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel' });
    expect(findings(chart)).toMatchObject([{ code: 'SM0309', severity: 'warning', path: 'chart/orders' }]);
  });

  test('is reached at the ingress of the multi-tenant broker', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ clusterDomain: 'example.local', knativeEventingNamespace: 'events' }).applyTo(chart);
    const broker = kafkaBroker(chart, { brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka() }) });
    expect(broker.ingressUrl).toBe('http://broker-ingress.events.svc.example.local/shop/orders');
  });

  test('is refused with a retention that has no unit', () => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka({ retention: untyped(7) }) }) });
    expect(reportsOn(chart, 'brokerClass.template.retention')).toMatchObject([{ value: '7' }]);
  });
});

describe('a broker whose ConfigMap exists', () => {
  test('points to it in the namespace that is named, and writes none', () => {
    const chart = shopChart();
    const config = kplus.ConfigMap.fromConfigMapName(chart, 'config', 'kafka-broker-config');
    kafkaBroker(chart, { brokerClass: BrokerClass.kafkaConfiguredBy(config, { namespace: 'knative-eventing' }) });
    expect(manifest(chart, 'Broker').spec.config).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing' });
    expect(() => manifest(chart, 'ConfigMap')).toThrow('found 0');
  });

  test('finds the namespace of one that the app creates', () => {
    const chart = shopChart();
    const config = new kplus.ConfigMap(new Chart(chart, 'elsewhere', { namespace: 'platform' }), 'config', { metadata: { name: 'channels' } });
    kafkaBroker(chart, { brokerClass: BrokerClass.channelConfiguredBy(config) });
    expect(manifest(chart, 'Broker').spec.config).toMatchObject({ name: 'channels', namespace: 'platform' });
  });

  test('takes its own namespace where nothing says another', () => {
    const chart = shopChart();
    kafkaBroker(chart, { brokerClass: BrokerClass.kafkaConfiguredBy(kplus.ConfigMap.fromConfigMapName(chart, 'config', 'kafka')) });
    expect(manifest(chart, 'Broker').spec.config).toMatchObject({ namespace: 'shop' });
  });
});

test('a broker has the name that is given, or its id', () => {
  const chart = shopChart();
  new EventBroker(chart, 'A', { name: 'orders', brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka() }), delivery: none });
  new EventBroker(chart, 'payments', { brokerClass: BrokerClass.channel({ template: ChannelTemplate.kafka() }), delivery: none });
  expect(manifest(chart, 'Broker', 'orders').metadata.name).toBe('orders');
  expect(manifest(chart, 'Broker', 'payments').metadata.name).toBe('payments');
});

test('a broker is itself a sink', () => {
  expect(kafkaBroker(shopChart()).sinkReference).toEqual({ apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'shop' });
});
