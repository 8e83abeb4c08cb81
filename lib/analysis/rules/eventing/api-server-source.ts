import { SOURCES, specOf } from './brokers';
import { switchOn } from './feature-flag';
import { ClusterProfile } from '../../../core/cluster-profile';
import { EventingFeature } from '../../../core/eventing-feature';
import { FeatureState } from '../../../core/feature-state';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, listOf, textOf } from '../../values';

const MODES = ['Reference', 'Resource'];

export const apiServerSource: Rule = {
  code: 'SM0355',
  title: 'ApiServerSource that watches nothing Knative knows',
  explanation: 'It names at least one resource by API version and kind; its mode is Reference or Resource; filters are behind the flag new-apiserversource-filters '
    + '(knative/eventing pkg/apis/sources/v1/apiserver_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const source of context.model.ofKind(SOURCES, 'ApiServerSource')) {
      for (const finding of flaws(specOf(source), context.profile(source))) context.report(source, finding);
    }
  },
  example: {
    refused: `
apiVersion: sources.knative.dev/v1
kind: ApiServerSource
metadata: { name: events, namespace: shop }
spec:
  mode: Full
  resources:
    - apiVersion: v1
      kind: Event
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: ApiServerSource
metadata: { name: events, namespace: shop }
spec:
  mode: Resource
  resources:
    - apiVersion: v1
      kind: Event
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};

function flaws(spec: Fields, profile: ClusterProfile): Finding[] {
  const { mode, owner, filters } = spec;
  const resources = listOf(spec.resources);
  const found: Finding[] = [];
  if (isGiven(mode) && mode !== '' && !MODES.includes(mode as string)) {
    found.push({ field: 'spec.mode', value: mode, reason: 'no such mode is known', fix: 'write Reference or Resource' });
  }
  if (resources.length === 0) {
    found.push({ field: 'spec.resources', reason: 'it watches nothing', fix: 'name at least one resource by apiVersion and kind' });
  }
  found.push(...resources.flatMap((resource, index) => kindFlaws(`spec.resources[${index}]`, fieldsOf(resource))));
  if (isGiven(owner)) found.push(...kindFlaws('spec.owner', fieldsOf(owner)));
  const flag = EventingFeature.NEW_API_SERVER_SOURCE_FILTERS;
  if (listOf(filters).length > 0 && profile.eventingFeature(flag) !== FeatureState.ENABLED) {
    found.push({
      field: 'spec.filters',
      reason: `the cluster's feature flag ${flag.key} is off`,
      fix: `filter in the Trigger that gets the events, or ${switchOn(flag, profile)}`,
    });
  }
  return found;
}

function kindFlaws(field: string, { apiVersion, kind }: Fields): Finding[] {
  return [
    ...textOf(kind)?.trim() ? [] : [{ field: `${field}.kind`, reason: 'a resource is named by API version and kind', fix: 'write the kind' }],
    // the webhook takes an empty API version and any text with at most one slash
    ...(textOf(apiVersion) ?? '').split('/').length > 2
      ? [{ field: `${field}.apiVersion`, value: apiVersion, reason: 'an API version is v1 or group/version', fix: 'write such a one' }] : [],
  ];
}
