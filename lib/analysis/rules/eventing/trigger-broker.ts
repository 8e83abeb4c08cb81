import { brokerNameOf, brokerOf, EVENTING, specOf } from './brokers';
import { switchOn } from './feature-flag';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, isGiven, textOf } from '../../values';

export const triggerBroker: Rule = {
  code: 'SM0312',
  title: 'Trigger that names no broker, or two',
  explanation: 'spec.broker and spec.brokerRef exclude each other. A Trigger belongs to a Broker of its own namespace unless the flag cross-namespace-event-links is on '
    + '(knative/eventing pkg/apis/eventing/v1/trigger_validation.go).',
  peers: ['knative-validation'],
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  brokerRef: { apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders }
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: { name: audit, namespace: shop }
spec:
  broker: orders
  subscriber: { ref: { apiVersion: v1, kind: Service, name: audit } }
`,
  },
  check(context) {
    for (const trigger of context.model.ofKind(EVENTING, 'Trigger')) {
      const { broker, brokerRef } = specOf(trigger);
      const ref = isGiven(brokerRef);
      const name = textOf(broker) !== undefined;
      if (!ref && !name) {
        context.report(trigger, { field: 'spec.broker', reason: 'a Trigger belongs to a Broker', fix: 'write the name of a Broker in the same namespace' });
      } else if (ref && name) {
        context.report(trigger, { field: 'spec.brokerRef', reason: 'broker already names the Broker, and only one of the two may', fix: 'remove broker or brokerRef' });
      }
      const namespace = textOf(fieldsOf(brokerRef).namespace);
      const profile = context.profile(trigger);
      const flag = EventingFeature.CROSS_NAMESPACE_EVENT_LINKS;
      if (namespace && profile.eventingFeature(flag) !== FeatureState.ENABLED) {
        context.report(trigger, {
          field: 'spec.brokerRef.namespace',
          value: namespace,
          reason: 'a Trigger and its Broker are in one namespace unless the cluster\'s flag cross-namespace-event-links is on, which it is not by default',
          fix: `move the Trigger to the Broker's namespace (its subscriber may be in another), or ${switchOn(flag, profile)}`,
        });
      }
    }
  },
};

export const triggerBrokerMissing: Rule = {
  code: 'SM0313',
  title: 'Trigger of a broker that is not among the manifests',
  explanation: 'A Trigger whose Broker does not exist in its namespace is not ready and gets no events (knative/eventing pkg/reconciler/broker/trigger/trigger.go). '
    + 'The Broker may be deployed with something else.',
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
metadata: { name: audit, namespace: shop }
spec:
  broker: order
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
      const wanted = brokerNameOf(trigger);
      if (!wanted || brokerOf(context.model, trigger)) continue;
      const elsewhere = context.model.derived(brokersByName).get(wanted.name);
      context.report(trigger, {
        field: textOf(specOf(trigger).broker) ? 'spec.broker' : 'spec.brokerRef',
        value: wanted.name,
        reason: `no Broker of this name in namespace ${wanted.namespace} is among the manifests${elsewhere ? `; the one of ${elsewhere.path} is in another` : ''}`,
        fix: elsewhere ? 'put the Trigger into the namespace of its Broker'
          : 'check the name, unless the Broker is deployed with something else; or, with the constructs, subscribe through EventBroker',
      });
    }
  },
};

function brokersByName(model: ManifestModel): Map<string, ModelObject> {
  return new Map(model.ofKind(EVENTING, 'Broker').flatMap(broker => broker.name === undefined ? [] : [[broker.name, broker] as const]).reverse());
}
