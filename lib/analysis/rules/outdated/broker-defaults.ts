import { Rule } from '../../rule';
import { fieldsOf, labelsOf } from '../../workloads';

const CLASS = 'eventing.knative.dev/broker.class';
/** Classes for which the rule on configurations that a class cannot read says it. */
const SAID_ELSEWHERE = ['MTChannelBasedBroker', 'Kafka', 'KafkaNamespaced'];

export const brokerDefaults: Rule = {
  code: 'SM0910',
  title: 'a Broker that takes the webhook\'s defaults for its configuration',
  explanation: 'config-br-defaults says which class and configuration a Broker gets that names none. It holds neither a channel template nor Kafka\'s addresses, so no broker can start from it '
    + '(eventing pkg/reconciler/broker/config.go; config/core/configmaps/default-broker.yaml).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata: { name: default, namespace: shop }
spec:
  config: { apiVersion: v1, kind: ConfigMap, name: config-br-defaults, namespace: knative-eventing }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata: { name: default, namespace: shop, annotations: { ${CLASS}: MTChannelBasedBroker } }
spec:
  config: { apiVersion: v1, kind: ConfigMap, name: config-br-default-channel, namespace: knative-eventing }
`,
  },
  check(context) {
    for (const broker of context.model.ofKind('eventing.knative.dev', 'Broker')) {
      if (fieldsOf(fieldsOf(broker.manifest.spec).config).name !== 'config-br-defaults') continue;
      if (SAID_ELSEWHERE.includes(labelsOf(broker.manifest.metadata.annotations)[CLASS])) continue;
      context.report(broker, {
        field: 'spec.config.name',
        value: 'config-br-defaults',
        reason: 'this ConfigMap tells the webhook what a Broker without configuration gets; it is no configuration itself',
        fix: `leave spec.config out, or point to a ConfigMap with channel-template-spec (config-br-default-channel) or with Kafka's bootstrap.servers, and say the class in ${CLASS}`,
      });
    }
  },
};
