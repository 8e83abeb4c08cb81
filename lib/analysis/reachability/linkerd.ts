import { Answer, depends, named } from './answer';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMode } from '../../core/mesh-mode';
import { ManifestModel } from '../model';
import { fieldsOf, numberOf } from '../values';
import { labelSelector, selects } from '../workloads/labels';

/** What policies of Linkerd leave open: that there are any at the port is known here, and not what they say. */
export function linkerdAnswer(model: ManifestModel, to: Party, profile: ClusterProfile): Answer | undefined {
  const { labels, namespace, port } = to;
  if (profile.mesh !== MeshMode.LINKERD || labels === undefined) return undefined;
  const server = [...model.ofKind('policy.linkerd.io', 'Server')].find(candidate => {
    const { podSelector, port: guarded } = fieldsOf(candidate.manifest.spec);
    return candidate.namespace === namespace && selects(labelSelector(podSelector), labels) && (port === undefined || numberOf(guarded) === undefined || numberOf(guarded) === port);
  });
  return server && depends(`Linkerd decides at ${named(server)}, whose policies are not computed here`, server);
}
