import { deliveringObjects } from './delivery-durations';
import { deliveries } from './destinations';
import { switchOn } from './feature-flag';
import { ClusterProfile } from '../../../core/cluster-profile';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Finding, Rule } from '../../rule';
import { Fields, isGiven } from '../../values';

const INT32 = 2 ** 31 - 1;

export const deliveryFields: Rule = {
  code: 'SM0322',
  title: 'delivery that the webhook refuses',
  explanation: 'retry is a whole number of at least 0; backoffPolicy, format and the fields behind feature flags have few values '
    + '(knative/eventing pkg/apis/duck/v1/delivery_types.go).',
  peers: ['knative-validation'],
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
    backoffPolicy: constant
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
    backoffPolicy: linear
`,
  },
  check(context) {
    for (const object of deliveringObjects(context)) {
      for (const { field, delivery } of deliveries(object)) {
        for (const finding of flaws(delivery, context.profile(object))) context.report(object, { ...finding, field: `${field}.${finding.field}` });
      }
    }
  },
};

function flaws(delivery: Fields, profile: ClusterProfile): (Finding & { readonly field: string })[] {
  const { retry, backoffPolicy, format, timeout, retryAfterMax } = delivery;
  const found: (Finding & { readonly field: string })[] = [];
  if (isGiven(retry) && !(typeof retry === 'number' && Number.isInteger(retry) && retry >= 0 && retry <= INT32)) {
    found.push({ field: 'retry', value: retry, reason: 'the number of retries is a whole number of at least 0', fix: 'write such a number, without quotes' });
  }
  if (isGiven(backoffPolicy) && !['linear', 'exponential'].includes(backoffPolicy as string)) {
    found.push({ field: 'backoffPolicy', value: backoffPolicy, reason: 'no such policy is known', fix: 'write linear or exponential' });
  }
  if (isGiven(format) && !['json', 'binary'].includes(format as string)) {
    found.push({ field: 'format', value: format, reason: 'no such format is known', fix: 'write json or binary' });
  }
  if (isGiven(timeout) && !enabled(profile, EventingFeature.DELIVERY_TIMEOUT)) found.push(behindFlag('timeout', timeout, EventingFeature.DELIVERY_TIMEOUT, profile));
  if (isGiven(retryAfterMax) && !enabled(profile, EventingFeature.DELIVERY_RETRY_AFTER)) {
    found.push(behindFlag('retryAfterMax', retryAfterMax, EventingFeature.DELIVERY_RETRY_AFTER, profile));
  }
  return found;
}

function enabled(profile: ClusterProfile, feature: EventingFeature): boolean {
  return profile.eventingFeature(feature) === FeatureState.ENABLED;
}

function behindFlag(field: string, value: unknown, feature: EventingFeature, profile: ClusterProfile): Finding & { readonly field: string } {
  return {
    field,
    value,
    reason: `the cluster's feature flag ${feature.key} is off`,
    fix: `leave ${field} out, or ${switchOn(feature, profile)}`,
  };
}
