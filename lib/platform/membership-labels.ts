import { MESH_LABELS } from '../core/membership';
import { MeshMembership, MeshMode } from '../core/mesh-mode';

/** The labels by which a namespace puts its pods into the mesh, or keeps them out. */
export function membershipLabels(membership: MeshMembership, mode: MeshMode, revision?: string): { [key: string]: string } {
  switch (membership) {
    case MeshMembership.SIDECAR:
      // both labels at once contradict each other: the older one wins and the revision is ignored
      return revision === undefined ? { [MESH_LABELS.namespaceInjection]: 'enabled' } : { [MESH_LABELS.revision]: revision };
    case MeshMembership.AMBIENT:
      return { [MESH_LABELS.dataplaneMode]: 'ambient' };
    default:
      return {
        ...mode === MeshMode.NONE ? {} : { [MESH_LABELS.namespaceInjection]: 'disabled' },
        ...mode === MeshMode.AMBIENT ? { [MESH_LABELS.dataplaneMode]: 'none' } : {},
      };
  }
}
