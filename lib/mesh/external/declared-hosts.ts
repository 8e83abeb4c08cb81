import { ExternalHost } from './external-host';
import { ClusterProfile } from '../../core/cluster-profile';
import { ExternalServiceIntent } from '../../core/external-service';
import { Intents } from '../../core/intents';

/** Makes a host outside of the cluster known to the mesh; without a mesh there is nobody to tell. */
export function declareHost(intents: Intents, external: ExternalServiceIntent): void {
  if (ClusterProfile.of(external.construct).hasIstio) ExternalHost.ensure(intents.root, external);
}
