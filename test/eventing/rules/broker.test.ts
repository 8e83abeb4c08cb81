import { Chart } from 'cdk8s';
import { shopChart } from '../../support';
import { findings, raw, rawBroker } from '../fixtures';

const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka', namespace: 'shop' };

function kafkaWith(data: object | undefined): Chart {
  const chart = shopChart();
  rawBroker(chart, 'orders', 'Kafka', { config: CONFIG });
  raw(chart, 'v1', 'ConfigMap', 'kafka', { data });
  return chart;
}

const GOOD = { 'bootstrap.servers': 'kafka:9092', 'default.topic.partitions': '10', 'default.topic.replication.factor': '3' };

describe('class of a Broker', () => {
  test('must not be empty', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', '');
    expect(findings(chart)).toMatchObject([{ code: 'SM0300', peers: ['knative-validation'] }]);
  });

  test('is left to the cluster only with a warning', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', undefined);
    expect(findings(chart)).toMatchObject([{ code: 'SM0301', severity: 'warning' }]);
  });

  test('is warned of where nobody is known to listen to it', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'kafka');
    expect(findings(chart)).toMatchObject([{ code: 'SM0301', severity: 'warning', value: '"kafka"' }]);
  });

  test.each(['MTChannelBasedBroker', 'NatsJetStreamBroker', 'RabbitMQBroker'])('may be %s', brokerClass => {
    const chart = shopChart();
    rawBroker(chart, 'orders', brokerClass);
    expect(findings(chart)).toEqual([]);
  });
});

describe('configuration of a Broker', () => {
  test.each(['apiVersion', 'kind', 'name'])('names its %s', field => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'Kafka', { config: { ...CONFIG, [field]: '' } });
    expect(findings(chart, 'SM0302')).toMatchObject([{ field: `spec.config.${field}`, peers: ['knative-validation'] }]);
  });

  test('is complete without a namespace, which is then that of the Broker', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'Kafka', { config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka' } });
    raw(chart, 'v1', 'ConfigMap', 'kafka', { data: { ...GOOD, 'bootstrap.servers': '' } });
    expect(findings(chart).map(problem => problem.code)).toEqual(['SM0305']);
  });

  test('is a ConfigMap', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'MTChannelBasedBroker', { config: { ...CONFIG, kind: 'Secret' } });
    expect(findings(chart)).toMatchObject([{ code: 'SM0303', field: 'spec.config.kind' }]);
  });

  test('is another kind for classes that this library does not know', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'RabbitMQBroker', { config: { ...CONFIG, apiVersion: 'eventing.knative.dev/v1alpha1', kind: 'RabbitmqBrokerConfig' } });
    expect(findings(chart)).toEqual([]);
  });

  test('is never config-br-defaults', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'MTChannelBasedBroker', { config: { ...CONFIG, name: 'config-br-defaults', namespace: 'knative-eventing' } });
    expect(findings(chart)).toMatchObject([{ code: 'SM0303', field: 'spec.config.name', fix: expect.stringContaining('channel-template-spec') }]);
  });

  test('is in the namespace of the Broker for the class KafkaNamespaced', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'KafkaNamespaced', { config: { ...CONFIG, namespace: 'knative-eventing' } });
    expect(findings(chart)).toMatchObject([{ code: 'SM0303', field: 'spec.config.namespace', fix: expect.stringContaining('shop') }]);
  });

  test('is not the cluster\'s default on Kafka without a warning', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'Kafka');
    expect(findings(chart)).toMatchObject([{ code: 'SM0304', severity: 'warning' }]);
  });
});

describe('ConfigMap of a Broker on Kafka', () => {
  test('is fine with addresses, partitions and copies', () => {
    expect(findings(kafkaWith({ ...GOOD, 'default.topic.config.retention.ms': '604800000' }))).toEqual([]);
  });

  test.each([
    ['bootstrap.servers', ' , '], ['bootstrap.servers', undefined],
    ['default.topic.partitions', '0'], ['default.topic.partitions', undefined], ['default.topic.partitions', 'ten'],
    ['default.topic.replication.factor', '-1'], ['default.topic.replication.factor', '32768'],
    ['default.topic.partitions', 10], ['auth.secret.ref.name', ''],
  ])('is refused where %s is %p', (key, value) => {
    expect(findings(kafkaWith({ ...GOOD, [key]: value }))).toMatchObject([{ code: 'SM0305', field: `data['${key}']`, path: 'chart/ConfigMap-kafka' }]);
  });

  test('is refused once for all that it lacks, and for two Brokers that share it', () => {
    const chart = kafkaWith(undefined);
    rawBroker(chart, 'payments', 'Kafka', { config: CONFIG });
    expect(findings(chart).map(problem => problem.field)).toEqual(['bootstrap.servers', 'default.topic.partitions', 'default.topic.replication.factor'].map(key => `data['${key}']`));
  });

  test('is not looked at where the app does not write it', () => {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'Kafka', { config: { ...CONFIG, namespace: 'knative-eventing' } });
    raw(chart, 'v1', 'ConfigMap', 'kafka', { data: {} });
    expect(findings(chart)).toEqual([]);
  });

  test('is warned of where it keeps events for seconds', () => {
    expect(findings(kafkaWith({ ...GOOD, 'default.topic.config.retention.ms': '3600' }))).toMatchObject([{ code: 'SM0306', severity: 'warning' }]);
  });

  test('may keep events for ever', () => {
    expect(findings(kafkaWith({ ...GOOD, 'default.topic.config.retention.ms': '-1' }))).toEqual([]);
  });
});

describe('Secret of a Broker on Kafka', () => {
  function secretFindings(secret: object, name = 'credentials') {
    const chart = kafkaWith({ ...GOOD, 'auth.secret.ref.name': 'credentials' });
    raw(chart, 'v1', 'Secret', name, secret);
    return findings(chart);
  }

  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test.each([
    ['PLAINTEXT needs nothing', { protocol: 'PLAINTEXT' }],
    ['PLAIN is the mechanism unless another is named', { protocol: 'SASL_SSL', user: 'u', password: 'p' }],
    ['OAUTHBEARER needs no password', { 'protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'OAUTHBEARER' }],
    ['a client certificate', { 'protocol': 'SSL', 'user.crt': 'c', 'user.key': 'k' }],
    ['no client certificate', { 'protocol': 'SSL', 'user.skip': 'true' }],
    ['the older set of keys', { user: 'u', password: 'p' }],
  ])('is fine: %s', (_, stringData) => {
    expect(secretFindings({ stringData })).toEqual([]);
  });

  test.each([
    [{ protocol: 'sasl_ssl', user: 'u', password: 'p' }, ['data.protocol']],
    [{ 'protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-1', 'user': 'u', 'password': 'p' }, ['data[\'sasl.mechanism\']']],
    [{ protocol: 'SASL_SSL', user: 'u' }, ['data[\'password\']']],
    [{ protocol: 'SSL' }, ['data[\'user.crt\']', 'data[\'user.key\']']],
  ])('is refused: %p', (stringData, fields) => {
    const found = secretFindings({ stringData });
    expect(found.map(problem => problem.code)).toEqual(fields.map(() => 'SM0307'));
    expect(found.map(problem => problem.field)).toEqual(fields);
  });

  test('is read in base64 as well, and what it holds is not shown', () => {
    const found = secretFindings({ data: { protocol: base64('SASL_SSL'), user: base64('user-name') } });
    expect(found).toMatchObject([{ field: 'data[\'password\']', reason: 'protocol SASL_SSL needs it' }]);
    expect(JSON.stringify(found)).not.toContain('user-name');
  });

  test('is not judged where something else fills it or it is in the cluster', () => {
    expect(secretFindings({})).toEqual([]);
    expect(secretFindings({ stringData: { protocol: 'SSL' } }, 'another')).toEqual([]);
  });
});

describe('ConfigMap of a Broker on channels', () => {
  function channelWith(data: object) {
    const chart = shopChart();
    rawBroker(chart, 'orders', 'MTChannelBasedBroker', { config: CONFIG });
    raw(chart, 'v1', 'ConfigMap', 'kafka', { data });
    return findings(chart);
  }

  test.each([
    ['channel-template-spec', 'apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\nspec:\n  numPartitions: 3\n'],
    ['channelTemplateSpec', '{"apiVersion":"messaging.knative.dev/v1","kind":"KafkaChannel"}'],
  ])('is fine with a channel in %s', (key, template) => {
    expect(channelWith({ [key]: template })).toEqual([]);
  });

  test.each([{}, { 'channel-template-spec': '' }, { 'channel-template-spec': 'kind: KafkaChannel' }, { 'bootstrap.servers': 'kafka:9092' }])('is refused as %p', data => {
    expect(channelWith(data)).toMatchObject([{ code: 'SM0308', field: 'data[\'channel-template-spec\']' }]);
  });

  test('is warned of where the channel is in memory', () => {
    expect(channelWith({ 'channel-template-spec': 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n' })).toMatchObject([{ code: 'SM0309', severity: 'warning' }]);
  });
});

describe('names', () => {
  test('of Brokers longer than a label are refused', () => {
    const chart = shopChart();
    rawBroker(chart, 'a'.repeat(64), 'NatsJetStreamBroker');
    rawBroker(chart, 'a'.repeat(63), 'NatsJetStreamBroker');
    expect(findings(chart)).toMatchObject([{ code: 'SM0332', path: `chart/Broker-${'a'.repeat(64)}` }]);
  });

  test('of Triggers longer than a label are refused on channels alone', () => {
    const long = 'a'.repeat(64);
    const onChannels = shopChart();
    rawBroker(onChannels, 'orders', 'MTChannelBasedBroker');
    raw(onChannels, 'eventing.knative.dev/v1', 'Trigger', long, { spec: { broker: 'orders', subscriber: { uri: 'https://example.com' } } });
    expect(findings(onChannels)).toMatchObject([{ code: 'SM0332', field: 'metadata.name' }]);
    const onNats = shopChart();
    rawBroker(onNats, 'orders', 'NatsJetStreamBroker');
    raw(onNats, 'eventing.knative.dev/v1', 'Trigger', long, { spec: { broker: 'orders', subscriber: { uri: 'https://example.com' } } });
    expect(findings(onNats)).toEqual([]);
  });
});
