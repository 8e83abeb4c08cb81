import { ClusterProfile } from '../../core/cluster-profile';
import { membershipFromLabels, membershipFromPodLabels } from '../../core/membership';
import { MeshMembership } from '../../core/mesh-mode';
import { ManifestModel } from '../model';
import { labelsOf } from './labels';
import { containersOf, Workload } from './workload';

/** What a namespace gives to its pods; undefined where nothing of the app or the profile says so. */
export function namespaceMembership(model: ManifestModel, namespace: string, profile: ClusterProfile): MeshMembership | undefined {
  const declared = model.byName('', 'Namespace', undefined, namespace);
  // a namespace without any of the labels is left alone by the injector
  if (declared) return membershipFromLabels(labelsOf(declared.manifest.metadata.labels)) ?? MeshMembership.OUTSIDE;
  return profile.namespaces.find(entry => entry.name === namespace)?.mesh;
}

/** Whether and how the pods of a workload are in the mesh; undefined where nothing of the app or the profile says so. */
export function membershipOf(model: ManifestModel, workload: Workload): MeshMembership | undefined {
  const profile = ClusterProfile.of(workload.object.construct);
  if (!profile.hasIstio) return MeshMembership.OUTSIDE;
  if (workload.annotations['ambient.istio.io/redirection'] === 'enabled') return MeshMembership.AMBIENT;
  if (containersOf(workload).some(({ value }) => value.name === 'istio-proxy' && value.image !== undefined)) return MeshMembership.SIDECAR;
  if (workload.spec.hostNetwork === true) return MeshMembership.OUTSIDE;
  const given = namespaceMembership(model, workload.namespace, profile);
  return membershipFromPodLabels(workload.labels) ?? fromAnnotation(workload) ?? given;
}

function fromAnnotation({ annotations }: Workload): MeshMembership | undefined {
  switch (annotations['sidecar.istio.io/inject']) {
    case 'true': return MeshMembership.SIDECAR;
    case 'false': return MeshMembership.OUTSIDE;
    default: return undefined;
  }
}
