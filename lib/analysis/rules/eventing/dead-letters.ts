import { brokerNameOf, brokerOf, EVENTING, isKafka, namespaceOf, specOf } from './brokers';
import { isSubscription } from '../../../core/eventing/subscription-mark';
import { Severity } from '../../../core/problem';
import { groupOf } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, isGiven, textOf } from '../../values';

export const deadLettersDropped: Rule = {
  code: 'SM0326',
  title: 'Trigger that loses the dead letter sink of its broker',
  explanation: 'On Kafka the delivery of a Trigger replaces that of its Broker as a whole, dead letter sink included '
    + '(eventing-kafka-broker control-plane/pkg/reconciler/trigger/v2/triggerv2.go). On channels the Broker\'s sink stays.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
  delivery:
    deadLetterSink: { ref: { apiVersion: v1, kind: Service, name: dead-letters } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
  delivery:
    retry: 5
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: knative-eventing, name: kafka-broker-config }
  delivery:
    deadLetterSink: { ref: { apiVersion: v1, kind: Service, name: dead-letters } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
  delivery:
    retry: 5
    deadLetterSink: { ref: { apiVersion: v1, kind: Service, name: dead-letters } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const { delivery } = specOf(trigger);
      const broker = brokerOf(context.model, trigger);
      if (!isGiven(delivery) || isGiven(fieldsOf(delivery).deadLetterSink) || !broker || !isKafka(broker)) continue;
      // A subscription writes out what it inherits, so the sink is missing only where the user said so.
      if (!isGiven(fieldsOf(specOf(broker).delivery).deadLetterSink) || isSubscription(trigger.construct)) continue;
      context.report(trigger, {
        field: 'spec.delivery.deadLetterSink',
        reason: 'on Kafka this delivery replaces the Broker\'s as a whole, so the Broker\'s dead letter sink does not hold and undeliverable events are lost',
        fix: 'repeat the dead letter sink here, or leave the Trigger\'s delivery out',
      });
    }
  },
};

export const deadLettersReturned: Rule = {
  code: 'SM0327',
  title: 'dead letters that go back to their broker',
  explanation: 'A dead letter keeps its type, source and id. In its own broker it passes the same filter and fails again: on Kafka for ever, on channels up to '
    + '255 times (knative/eventing cmd/broker/ingress/main.go, MAX_TTL; pkg/broker/ttl.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    deadLetterSink: { ref: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
spec:
  delivery:
    retry: 5
    deadLetterSink: { ref: { apiVersion: v1, kind: Service, name: dead-letters } }
`,
  },
  check(context) {
    const { model } = context;
    for (const object of [...model.ofKind(EVENTING, 'Broker'), ...model.ofKind(EVENTING, 'Trigger')]) {
      const own = object.manifest.kind === 'Broker'
        ? { name: textOf(object.manifest.metadata?.name), namespace: namespaceOf(object) }
        : brokerNameOf(object);
      const { apiVersion, kind, name, namespace } = fieldsOf(fieldsOf(fieldsOf(specOf(object).delivery).deadLetterSink).ref);
      if (kind !== 'Broker' || groupOf(textOf(apiVersion) ?? '') !== EVENTING || !own?.name) continue;
      if (name !== own.name || (textOf(namespace) ?? namespaceOf(object)) !== own.namespace) continue;
      context.report(object, {
        field: 'spec.delivery.deadLetterSink',
        value: name,
        reason: 'a dead letter passes the filters of this Broker as the event did, so it fails again and comes back',
        fix: 'send dead letters to another broker or to a service that stores them',
      });
    }
  },
};
