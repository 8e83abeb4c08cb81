/** Keys and class names as Knative Eventing and its Kafka extension spell them. */
export const BROKER_CLASS_ANNOTATION = 'eventing.knative.dev/broker.class';
export const DELIVERY_ORDER_ANNOTATION = 'kafka.eventing.knative.dev/delivery.order';

/** Values of the class annotation that a known implementation listens to. */
export const BROKER_CLASSES = {
  channel: 'MTChannelBasedBroker',
  kafka: 'Kafka',
  kafkaNamespaced: 'KafkaNamespaced',
  nats: 'NatsJetStreamBroker',
  rabbitmq: 'RabbitMQBroker',
} as const;

/** Keys of the ConfigMap behind a Broker on Kafka. */
export const KAFKA_CONFIG = {
  bootstrapServers: 'bootstrap.servers',
  partitions: 'default.topic.partitions',
  replicationFactor: 'default.topic.replication.factor',
  topicPrefix: 'default.topic.config.',
  retention: 'default.topic.config.retention.ms',
  authSecret: 'auth.secret.ref.name',
} as const;

/** Key of the ConfigMap behind a Broker on channels, and the older spelling that is still read. */
export const CHANNEL_TEMPLATE_KEY = 'channel-template-spec';
export const LEGACY_CHANNEL_TEMPLATE_KEY = 'channelTemplateSpec';

/** A Broker's name becomes a label value of its Triggers. */
export const MAX_LABEL_VALUE = 63;
