import { IConstruct } from 'constructs';
import { MTLS_CODES } from './codes';
import { MtlsMode } from './mtls-mode';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { namespaceMembership } from '../../core/membership';
import { MeshMembership } from '../../core/mesh-mode';
import { ProblemReport } from '../../core/problem';
import { IRequestTarget, IWorkload } from '../../core/workload';
import { allCalls } from '../calls';
import { CODES } from '../codes';
import { asWorkload, nameInMessages } from '../policy-target';

/** What somebody says that pods accept. */
export interface SaidMode {
  readonly namespace: string;
  readonly mode: MtlsMode;
  /** The pods; all of the namespace where none are named. */
  readonly target?: IRequestTarget;
  /** The property that says it. */
  readonly field: string;
}

/** Why pods could not accept what is said that they do, or would turn away what they need. */
export function mutualTlsProblems(scope: IConstruct, said: SaidMode): ProblemReport[] {
  const profile = ClusterProfile.of(scope);
  if (!profile.hasIstio) {
    return [{
      code: CODES.noMesh,
      reason: `the cluster profile has ${profile._inPlaceOfIstio}: nobody follows it`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or leave it out',
    }];
  }
  const membership = membershipOf(scope, said);
  if (membership === MeshMembership.OUTSIDE) return [outside(said)];
  return modeProblems(scope, said);
}

/** The same of pods that are in the mesh. */
export function modeProblems(scope: IConstruct, said: SaidMode): ProblemReport[] {
  const profile = ClusterProfile.of(scope);
  switch (said.mode) {
    case MtlsMode.DISABLED: return (membershipOf(scope, said) ?? profile.defaultMembership) === MeshMembership.AMBIENT ? [disabledInAmbient(said)] : [];
    case MtlsMode.STRICT: return [...servingOutsideMesh(scope, said, profile), ...eventingOutsideMesh(scope, said, profile)];
    default: return [];
  }
}

function membershipOf(scope: IConstruct, { namespace, target }: SaidMode): MeshMembership | undefined {
  return (target && asWorkload(target)?.meshMembership) ?? namespaceMembership(scope, namespace);
}

function outside({ namespace, target }: SaidMode): ProblemReport {
  return {
    code: MTLS_CODES.targetOutsideMesh,
    field: target === undefined ? 'namespace' : 'target',
    value: target === undefined ? namespace : nameInMessages(target),
    reason: 'its pods are outside of the mesh: no proxy stands before them that could ask for mutual TLS',
    fix: `put the namespace ${namespace} into the mesh (new MeshNamespace(...) with mesh: MeshMembership.SIDECAR), or leave it out`,
  };
}

function disabledInAmbient({ field, mode }: SaidMode): ProblemReport {
  return {
    code: CODES.mtlsOff,
    field,
    value: mode,
    reason: 'in ambient mode pods are always reached over mutual TLS, which cannot be switched off',
    fix: 'use MtlsMode.PERMISSIVE to accept plain text too',
  };
}

function servingOutsideMesh(scope: IConstruct, said: SaidMode, profile: ClusterProfile): ProblemReport[] {
  const services = Intents.of(scope).workloads.all
    .filter(workload => isMeant(said, workload) && isKnativeWorkload(workload))
    .filter(workload => workload.meshMembership !== MeshMembership.OUTSIDE)
    .map(workload => workload.workloadName);
  if (profile.knativeServingInMesh || services.length === 0) return [];
  return [{
    code: CODES.servingOutsideMesh,
    field: said.field,
    value: said.mode,
    reason: `the pods of ${services.join(', ')} would refuse the activator and the autoscaler of Knative, which are outside of the mesh in ${profile.knativeServingNamespace} `
      + 'and speak plain text: requests that the activator forwards fail and nothing scales',
    fix: `label the namespace ${profile.knativeServingNamespace} with istio-injection=enabled and say knativeServingInMesh: true in the cluster profile, or use MtlsMode.PERMISSIVE`,
  }];
}

/** Deliveries to Knative services come through a gateway, which speaks mutual TLS for a dispatcher that cannot; all others arrive as they are. */
function eventingOutsideMesh(scope: IConstruct, said: SaidMode, profile: ClusterProfile): ProblemReport[] {
  const subscribers = allCalls(scope)
    .filter(({ target, edges }) => isMeant(said, target) && !isKnativeWorkload(target) && edges.some(edge => edge.delivery))
    .map(({ target }) => target.workloadName);
  if (profile.knativeEventingInMesh || subscribers.length === 0) return [];
  return [{
    code: CODES.eventingOutsideMesh,
    field: said.field,
    value: said.mode,
    reason: `${subscribers.join(', ')} would refuse every event: the dispatchers of Knative in ${profile.knativeEventingNamespace} are outside of the mesh and speak plain text`,
    fix: `label the namespace ${profile.knativeEventingNamespace} with istio-injection=enabled and say knativeEventingInMesh: true in the cluster profile, or use MtlsMode.PERMISSIVE`,
  }];
}

function isMeant({ namespace, target }: SaidMode, workload: IWorkload): boolean {
  return target === undefined ? workload.workloadNamespace === namespace : workload === target;
}
