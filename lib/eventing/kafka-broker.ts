import { Duration } from 'cdk8s';
import { BackedBroker, BrokerConfiguration, BrokerTraits, ConfigReference, configMapReference } from './broker-backend';
import { KafkaAuth } from './kafka-auth';
import { kafkaAuthProblems } from './kafka-auth-problems';
import { untypedDuration } from './untyped-duration';
import { BROKER_CLASSES, KAFKA_CONFIG } from '../core/eventing/names';
import { millisOf } from '../core/eventing/period';
import { ProblemReport } from '../core/problem';
import { resource } from '../core/resource';

/** A broker whose events are kept in a Kafka topic of its own. */
export interface KafkaBrokerOptions {
  /** Addresses of Kafka, `host:port`; at least one. */
  readonly bootstrapServers: string[];

  /**
   * Partitions of the topic, at least 1. They bound how many consumers of one subscription work at a time, and with ordered delivery how
   * many events are in flight. Knative creates the topic once: a change later has no effect on it.
   */
  readonly partitions: number;

  /** Copies of each partition, from 1 (a lost disk loses events) to the number of Kafka's brokers. Fixed once the topic exists. */
  readonly replicationFactor: number;

  /**
   * How long Kafka keeps events, delivered or not: an event that is older is lost to a subscriber that was down for longer.
   * @default - what Kafka's own brokers have (`log.retention.*`, 7 days unless changed)
   */
  readonly retention?: Duration;

  /**
   * How the broker proves itself to Kafka.
   * @default - neither TLS nor credentials
   */
  readonly auth?: KafkaAuth;

  /**
   * More settings of the topic, by Kafka's names, such as `min.insync.replicas`. `retention` wins over `retention.ms`.
   * @default - Kafka's own
   * @see https://kafka.apache.org/documentation/#topicconfigs
   */
  readonly topicConfig?: { [name: string]: string };
}

export const KAFKA_BROKER: BrokerTraits = {
  className: BROKER_CLASSES.kafka,
  ingressService: 'kafka-broker-ingress',
  ordersByPartition: true,
  keepsBrokerDeadLetters: false,
};

export class KafkaBrokerConfig implements BrokerConfiguration {
  constructor(private readonly options: KafkaBrokerOptions) {}

  public configure({ scope, name, namespace }: BackedBroker): ConfigReference {
    const configName = `${name}-kafka`;
    resource(scope, 'Config', {
      gvk: { apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: configName },
      fields: { data: () => this.data() },
    });
    return configMapReference(configName, namespace);
  }

  public problems(broker: BackedBroker): ProblemReport[] {
    const { retention, auth } = this.options;
    return [
      ...untypedDuration('brokerClass.retention', retention),
      ...auth ? kafkaAuthProblems(auth, broker.namespace) : [],
    ];
  }

  private data(): Record<string, string> {
    const { bootstrapServers, partitions, replicationFactor, retention, auth, topicConfig } = this.options;
    const retentionMillis = millisOf(retention);
    return {
      [KAFKA_CONFIG.bootstrapServers]: [bootstrapServers].flat().join(','),
      [KAFKA_CONFIG.partitions]: String(partitions),
      [KAFKA_CONFIG.replicationFactor]: String(replicationFactor),
      ...Object.fromEntries(Object.entries(topicConfig ?? {}).map(([key, value]) => [KAFKA_CONFIG.topicPrefix + key, String(value)])),
      ...retentionMillis === undefined ? {} : { [KAFKA_CONFIG.retention]: String(retentionMillis) },
      ...auth ? { [KAFKA_CONFIG.authSecret]: auth.secret.name } : {},
    };
  }
}
