import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Intents } from './intents';
import { MeshMembership, MeshMode } from './mesh-mode';
import { derived, render } from './rendering';

/** Labels by which a namespace or a pod joins the mesh or stays out. */
export const MESH_LABELS = {
  namespaceInjection: 'istio-injection',
  podInjection: 'sidecar.istio.io/inject',
  revision: 'istio.io/rev',
  dataplaneMode: 'istio.io/dataplane-mode',
} as const;

/** Annotation by which pods join Linkerd or stay out, their own or their namespace's. */
export const LINKERD_INJECT = 'linkerd.io/inject';

/** Membership that a namespace gives to its pods, or undefined where nothing in the app or the profile says so. */
export function namespaceMembership(scope: IConstruct, namespace: string): MeshMembership | undefined {
  const declared = Intents.of(scope).namespaces.all.find(entry => entry.name === namespace);
  if (declared) return declared.mesh;
  const raw = derived(scope.node.root, rawNamespaces).get(namespace);
  if (raw) {
    const { labels, annotations } = render(raw).manifest?.metadata ?? {};
    return ClusterProfile.of(scope).mesh === MeshMode.LINKERD ? membershipFromAnnotations(annotations ?? {}) : membershipFromLabels(labels ?? {});
  }
  return ClusterProfile.of(scope).namespaces.find(entry => entry.name === namespace)?.mesh;
}

/**
 * Membership that labels give to a namespace's pods. Every webhook of the injector wants `istio-injection` to be `enabled` or absent, so any
 * other value keeps it away, even where `istio.io/rev` is set; ztunnel does not look at it.
 */
export function membershipFromLabels(labels: { [key: string]: string }): MeshMembership | undefined {
  const injection = labels[MESH_LABELS.namespaceInjection];
  if (injection === 'enabled' || (injection === undefined && labels[MESH_LABELS.revision])) return MeshMembership.SIDECAR;
  if (labels[MESH_LABELS.dataplaneMode] === 'ambient') return MeshMembership.AMBIENT;
  return injection !== undefined || labels[MESH_LABELS.dataplaneMode] === 'none' ? MeshMembership.OUTSIDE : undefined;
}

/** Membership that annotations give to the pods which carry them, or to those of a namespace which does. */
export function membershipFromAnnotations(annotations: { [key: string]: string }): MeshMembership | undefined {
  switch (annotations[LINKERD_INJECT]) {
    case 'enabled': case 'ingress': return MeshMembership.LINKERD;
    case 'disabled': return MeshMembership.OUTSIDE;
    default: return undefined;
  }
}

/**
 * Membership of a workload whose pods carry the mesh's own label or annotation: it is in the mesh unless the mesh is off or
 * its namespace keeps Istio's injector away, which no pod label can override. Linkerd's reads the pod first.
 */
export function labelledPodMembership(scope: IConstruct, namespace: string): MeshMembership {
  const profile = ClusterProfile.of(scope);
  if (!profile.hasIstio) return profile.defaultMembership;
  return namespaceMembership(scope, namespace) ?? profile.defaultMembership;
}

/**
 * Membership of pods that were not labelled on purpose: what their own labels say, otherwise what their namespace gives them, and
 * nothing where neither says a word. The injector does not look at pods of a namespace that keeps it away, nor at those on the host's network.
 * ztunnel takes every pod without a sidecar that does not opt out of it, also where the pod refuses a sidecar.
 */
export function podMembership(scope: IConstruct, namespace: string, labels: { [key: string]: string }, hostNetwork = false): MeshMembership {
  const { mesh } = ClusterProfile.of(scope);
  if (mesh === MeshMode.NONE || hostNetwork) return MeshMembership.OUTSIDE;
  const given = namespaceMembership(scope, namespace);
  if (mesh === MeshMode.LINKERD) return given ?? MeshMembership.OUTSIDE;
  if ((wantsSidecar(labels) ?? given === MeshMembership.SIDECAR) && given !== MeshMembership.OUTSIDE) return MeshMembership.SIDECAR;
  const mode = labels[MESH_LABELS.dataplaneMode];
  return mode === 'ambient' || (given === MeshMembership.AMBIENT && mode !== 'none') ? MeshMembership.AMBIENT : MeshMembership.OUTSIDE;
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

function wantsSidecar(podLabels: { [key: string]: string }): boolean | undefined {
  switch (podLabels[MESH_LABELS.podInjection]) {
    case 'true': return true;
    case 'false': return false;
    default: return podLabels[MESH_LABELS.revision] ? true : undefined;
  }
}

/** The pod label that puts a workload into the mesh, or keeps it out. */
export function podMeshLabels(membership: MeshMembership, mode: MeshMode): { [key: string]: string } {
  if (mode === MeshMode.NONE || mode === MeshMode.LINKERD) return {};
  switch (membership) {
    case MeshMembership.SIDECAR: return { [MESH_LABELS.podInjection]: 'true' };
    case MeshMembership.AMBIENT: return { [MESH_LABELS.dataplaneMode]: 'ambient' };
    default: return mode === MeshMode.AMBIENT ? { [MESH_LABELS.dataplaneMode]: 'none' } : { [MESH_LABELS.podInjection]: 'false' };
  }
}

/** The pod annotation by which Linkerd takes a workload in, or leaves it out, whatever the namespace says. */
export function podMeshAnnotations(membership: MeshMembership, mode: MeshMode): { [key: string]: string } {
  return mode === MeshMode.LINKERD ? { [LINKERD_INJECT]: membership === MeshMembership.LINKERD ? 'enabled' : 'disabled' } : {};
}

function rawNamespaces(root: IConstruct): Map<string, ApiObject> {
  return new Map(root.node.findAll()
    .filter((c): c is ApiObject => ApiObject.isApiObject(c))
    .filter(object => object.kind === 'Namespace')
    .map(object => [object.name, object]));
}
