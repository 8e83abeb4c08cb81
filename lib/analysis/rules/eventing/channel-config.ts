import { configMapOf, EVENTING, isChannelBased } from './brokers';
import { CHANNEL_TEMPLATE_KEY, LEGACY_CHANNEL_TEMPLATE_KEY } from '../../../core/eventing/names';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf, textOf } from '../../values';

const FIELD = `data['${CHANNEL_TEMPLATE_KEY}']`;

/** The ConfigMaps of the app that Brokers on channels point to, each once, with the template that they hold. */
function channelTemplates(context: RuleContext): Map<ModelObject, string | undefined> {
  return new Map(context.model.ofKind(EVENTING, 'Broker').filter(isChannelBased)
    .flatMap(broker => configMapOf(context.model, broker) ?? [])
    .map(configMap => {
      const data = fieldsOf(configMap.manifest.data);
      return [configMap, textOf(data[CHANNEL_TEMPLATE_KEY]) ?? textOf(data[LEGACY_CHANNEL_TEMPLATE_KEY])];
    }));
}

/** Whether a template, in YAML or JSON, has a field, and with which value where it is a plain word. */
function templateField(template: string, field: string): string | undefined {
  return new RegExp(`(?:^|[{,\\s])["']?${field}["']?\\s*:\\s*["']?([^"'\\s,}]+)`).exec(template)?.[1];
}

export const channelConfig: Rule = {
  code: 'SM0308',
  title: 'Broker on channels without a channel template',
  explanation: 'The controller creates the channel from the key channel-template-spec of the ConfigMap: apiVersion, kind and spec of a channel '
    + '(knative/eventing pkg/reconciler/broker/config.go).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  channel-template-spec: |
    kind: KafkaChannel
    spec: { numPartitions: 10, replicationFactor: 3 }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  channel-template-spec: |
    apiVersion: messaging.knative.dev/v1beta1
    kind: KafkaChannel
    spec: { numPartitions: 10, replicationFactor: 3 }
`,
  },
  check(context) {
    for (const [configMap, template] of channelTemplates(context)) {
      if (template !== undefined && templateField(template, 'apiVersion') && templateField(template, 'kind')) continue;
      context.report(configMap, {
        field: FIELD,
        value: template,
        reason: 'the Broker cannot create its channel without the API version and the kind of one',
        fix: 'write apiVersion, kind and spec of a channel, such as messaging.knative.dev/v1beta1 KafkaChannel',
      });
    }
  },
};

export const inMemoryChannel: Rule = {
  code: 'SM0309',
  title: 'Broker that keeps its events in memory',
  explanation: 'An InMemoryChannel holds events in the memory of one pod while it delivers them: a restart, an eviction or an upgrade of that pod loses every '
    + 'event under way, with its retries and its way to the dead letters. Unless the channel is asynchronous the publisher waits until all of that is done '
    + '(knative/eventing config/channels/in-memory-channel/README.md; pkg/channel/fanout/fanout_event_handler.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  channel-template-spec: |
    apiVersion: messaging.knative.dev/v1
    kind: InMemoryChannel
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  channel-template-spec: |
    apiVersion: messaging.knative.dev/v1beta1
    kind: KafkaChannel
    spec: { numPartitions: 10, replicationFactor: 3 }
`,
  },
  check(context) {
    for (const [configMap, template] of channelTemplates(context)) {
      if (!template || templateField(template, 'kind') !== 'InMemoryChannel') continue;
      context.report(configMap, {
        field: FIELD,
        value: 'InMemoryChannel',
        reason: 'the events are in the memory of the channel\'s dispatcher alone, so a restart of it loses those under way, retries and dead letters included',
        fix: 'where no event may be lost, write the template of a KafkaChannel (messaging.knative.dev/v1beta1) or a Broker of class Kafka; or, with the constructs, '
          + 'ChannelTemplate.kafka(...) or BrokerClass.kafka(...)',
      });
    }
  },
};
