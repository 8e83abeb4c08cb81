import { ClusterProfile } from '../../../core/cluster-profile';
import { FeatureState } from '../../../core/feature-state';
import { ServingFeature } from '../../../core/serving-feature';
import { Finding } from '../../rule';

/** What stands behind a feature flag, and where. */
export interface Gated {
  readonly field: string;
  readonly value?: unknown;
  /** What messages call it, where the name of the field does not say it. */
  readonly what?: string;
  readonly feature: ServingFeature;
  /** Whether the flag has to be enabled; for most fields `allowed` will do. */
  readonly enabled?: boolean;
}

const MEMBERS = new Map(Object.entries(ServingFeature)
  .filter((entry): entry is [string, ServingFeature] => entry[1] instanceof ServingFeature)
  .map(([member, feature]) => [feature.key, member]));

/** Reports what the cluster's flags do not let pass. */
export function behindFlag({ field, value, what, feature, enabled }: Gated, profile: ClusterProfile): Finding[] {
  const state = profile.servingFeature(feature);
  if (state === FeatureState.ENABLED || (state === FeatureState.ALLOWED && !enabled)) return [];
  return [{
    field,
    value,
    reason: `${what ?? field.split('.').pop()} needs the feature flag ${feature.key}, which is ${state} in this cluster`,
    fix: `drop the field, or set ${feature.key}: enabled in ConfigMap config-features of ${profile.knativeServingNamespace} and declare it in the cluster profile; `
      + `with the constructs, ClusterProfile({ servingFeatures: [ServingFeature.${MEMBERS.get(feature.key)}.enabled()] })`,
  }];
}
