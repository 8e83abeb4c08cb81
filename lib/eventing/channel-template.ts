import { Duration } from 'cdk8s';
import { untypedDuration } from './untyped-duration';
import { toJson_KafkaChannelSpec } from '../../imports/messaging.knative.dev';
import { periodOf } from '../core/eventing/period';
import { ProblemReport } from '../core/problem';

/** A channel that keeps its events in a Kafka topic. */
export interface KafkaChannelOptions {
  /**
   * Partitions of the topic, at least 1. A channel delivers the events of a partition one after the other, so this is also how many events of one
   * subscription are in flight at a time.
   * @default 1
   */
  readonly partitions?: number;

  /**
   * Copies of each partition, from 1 (a lost disk loses events) to 32767.
   * @default 1
   */
  readonly replicationFactor?: number;

  /**
   * How long Kafka keeps events, delivered or not.
   * @default Duration.days(7)
   */
  readonly retention?: Duration;
}

/** The kind of channel that a broker on channels creates for its events. */
export class ChannelTemplate {
  /**
   * Events survive restarts. Kafka's addresses and credentials are the cluster's (ConfigMap `kafka-channel-config` in the eventing namespace). All three
   * settings are fixed once the broker exists.
   *
   * @see https://knative.dev/docs/eventing/configuration/kafka-channel-configuration/
   */
  public static kafka(options: KafkaChannelOptions = {}): ChannelTemplate {
    return new ChannelTemplate({
      apiVersion: 'messaging.knative.dev/v1beta1',
      kind: 'KafkaChannel',
      spec: toJson_KafkaChannelSpec({
        numPartitions: options.partitions ?? 1,
        replicationFactor: options.replicationFactor ?? 1,
        retentionDuration: periodOf(options.retention ?? Duration.days(7)),
      }),
    }, untypedDuration('brokerClass.template.retention', options.retention));
  }

  /** Events are kept in memory alone: a restart loses those that are under way. For trials, not for production. */
  public static inMemory(): ChannelTemplate {
    return new ChannelTemplate({ apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel' }, []);
  }

  private constructor(
    private readonly template: object,
    private readonly reports: ProblemReport[],
  ) {}

  /** @internal */
  public _render(): string {
    // JSON is YAML, and needs no library to write.
    return JSON.stringify(this.template, undefined, 2);
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return this.reports;
  }
}
