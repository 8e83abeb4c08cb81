import { ClusterProfile } from '../../../core/cluster-profile';
import { EventingFeature } from '../../../core/eventing-feature';

/** How a flag of Knative Eventing is opened, as messages say it. */
export function switchOn({ key }: EventingFeature, { knativeEventingNamespace }: ClusterProfile): string {
  return `set ${key}: enabled in ConfigMap config-features of ${knativeEventingNamespace} and declare it in the cluster profile `
    + '(with the constructs, eventingFeatures of ClusterProfile)';
}
