import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Intents } from './intents';
import { MeshMembership, MeshMode } from './mesh-mode';
import { derived } from './rendering';

/** Labels by which a namespace or a pod joins the mesh or stays out. */
export const MESH_LABELS = {
  namespaceInjection: 'istio-injection',
  podInjection: 'sidecar.istio.io/inject',
  revision: 'istio.io/rev',
  dataplaneMode: 'istio.io/dataplane-mode',
} as const;

/** Membership that a namespace gives to its pods, or undefined where nothing in the app or the profile says so. */
export function namespaceMembership(scope: IConstruct, namespace: string): MeshMembership | undefined {
  const declared = Intents.of(scope).namespaces.all.find(entry => entry.name === namespace);
  if (declared) return declared.mesh;
  const raw = derived(scope.node.root, rawNamespaces).get(namespace);
  if (raw) return membershipFromLabels(raw.toJson().metadata.labels ?? {});
  return ClusterProfile.of(scope).namespaces.find(entry => entry.name === namespace)?.mesh;
}

/** Membership that labels give to a namespace's pods. */
export function membershipFromLabels(labels: { [key: string]: string }): MeshMembership | undefined {
  if (labels[MESH_LABELS.namespaceInjection] === 'enabled' || labels[MESH_LABELS.revision]) return MeshMembership.SIDECAR;
  if (labels[MESH_LABELS.namespaceInjection] === 'disabled') return MeshMembership.OUTSIDE;
  switch (labels[MESH_LABELS.dataplaneMode]) {
    case 'ambient': return MeshMembership.AMBIENT;
    case 'none': return MeshMembership.OUTSIDE;
    default: return undefined;
  }
}

/**
 * Membership of a workload whose pods carry the mesh's own pod label: it is in the mesh unless the mesh is off or
 * its namespace keeps the injector away, which no pod label can override.
 */
export function labelledPodMembership(scope: IConstruct, namespace: string): MeshMembership {
  const profile = ClusterProfile.of(scope);
  if (profile.mesh === MeshMode.NONE) return MeshMembership.OUTSIDE;
  return namespaceMembership(scope, namespace) ?? profile.defaultMembership;
}

/**
 * Membership of pods that were not labelled on purpose: what their own labels say, otherwise what their namespace gives them, and
 * nothing where neither says a word. The injector does not look at pods of a namespace that keeps it away, nor at those on the host's network.
 */
export function podMembership(scope: IConstruct, namespace: string, labels: { [key: string]: string }, hostNetwork = false): MeshMembership {
  if (ClusterProfile.of(scope).mesh === MeshMode.NONE || hostNetwork) return MeshMembership.OUTSIDE;
  const given = namespaceMembership(scope, namespace);
  const own = membershipFromPodLabels(labels);
  if (own === MeshMembership.SIDECAR && given === MeshMembership.OUTSIDE) return MeshMembership.OUTSIDE;
  if (given === MeshMembership.AMBIENT && labels[MESH_LABELS.dataplaneMode] === 'none') return own ?? MeshMembership.OUTSIDE;
  return own ?? given ?? MeshMembership.OUTSIDE;
}

/** Membership that labels give to the pods which carry them. */
export function membershipFromPodLabels(labels: { [key: string]: string }): MeshMembership | undefined {
  switch (labels[MESH_LABELS.podInjection]) {
    case 'true': return MeshMembership.SIDECAR;
    case 'false': return labels[MESH_LABELS.dataplaneMode] === 'ambient' ? MeshMembership.AMBIENT : MeshMembership.OUTSIDE;
  }
  if (labels[MESH_LABELS.revision]) return MeshMembership.SIDECAR;
  return labels[MESH_LABELS.dataplaneMode] === 'ambient' ? MeshMembership.AMBIENT : undefined;
}

/** The pod label that puts a workload into the mesh, or keeps it out. */
export function podMeshLabels(membership: MeshMembership, mode: MeshMode): { [key: string]: string } {
  if (mode === MeshMode.NONE) return {};
  switch (membership) {
    case MeshMembership.SIDECAR: return { [MESH_LABELS.podInjection]: 'true' };
    case MeshMembership.AMBIENT: return { [MESH_LABELS.dataplaneMode]: 'ambient' };
    default: return mode === MeshMode.AMBIENT ? { [MESH_LABELS.dataplaneMode]: 'none' } : { [MESH_LABELS.podInjection]: 'false' };
  }
}

function rawNamespaces(root: IConstruct): Map<string, ApiObject> {
  return new Map(root.node.findAll()
    .filter((c): c is ApiObject => ApiObject.isApiObject(c))
    .filter(object => object.kind === 'Namespace')
    .map(object => [object.name, object]));
}
