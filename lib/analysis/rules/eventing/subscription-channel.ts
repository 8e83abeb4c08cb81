import { MESSAGING, specOf } from './brokers';
import { switchOn } from './feature-flag';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Rule } from '../../rule';
import { fieldsOf, textOf } from '../../values';

export const subscriptionChannel: Rule = {
  code: 'SM0353',
  title: 'Subscription of no channel, or of one elsewhere',
  explanation: 'A Subscription names its channel by API version, kind and name; unless the flag cross-namespace-event-links is on the two are in one namespace '
    + '(knative/eventing pkg/apis/messaging/v1/subscription_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const subscription of context.model.ofKind(MESSAGING, 'Subscription')) {
      const profile = context.profile(subscription);
      const channel = fieldsOf(specOf(subscription).channel);
      const grouped = profile.eventingFeature(EventingFeature.KREFERENCE_GROUP) === FeatureState.ENABLED && textOf(channel.group) !== undefined;
      for (const key of ['apiVersion', 'kind', 'name'].filter(name => textOf(channel[name]) === undefined && !(name === 'apiVersion' && grouped))) {
        context.report(subscription, {
          field: `spec.channel.${key}`,
          reason: 'a Subscription belongs to a channel, which API version, kind and name name together',
          fix: `write the ${key} of the channel`,
        });
      }
      if (textOf(channel.namespace) && profile.eventingFeature(EventingFeature.CROSS_NAMESPACE_EVENT_LINKS) !== FeatureState.ENABLED) {
        context.report(subscription, {
          field: 'spec.channel.namespace',
          value: channel.namespace,
          reason: 'a Subscription and its channel are in one namespace, and the webhook takes no namespace here, not even that one',
          fix: `leave the namespace out, or ${switchOn(EventingFeature.CROSS_NAMESPACE_EVENT_LINKS, profile)}`,
        });
      }
    }
  },
  example: {
    refused: `
apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: mail, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: orders, namespace: shop }
  subscriber: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: mail, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: orders }
  subscriber: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};
