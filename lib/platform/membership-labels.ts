import { LINKERD_INJECT, MESH_LABELS } from '../core/membership';
import { MeshMembership, MeshMode } from '../core/mesh-mode';

/** The labels by which a namespace puts its pods into the mesh, or keeps them out. */
export function membershipLabels(membership: MeshMembership, mode: MeshMode, revision?: string): { [key: string]: string } {
  switch (membership) {
    case MeshMembership.SIDECAR:
      // both labels at once contradict each other: the older one wins and the revision is ignored
      return revision === undefined ? { [MESH_LABELS.namespaceInjection]: 'enabled' } : { [MESH_LABELS.revision]: revision };
    case MeshMembership.AMBIENT:
      return { [MESH_LABELS.dataplaneMode]: 'ambient' };
    case MeshMembership.LINKERD:
      return {};
    default:
      return {
        ...mode === MeshMode.NONE || mode === MeshMode.LINKERD ? {} : { [MESH_LABELS.namespaceInjection]: 'disabled' },
        ...mode === MeshMode.AMBIENT ? { [MESH_LABELS.dataplaneMode]: 'none' } : {},
      };
  }
}

/** The annotation by which a namespace puts its pods into Linkerd, or keeps them out. */
export function membershipAnnotations(membership: MeshMembership, mode: MeshMode): { [key: string]: string } {
  if (membership === MeshMembership.LINKERD) return { [LINKERD_INJECT]: 'enabled' };
  return mode === MeshMode.LINKERD ? { [LINKERD_INJECT]: 'disabled' } : {};
}
