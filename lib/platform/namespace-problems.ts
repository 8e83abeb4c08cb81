import { ClusterProfile } from '../core/cluster-profile';
import { MeshMembership, MeshMode } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';

interface Said {
  readonly revision?: string;
  readonly labels?: { [key: string]: string };
}

/** What was said of a namespace and cannot hold together. */
export function namespaceProblems(
  said: Said, mesh: MeshMembership, profile: ClusterProfile, owned: { [key: string]: string },
): ProblemReport[] {
  return [...notInThisMesh(mesh, profile), ...revisionWithoutSidecar(said, mesh), ...overriddenLabels(said, owned)];
}

function notInThisMesh(mesh: MeshMembership, profile: ClusterProfile): ProblemReport[] {
  const missing = mesh !== MeshMembership.OUTSIDE && profile.mesh === MeshMode.NONE ? 'no mesh'
    : mesh === MeshMembership.AMBIENT && profile.mesh === MeshMode.SIDECAR ? 'a mesh of sidecars, without ztunnel' : undefined;
  return missing === undefined ? [] : [{
    code: 'SM0504',
    field: 'mesh',
    value: mesh,
    reason: `the cluster profile says that the cluster has ${missing}, so the label would do nothing and the pods would stay outside`,
    fix: 'leave mesh out to follow the profile, or set the profile to what the cluster has (ClusterProfile.sidecar(), .ambient())',
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
