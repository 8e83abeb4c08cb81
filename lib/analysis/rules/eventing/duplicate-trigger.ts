import { brokerNameOf, EVENTING, namespaceOf, specOf } from './brokers';
import { canonical } from '../../../core/eventing/canonical';
import { isSubscription } from '../../../core/eventing/subscription-mark';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, listOf, textOf } from '../../values';

export const duplicateTrigger: Rule = {
  code: 'SM0325',
  title: 'two Triggers that deliver the same events to the same place',
  explanation: 'Each Trigger delivers for itself, so the subscriber gets every event once for each of them (knative/eventing pkg/reconciler/broker/trigger/trigger.go, '
    + 'subscribeToBrokerChannel; eventing-kafka-broker control-plane/pkg/reconciler/trigger/v2/triggerv2.go, reconcileConsumerGroup).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit-placed, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.placed }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit-cancelled, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.placed }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit-placed, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.placed }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit-cancelled, namespace: shop }
spec:
  broker: orders
  filters:
    - exact: { type: com.example.order.cancelled }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    const first = new Map<string, ModelObject>();
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const broker = brokerNameOf(trigger);
      if (!broker || !isGiven(specOf(trigger).subscriber)) continue;
      const signature = canonical([broker, subscriberOf(trigger), filterOf(specOf(trigger))]);
      const earlier = first.get(signature);
      if (!earlier) {
        first.set(signature, trigger);
      // Between its own subscriptions the EventBroker refuses duplicates itself, as an error.
      } else if (!isSubscription(earlier.construct) || !isSubscription(trigger.construct)) {
        context.report(trigger, {
          field: 'spec.subscriber',
          reason: `${earlier.path} already delivers the same events of broker ${broker.name} to the same subscriber, so it gets each of them twice`,
          fix: 'remove one of the two, or give them filters that differ',
        });
      }
    }
  },
};

function subscriberOf(trigger: ModelObject): unknown {
  const { ref, uri } = fieldsOf(specOf(trigger).subscriber);
  if (!isGiven(ref)) return [uri];
  const { kind, name, namespace, apiVersion } = fieldsOf(ref);
  return [apiVersion, kind, name, textOf(namespace) ?? namespaceOf(trigger), uri];
}

/** What is compared: filters if there are any, otherwise the attributes of filter, where an empty text stands for anything. */
function filterOf(spec: Fields): unknown {
  const filters = listOf(spec.filters);
  if (filters.length > 0) return filters;
  const attributes = Object.entries(fieldsOf(fieldsOf(spec.filter).attributes)).filter(([, value]) => value !== '');
  return attributes.length === 0 ? [] : [{ exact: Object.fromEntries(attributes) }];
}
