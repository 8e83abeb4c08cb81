import { Construct } from 'constructs';
import { allCalls } from './calls';
import { CODES } from './codes';
import { MtlsMode } from './mtls-mode';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { isKnativeWorkload } from '../core/knative-workload';
import { namespaceMembership } from '../core/membership';
import { MeshMembership, MeshMode } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';

interface Policy extends Construct {
  readonly namespace: string;
  readonly mtls: MtlsMode;
  readonly defaultDeny: boolean;
}

/** Why a policy over a namespace cannot hold, or would cut off what the namespace needs. */
export function policyProblems(policy: Policy): ProblemReport[] {
  const profile = ClusterProfile.of(policy);
  if (profile.mesh === MeshMode.NONE) {
    return [{
      code: CODES.noMesh,
      reason: 'the cluster profile has no mesh: there is no mutual TLS and nothing that would deny a request',
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or leave the MeshPolicy out',
    }];
  }
  return [
    ...outsideMesh(policy),
    ...systemNamespace(policy, profile),
    ...mtlsOff(policy, profile),
    ...policy.mtls === MtlsMode.STRICT ? [...servingOutsideMesh(policy, profile), ...eventingOutsideMesh(policy, profile)] : [],
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

function mtlsOff(policy: Policy, profile: ClusterProfile): ProblemReport[] {
  if (policy.mtls !== MtlsMode.DISABLED) return [];
  const problem = { code: CODES.mtlsOff, field: 'mtls', value: policy.mtls };
  const ambient = (namespaceMembership(policy, policy.namespace) ?? profile.defaultMembership) === MeshMembership.AMBIENT;
  return [
    ...ambient ? [{
      ...problem,
      reason: 'in ambient mode pods are always reached over mutual TLS, which cannot be switched off',
      fix: 'use MtlsMode.PERMISSIVE to accept plain text too',
    }] : [],
    ...policy.defaultDeny ? [{
      ...problem,
      reason: 'identities come from mutual TLS: without it no caller has one, so no grant could ever match and everything stays denied',
      fix: 'use MtlsMode.STRICT or MtlsMode.PERMISSIVE, or say defaultDeny: false',
    }] : [],
  ];
}

function servingOutsideMesh(policy: Policy, profile: ClusterProfile): ProblemReport[] {
  const services = Intents.of(policy).workloads.all
    .filter(workload => workload.workloadNamespace === policy.namespace && isKnativeWorkload(workload))
    .filter(workload => workload.meshMembership !== MeshMembership.OUTSIDE)
    .map(workload => workload.workloadName);
  if (profile.knativeServingInMesh || services.length === 0) return [];
  return [{
    code: CODES.servingOutsideMesh,
    field: 'mtls',
    value: policy.mtls,
    reason: `the pods of ${services.join(', ')} would refuse the activator and the autoscaler of Knative, which are outside of the mesh in ${profile.knativeServingNamespace} `
      + 'and speak plain text: requests that the activator forwards fail and nothing scales',
    fix: `label the namespace ${profile.knativeServingNamespace} with istio-injection=enabled and say knativeServingInMesh: true in the cluster profile, or use MtlsMode.PERMISSIVE`,
  }];
}

/** Deliveries to Knative services come through a gateway, which speaks mutual TLS for a dispatcher that cannot; all others arrive as they are. */
function eventingOutsideMesh(policy: Policy, profile: ClusterProfile): ProblemReport[] {
  const subscribers = allCalls(policy)
    .filter(({ target, edges }) => target.workloadNamespace === policy.namespace && !isKnativeWorkload(target) && edges.some(edge => edge.delivery))
    .map(({ target }) => target.workloadName);
  if (profile.knativeEventingInMesh || subscribers.length === 0) return [];
  return [{
    code: CODES.eventingOutsideMesh,
    field: 'mtls',
    value: policy.mtls,
    reason: `${subscribers.join(', ')} would refuse every event: the dispatchers of Knative in ${profile.knativeEventingNamespace} are outside of the mesh and speak plain text`,
    fix: `label the namespace ${profile.knativeEventingNamespace} with istio-injection=enabled and say knativeEventingInMesh: true in the cluster profile, or use MtlsMode.PERMISSIVE`,
  }];
}
