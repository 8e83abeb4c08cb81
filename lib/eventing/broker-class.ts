import * as kplus from 'cdk8s-plus-28';
import { BrokerConfiguration, BrokerTraits } from './broker-backend';
import { CHANNEL_BROKER, ChannelBrokerConfig, ChannelBrokerOptions } from './channel-broker';
import { ExistingBrokerConfig, ExistingBrokerConfigOptions } from './existing-broker-config';
import { KAFKA_BROKER, KafkaBrokerConfig, KafkaBrokerOptions } from './kafka-broker';

/**
 * What a broker is made of. Class and ConfigMap cannot be exchanged once the broker exists: another choice is another broker, and
 * the events that are under way in the old one are lost with it.
 */
export class BrokerClass {
  /**
   * A topic of its own in Kafka: durable, and ordered within a partition where a subscription asks for it. The ConfigMap `<broker>-kafka` is created.
   *
   * @see https://knative.dev/docs/eventing/brokers/broker-types/kafka-broker/
   */
  public static kafka(options: KafkaBrokerOptions): BrokerClass {
    return new BrokerClass(KAFKA_BROKER, new KafkaBrokerConfig(options));
  }

  /** A topic of its own in Kafka, set up by a ConfigMap that exists or is created elsewhere in the app. */
  public static kafkaConfiguredBy(configMap: kplus.IConfigMap, options: ExistingBrokerConfigOptions = {}): BrokerClass {
    return new BrokerClass(KAFKA_BROKER, new ExistingBrokerConfig(configMap, options));
  }

  /**
   * A channel behind the multi-tenant broker: durability and order are the channel's. The ConfigMap `<broker>-channel` is created.
   *
   * @see https://knative.dev/docs/eventing/brokers/broker-types/channel-based-broker/
   */
  public static channel(options: ChannelBrokerOptions): BrokerClass {
    return new BrokerClass(CHANNEL_BROKER, new ChannelBrokerConfig(options));
  }

  /** A channel behind the multi-tenant broker, of the kind that a ConfigMap says that exists or is created elsewhere in the app. */
  public static channelConfiguredBy(configMap: kplus.IConfigMap, options: ExistingBrokerConfigOptions = {}): BrokerClass {
    return new BrokerClass(CHANNEL_BROKER, new ExistingBrokerConfig(configMap, options));
  }

  /** @internal */
  public readonly _traits: BrokerTraits;
  /** @internal */
  public readonly _configuration: BrokerConfiguration;

  private constructor(traits: BrokerTraits, configuration: BrokerConfiguration) {
    this._traits = traits;
    this._configuration = configuration;
  }

  /** Value of the annotation `eventing.knative.dev/broker.class`. */
  public get className(): string {
    return this._traits.className;
  }
}
