import { Construct } from 'constructs';
import { CODES } from './codes';
import { MtlsMode } from './mtls/mtls-mode';
import { modeProblems, mutualTlsProblems } from './mtls/mutual-tls-problems';
import { ClusterProfile } from '../core/cluster-profile';
import { namespaceMembership } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';
import { IWorkload } from '../core/workload';

interface Policy extends Construct {
  readonly namespace: string;
  readonly mtls: MtlsMode;
  readonly defaultDeny: boolean;
  readonly workloads?: IWorkload[];
}

/** Why a policy over a namespace cannot hold, or would cut off what the namespace needs. */
export function policyProblems(policy: Policy): ProblemReport[] {
  const profile = ClusterProfile.of(policy);
  if (!profile.hasIstio) {
    return [{
      code: CODES.noMesh,
      reason: `the cluster profile has ${profile._inPlaceOfIstio}: there is no mutual TLS and nothing that would deny a request`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or leave the MeshPolicy out',
    }];
  }
  const { namespace, mtls, workloads } = policy;
  const said = { mode: mtls, field: 'mtls' };
  return [
    ...workloads === undefined
      ? [...outsideMesh(policy), ...systemNamespace(policy, profile), ...modeProblems(policy, { ...said, namespace })]
      : workloads.flatMap(target => mutualTlsProblems(policy, { ...said, namespace: target.workloadNamespace, target })),
    ...nobodyKnown(policy),
  ];
}

function outsideMesh(policy: Policy): ProblemReport[] {
  if (namespaceMembership(policy, policy.namespace) !== MeshMembership.OUTSIDE) return [];
  return [{
    code: CODES.namespaceOutsideMesh,
    field: 'namespace',
    value: policy.namespace,
    reason: 'the namespace is outside of the mesh: no proxy stands before its pods that could ask for mutual TLS or deny a request',
    fix: 'put it into the mesh (new MeshNamespace(...) with mesh: MeshMembership.SIDECAR), or leave the MeshPolicy out',
  }];
}

function systemNamespace(policy: Policy, profile: ClusterProfile): ProblemReport[] {
  const victims = new Map([
    [profile.istioNamespace, 'every gateway and, as this is the mesh-wide namespace, every workload of the mesh'],
    [profile.knativeServingNamespace, 'the activator, through which every Knative service is reached'],
    [profile.knativeEventingNamespace, 'the brokers and channels'],
  ]);
  const victim = victims.get(policy.namespace);
  if (!policy.defaultDeny || victim === undefined) return [];
  return [{
    code: CODES.systemNamespace,
    field: 'defaultDeny',
    value: true,
    reason: `to deny by default in ${policy.namespace} cuts off ${victim}`,
    fix: 'say defaultDeny: false here and put a MeshPolicy into each namespace of your workloads',
  }];
}

function nobodyKnown(policy: Policy): ProblemReport[] {
  if (policy.mtls !== MtlsMode.DISABLED || !policy.defaultDeny) return [];
  return [{
    code: CODES.mtlsOff,
    field: 'mtls',
    value: policy.mtls,
    reason: 'identities come from mutual TLS: without it no caller has one, so no grant could ever match and everything stays denied',
    fix: 'use MtlsMode.STRICT or MtlsMode.PERMISSIVE, or say defaultDeny: false',
  }];
}
