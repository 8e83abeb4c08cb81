import { EVENTING, isChannelBased, brokerOf } from './brokers';
import { MAX_LABEL_VALUE } from '../../../core/eventing/names';
import { Rule } from '../../rule';
import { textOf } from '../../values';

export const brokerName: Rule = {
  code: 'SM0332',
  title: 'Broker or Trigger whose name is too long for a label',
  explanation: 'The webhook writes the name of the Broker into a label of its Triggers, and the multi-tenant broker writes that of the Trigger into a label of its '
    + 'Subscription. A value of a label has at most 63 characters (knative/eventing pkg/apis/eventing/v1/trigger_defaults.go, pkg/reconciler/broker/resources/subscription.go).',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders-of-every-shop-and-every-marketplace-in-the-european-region
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders-of-the-european-region
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker }
`,
  },
  check(context) {
    const { model } = context;
    const triggers = model.ofKind(EVENTING, 'Trigger').filter(trigger => {
      const broker = brokerOf(model, trigger);
      return broker && isChannelBased(broker);
    });
    for (const object of [...model.ofKind(EVENTING, 'Broker'), ...triggers]) {
      const name = textOf(object.manifest.metadata?.name);
      if (!name || name.length <= MAX_LABEL_VALUE) continue;
      context.report(object, {
        field: 'metadata.name',
        value: name,
        reason: `Knative writes the name into a label, which takes at most ${MAX_LABEL_VALUE} characters, and this has ${name.length}`,
        fix: 'choose a shorter name',
      });
    }
  },
};
