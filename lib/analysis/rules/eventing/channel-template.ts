import { FLOWS, MESSAGING, specOf } from './brokers';
import { Rule } from '../../rule';
import { fieldsOf, isGiven, textOf } from '../../values';

/** Kinds that make channels from a template. A cluster has a default one, so a missing template is no mistake. */
const TEMPLATED: readonly (readonly [group: string, kind: string])[] = [[MESSAGING, 'Channel'], [FLOWS, 'Sequence'], [FLOWS, 'Parallel']];

export const channelTemplate: Rule = {
  code: 'SM0350',
  title: 'channel template that names no kind of channel',
  explanation: 'A template of channels names API version and kind (knative/eventing pkg/apis/messaging/v1/channel_validation.go, pkg/apis/flows/v1). '
    + 'Without a template the cluster\'s default holds.',
  peers: ['knative-validation'],
  check(context) {
    for (const [group, kind] of TEMPLATED) {
      for (const object of context.model.ofKind(group, kind)) {
        const { channelTemplate: template } = specOf(object);
        if (!isGiven(template)) continue;
        for (const key of ['apiVersion', 'kind'].filter(name => textOf(fieldsOf(template)[name]) === undefined)) {
          context.report(object, {
            field: `spec.channelTemplate.${key}`,
            reason: 'a template of channels names API version and kind',
            fix: 'write both, such as messaging.knative.dev/v1 InMemoryChannel, or leave the template out for the cluster\'s default',
          });
        }
      }
    }
  },
  example: {
    refused: `
apiVersion: messaging.knative.dev/v1
kind: Channel
metadata: { name: orders, namespace: shop }
spec:
  channelTemplate: { kind: KafkaChannel }
`,
    accepted: `
apiVersion: messaging.knative.dev/v1
kind: Channel
metadata: { name: orders, namespace: shop }
spec:
  channelTemplate: { apiVersion: messaging.knative.dev/v1beta1, kind: KafkaChannel }
`,
  },
};
