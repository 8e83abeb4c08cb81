import { membershipFromLabels } from '../../../core/membership';
import { MeshMembership } from '../../../core/mesh-mode';
import { ModelObject } from '../../model';

/** The pod security level that a namespace enforces. */
export function enforcedLevel(namespace: ModelObject): string | undefined {
  return labelsOf(namespace)['pod-security.kubernetes.io/enforce'];
}

/** Whether pods of a namespace get a sidecar. */
export function isInjected(namespace: ModelObject): boolean {
  return membershipFromLabels(labelsOf(namespace)) === MeshMembership.SIDECAR;
}

function labelsOf(namespace: ModelObject): Record<string, string> {
  return namespace.manifest.metadata?.labels ?? {};
}
