import { EVENTING, specOf } from './brokers';
import { switchOn } from './feature-flag';
import { ClusterProfile } from '../../../core/cluster-profile';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, listOf, textOf } from '../../values';

const WITH_OIDC = new ClusterProfile({ eventingFeatures: [EventingFeature.OIDC_AUTHENTICATION.enabled()] });

export const eventPolicyFeature: Rule = {
  code: 'SM0360',
  title: 'EventPolicy in a cluster that does not authenticate events',
  explanation: 'The webhook refuses every EventPolicy while the flag authentication-oidc is off, as it is by default '
    + '(knative/eventing pkg/apis/eventing/v1alpha1/eventpolicy_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const policy of context.model.ofKind(EVENTING, 'EventPolicy')) {
      const flag = EventingFeature.OIDC_AUTHENTICATION;
      const profile = context.profile(policy);
      if (profile.eventingFeature(flag) === FeatureState.ENABLED) continue;
      context.report(policy, {
        field: 'kind',
        reason: `the cluster's feature flag ${flag.key} is off, and without it the webhook takes no EventPolicy`,
        fix: `drop the EventPolicy, or ${switchOn(flag, profile)}`,
      });
    }
  },
  example: {
    refused: `
apiVersion: eventing.knative.dev/v1alpha1
kind: EventPolicy
metadata: { name: orders, namespace: shop }
spec:
  from:
    - sub: system:serviceaccount:shop:checkout
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 2 * * *'
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};

export const eventPolicyEntries: Rule = {
  code: 'SM0361',
  title: 'EventPolicy that names nobody, or two at once',
  explanation: 'Each sender is a reference or a subject, in which * stands at the end alone; each target is a reference or a selector '
    + '(knative/eventing pkg/apis/eventing/v1alpha1/eventpolicy_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const policy of context.model.ofKind(EVENTING, 'EventPolicy')) {
      const spec = specOf(policy);
      const findings = [
        ...listOf(spec.from).flatMap((entry, index) => entryFlaws(`spec.from[${index}]`, fieldsOf(entry), 'sub')),
        ...listOf(spec.to).flatMap((entry, index) => entryFlaws(`spec.to[${index}]`, fieldsOf(entry), 'selector')),
      ];
      for (const finding of findings) context.report(policy, finding);
    }
  },
  example: {
    profile: WITH_OIDC,
    refused: `
apiVersion: eventing.knative.dev/v1alpha1
kind: EventPolicy
metadata: { name: orders, namespace: shop }
spec:
  from:
    - sub: system:serviceaccount:*:checkout
`,
    accepted: `
apiVersion: eventing.knative.dev/v1alpha1
kind: EventPolicy
metadata: { name: orders, namespace: shop }
spec:
  from:
    - sub: system:serviceaccount:shop:*
`,
  },
};

function entryFlaws(field: string, entry: Fields, other: 'sub' | 'selector'): Finding[] {
  const { ref } = entry;
  const value = entry[other];
  const found: Finding[] = [];
  const absent = other === 'sub' ? textOf(value) === undefined : !isGiven(value);
  if (!isGiven(ref) && absent) {
    found.push({ field, reason: `it has neither ref nor ${other}`, fix: 'write one of the two' });
  }
  if (isGiven(ref) && isGiven(value)) {
    found.push({ field, reason: `ref and ${other} exclude each other`, fix: 'make an entry of its own for each' });
  }
  if (isGiven(ref)) {
    found.push(...['apiVersion', 'kind', 'name'].filter(key => textOf(fieldsOf(ref)[key]) === undefined).map(key => ({
      field: `${field}.ref.${key}`,
      reason: 'a reference names API version, kind and name',
      fix: `write the ${key}`,
    })));
  }
  if (other === 'sub' && typeof value === 'string' && value.length > 1 && value.slice(0, -1).includes('*')) {
    found.push({ field: `${field}.sub`, value, reason: '* stands for any ending, so it stands at the end alone', fix: 'write the subject, or its beginning followed by *' });
  }
  return found;
}
