import { annotationOf, brokerOf, classOf, EVENTING, isKafka } from './brokers';
import { DELIVERY_ORDER_ANNOTATION } from '../../../core/eventing/names';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { isGiven } from '../../values';

const FIELD = `metadata.annotations['${DELIVERY_ORDER_ANNOTATION}']`;

function orderOf(trigger: ModelObject): string | undefined {
  const order = annotationOf(trigger, DELIVERY_ORDER_ANNOTATION);
  return isGiven(order) ? String(order) : undefined;
}

export const deliveryOrderUnknown: Rule = {
  code: 'SM0323',
  title: 'Trigger with an order that Kafka does not know',
  explanation: 'The controller knows ordered and unordered, and sets up no consumer for anything else '
    + '(eventing-kafka-broker control-plane/pkg/reconciler/trigger/v2/triggerv2.go).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: audit
  namespace: shop
  annotations: { kafka.eventing.knative.dev/delivery.order: fifo }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: audit
  namespace: shop
  annotations: { kafka.eventing.knative.dev/delivery.order: ordered }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const order = orderOf(trigger);
      if (order === undefined || ['ordered', 'unordered'].includes(order.toLowerCase())) continue;
      const broker = brokerOf(context.model, trigger);
      if (broker && !isKafka(broker)) continue;
      context.report(trigger, { field: FIELD, value: order, reason: 'the order of deliveries is ordered or unordered', fix: 'write one of the two' });
    }
  },
};

export const deliveryOrderIgnored: Rule = {
  code: 'SM0324',
  title: 'Trigger that asks for an order that its broker does not keep',
  explanation: 'The annotation is read by the controller of Kafka brokers alone (eventing-kafka-broker control-plane/pkg/reconciler/trigger/v2/triggerv2.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: audit
  namespace: shop
  annotations: { kafka.eventing.knative.dev/delivery.order: ordered }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const broker = brokerOf(context.model, trigger);
      const brokerClass = broker && classOf(broker);
      if (orderOf(trigger)?.toLowerCase() !== 'ordered' || !brokerClass || isKafka(broker)) continue;
      context.report(trigger, {
        field: FIELD,
        value: 'ordered',
        reason: `its Broker is of class ${brokerClass}, which ignores the annotation`,
        fix: 'use a Broker on Kafka, or remove the annotation',
      });
    }
  },
};
