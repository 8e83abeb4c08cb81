import { annotationOf, MESSAGING, specOf } from './brokers';
import { Rule } from '../../rule';
import { fieldsOf, listOf, textOf } from '../../values';

const SCOPE_ANNOTATION = 'eventing.knative.dev/scope';

export const channelSubscribers: Rule = {
  code: 'SM0351',
  title: 'subscribers written into a channel',
  explanation: 'Subscribers get into a channel through Subscription objects. The webhook refuses them in a Channel, and in an InMemoryChannel those without an address '
    + '(knative/eventing pkg/apis/messaging/v1/channel_validation.go, in_memory_channel_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const channel of context.model.ofKind(MESSAGING, 'Channel')) {
      if (listOf(specOf(channel).subscribers).length === 0) continue;
      context.report(channel, {
        field: 'spec.subscribers',
        reason: 'Knative\'s controller keeps this list, and the webhook refuses one that was written by hand',
        fix: 'write a Subscription for each of them',
      });
    }
    for (const channel of context.model.ofKind(MESSAGING, 'InMemoryChannel')) {
      listOf(specOf(channel).subscribers).map(fieldsOf).forEach(({ subscriberUri, replyUri }, index) => {
        if (textOf(subscriberUri) !== undefined || textOf(replyUri) !== undefined) return;
        context.report(channel, {
          field: `spec.subscribers[${index}]`,
          reason: 'it has neither subscriberUri nor replyUri',
          fix: 'write a Subscription instead, and leave this list to Knative\'s controller',
        });
      });
    }
  },
  example: {
    refused: `
apiVersion: messaging.knative.dev/v1
kind: Channel
metadata: { name: orders, namespace: shop }
spec:
  channelTemplate: { apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel }
  subscribers:
    - subscriberUri: http://mailer.shop.svc.cluster.local
`,
    accepted: `
apiVersion: messaging.knative.dev/v1
kind: Channel
metadata: { name: orders, namespace: shop }
spec:
  channelTemplate: { apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel }
---
apiVersion: messaging.knative.dev/v1
kind: Subscription
metadata: { name: mail, namespace: shop }
spec:
  channel: { apiVersion: messaging.knative.dev/v1, kind: Channel, name: orders }
  subscriber: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};

export const channelScope: Rule = {
  code: 'SM0352',
  title: 'scope of an InMemoryChannel that nobody knows',
  explanation: 'The dispatcher of an InMemoryChannel runs once for the cluster or once for the namespace '
    + '(knative/eventing pkg/apis/messaging/v1/in_memory_channel_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const channel of context.model.ofKind(MESSAGING, 'InMemoryChannel')) {
      const scope = annotationOf(channel, SCOPE_ANNOTATION);
      if (scope === undefined || scope === 'cluster' || scope === 'namespace') continue;
      context.report(channel, {
        field: `metadata.annotations[${SCOPE_ANNOTATION}]`,
        value: scope,
        reason: 'a scope is cluster or namespace',
        fix: 'write one of the two, or leave the annotation out for cluster',
      });
    }
  },
  example: {
    refused: `
apiVersion: messaging.knative.dev/v1
kind: InMemoryChannel
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/scope: shop }
`,
    accepted: `
apiVersion: messaging.knative.dev/v1
kind: InMemoryChannel
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/scope: namespace }
`,
  },
};
