import { InboundPolicy } from './inbound-policy';
import { ClusterProfile } from '../core/cluster-profile';
import { MeshMembership, MeshMode } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';
import { memberOf, wrongType } from '../core/wrong-type';

interface Said {
  readonly revision?: string;
  readonly inboundPolicy?: InboundPolicy;
  readonly labels?: { [key: string]: string };
}

/** What was said of a namespace and cannot hold together. */
export function namespaceProblems(
  said: Said, mesh: MeshMembership, profile: ClusterProfile, owned: { [key: string]: string },
): ProblemReport[] {
  return [...wrongPolicy(said), ...notInThisMesh(mesh, profile), ...policyWithoutLinkerd(said, mesh), ...revisionWithoutSidecar(said, mesh), ...overriddenLabels(said, owned)];
}

function notInThisMesh(mesh: MeshMembership, profile: ClusterProfile): ProblemReport[] {
  const missing = lacks(mesh, profile);
  return missing === undefined ? [] : [{
    code: 'SM0504',
    field: 'mesh',
    value: mesh,
    reason: `the cluster profile says that the cluster has ${missing}, so the pods would stay outside`,
    fix: 'leave mesh out to follow the profile, or set the profile to what the cluster has (ClusterProfile.sidecar(), .ambient(), .linkerd())',
  }];
}

function lacks(mesh: MeshMembership, profile: ClusterProfile): string | undefined {
  if (mesh === MeshMembership.OUTSIDE) return undefined;
  if (mesh === MeshMembership.LINKERD) return profile.mesh === MeshMode.LINKERD ? undefined : profile.mesh === MeshMode.NONE ? 'no mesh' : 'Istio in place of Linkerd';
  if (!profile.hasIstio) return profile._inPlaceOfIstio;
  return mesh === MeshMembership.AMBIENT && profile.mesh === MeshMode.SIDECAR ? 'a mesh of sidecars, without ztunnel' : undefined;
}

function wrongPolicy({ inboundPolicy }: Said): ProblemReport[] {
  return wrongType('inboundPolicy', inboundPolicy, memberOf('InboundPolicy', InboundPolicy));
}

function policyWithoutLinkerd({ inboundPolicy }: Said, mesh: MeshMembership): ProblemReport[] {
  return inboundPolicy === undefined || mesh === MeshMembership.LINKERD ? [] : [{
    code: 'SM1350',
    field: 'inboundPolicy',
    value: inboundPolicy,
    reason: 'a default for the proxies of Linkerd, and the pods of the namespace have none',
    fix: 'deny by default with a MeshPolicy where the mesh is Istio, or use ClusterProfile.linkerd() if the cluster has Linkerd',
  }];
}

function revisionWithoutSidecar({ revision }: Said, mesh: MeshMembership): ProblemReport[] {
  return revision === undefined || mesh === MeshMembership.SIDECAR ? [] : [{
    code: 'SM0505',
    field: 'revision',
    value: revision,
    reason: `a revision tag chooses who injects sidecars, and with mesh: ${mesh} none are injected`,
    fix: 'leave revision out, or say mesh: MeshMembership.SIDECAR',
  }];
}

function overriddenLabels({ labels }: Said, owned: { [key: string]: string }): ProblemReport[] {
  return Object.entries(labels ?? {}).filter(([key, value]) => key in owned && owned[key] !== value).map(([key, value]) => ({
    code: 'SM0506',
    field: `labels['${key}']`,
    value,
    reason: `this label follows from mesh, revision and podSecurity, which make it ${JSON.stringify(owned[key])}`,
    fix: 'set mesh, revision or podSecurity instead of the label',
  }));
}
