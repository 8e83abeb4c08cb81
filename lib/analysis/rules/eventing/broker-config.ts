import { classOf, EVENTING, isChannelBased, isKafka, namespaceOf, specOf } from './brokers';
import { BROKER_CLASSES } from '../../../core/eventing/names';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, isGiven, textOf } from '../../values';

export const brokerConfigReference: Rule = {
  code: 'SM0302',
  title: 'Broker that points to its configuration incompletely',
  explanation: 'The webhook asks for apiVersion, kind and name of spec.config (knative.dev/pkg apis/duck/v1/knative_reference.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind(EVENTING, 'Broker')) {
      const { config } = specOf(broker);
      if (!isGiven(config)) continue;
      const reference = fieldsOf(config);
      for (const field of ['apiVersion', 'kind', 'name'].filter(key => textOf(reference[key]) === undefined)) {
        context.report(broker, {
          field: `spec.config.${field}`,
          reason: 'a Broker names its configuration by API version, kind and name',
          fix: 'write apiVersion: v1, kind: ConfigMap and the name of the ConfigMap',
        });
      }
    }
  },
};

export const brokerConfigUnusable: Rule = {
  code: 'SM0303',
  title: 'Broker whose configuration its class cannot read',
  explanation: 'The controllers of the classes MTChannelBasedBroker and Kafka read a ConfigMap and nothing else; KafkaNamespaced reads it in the namespace of '
    + 'the Broker alone. config-br-defaults holds the defaults of the webhook and neither a channel template nor Kafka\'s addresses '
    + '(knative/eventing pkg/reconciler/broker/broker.go; eventing-kafka-broker control-plane/pkg/reconciler/broker/broker.go, brokerConfigMap, and '
    + 'namespaced_broker.go, ReconcileKind).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: config-br-defaults }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind(EVENTING, 'Broker')) {
      if (!isKafka(broker) && !isChannelBased(broker)) continue;
      const config = fieldsOf(specOf(broker).config);
      const kind = textOf(config.kind);
      const namespace = textOf(config.namespace);
      if (kind !== undefined && (isKafka(broker) ? kind.toLowerCase() !== 'configmap' : kind !== 'ConfigMap')) {
        context.report(broker, {
          field: 'spec.config.kind',
          value: kind,
          reason: `a Broker of class ${classOf(broker)} reads its configuration from a ConfigMap`,
          fix: 'write kind: ConfigMap',
        });
      } else if (config.name === 'config-br-defaults') {
        context.report(broker, {
          field: 'spec.config.name',
          value: config.name,
          reason: 'config-br-defaults tells the webhook which class and configuration a Broker gets that names none; it is no configuration itself',
          fix: isKafka(broker) ? 'point to a ConfigMap with bootstrap.servers and the topic\'s defaults' : 'point to a ConfigMap with channel-template-spec',
        });
      } else if (classOf(broker) === BROKER_CLASSES.kafkaNamespaced && namespace && namespaceOf(broker) && namespace !== namespaceOf(broker)) {
        context.report(broker, {
          field: 'spec.config.namespace',
          value: namespace,
          reason: 'a Broker of class KafkaNamespaced has its configuration in its own namespace',
          fix: `move the ConfigMap to namespace ${namespaceOf(broker)}`,
        });
      }
    }
  },
};

export const brokerConfigMissing: Rule = {
  code: 'SM0304',
  title: 'Broker on Kafka without a configuration',
  explanation: 'Where spec.config is missing the webhook puts in the cluster\'s default, which as Knative ships it is a channel template, whatever the class '
    + '(knative/eventing config/core/configmaps/default-broker.yaml; pkg/apis/eventing/v1/broker_defaults.go). A Broker on Kafka cannot read that, and spec.config '
    + 'is immutable (broker_validation.go, CheckImmutableFields).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind(EVENTING, 'Broker')) {
      if (!isKafka(broker) || isGiven(specOf(broker).config)) continue;
      context.report(broker, {
        field: 'spec.config',
        reason: 'without it the Broker gets the cluster\'s default configuration, which as Knative ships it describes a channel and not Kafka',
        fix: 'point to a ConfigMap with bootstrap.servers, default.topic.partitions and default.topic.replication.factor',
      });
    }
  },
};
