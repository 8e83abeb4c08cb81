import { ExternalHost } from './external-host';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';

/** Makes hosts outside of the cluster known to the mesh; without a mesh there is nobody to tell. */
Intents.onAttach(intents => intents.externals.forEach(external => {
  if (ClusterProfile.of(external.construct).hasIstio) ExternalHost.ensure(intents.root, external);
}));
