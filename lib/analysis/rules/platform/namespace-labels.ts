import { ClusterProfile } from '../../../core/cluster-profile';
import { membershipFromAnnotations, membershipFromLabels } from '../../../core/membership';
import { MeshMembership, MeshMode } from '../../../core/mesh-mode';
import { ModelObject } from '../../model';

/** The pod security level that a namespace enforces. */
export function enforcedLevel(namespace: ModelObject): string | undefined {
  return labelsOf(namespace)['pod-security.kubernetes.io/enforce'];
}

/** Whether pods of a namespace get a sidecar. */
export function isInjected(namespace: ModelObject): boolean {
  return membershipFromLabels(labelsOf(namespace)) === MeshMembership.SIDECAR;
}

/** The init container that the mesh puts before every pod of a namespace, to set up redirection. */
export function initContainerIn(namespace: ModelObject, profile: ClusterProfile): 'istio-init' | 'linkerd-init' | undefined {
  if (profile.hasIstio) return profile.istioCni || !isInjected(namespace) ? undefined : 'istio-init';
  if (profile.mesh !== MeshMode.LINKERD || profile.linkerdCni) return undefined;
  return membershipFromAnnotations(namespace.manifest.metadata?.annotations ?? {}) === MeshMembership.LINKERD ? 'linkerd-init' : undefined;
}

function labelsOf(namespace: ModelObject): Record<string, string> {
  return namespace.manifest.metadata?.labels ?? {};
}
