import { Calls } from './calls';
import { CODES } from './codes';
import { grantProblems } from './grant-problems';
import { arrivesAsGateway, covers } from './identity';
import { JWT_CODES } from './jwt/codes';
import { MtlsMode } from './mtls/mtls-mode';
import { policiesOver } from './policies';
import { ClusterProfile } from '../core/cluster-profile';
import { isByTokenAlone, tokensOf } from '../core/edges';
import { isKnativeWorkload } from '../core/knative-workload';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';

/** Why the policy of a workload could not do what was declared. */
export function accessProblems(calls: Calls): ProblemReport[] {
  const { target, edges } = calls;
  const path = target.node.path;
  const name = target.workloadName;
  const callers = [...new Set(edges.map(edge => edge.caller.callerName))].join(', ');
  const profile = ClusterProfile.of(target);

  if (!profile.hasIstio) {
    return edges.length === 0 ? [] : [{
      code: CODES.noMesh,
      path,
      field: 'grantInvoke',
      value: callers,
      reason: `the cluster profile has ${profile._inPlaceOfIstio}, so nothing would keep anyone else from calling it`,
      fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or leave the grants out',
    }];
  }
  if (target.meshMembership === MeshMembership.OUTSIDE) {
    return edges.length === 0 ? [] : [{
      code: CODES.outsideMesh,
      path,
      field: 'grantInvoke',
      value: callers,
      reason: `the pods of ${name} in namespace ${target.workloadNamespace} are outside of the mesh: no proxy stands before them that could turn anyone away`,
      fix: `put the namespace ${target.workloadNamespace} into the mesh (new MeshNamespace(...) with mesh: MeshMembership.SIDECAR), or leave the grants out`,
    }];
  }
  return [
    ...isKnativeWorkload(target) ? knativeProblems(calls, profile) : [],
    ...grantProblems(calls),
  ].map(problem => ({ path, ...problem }));
}

function knativeProblems(calls: Calls, profile: ClusterProfile): ProblemReport[] {
  return [...servingOutsideMesh(calls, profile), ...undecided(calls), ...withoutToken(calls), ...gatewayNotGranted(calls, profile)];
}

function servingOutsideMesh({ target }: Calls, profile: ClusterProfile): ProblemReport[] {
  // a STRICT policy says so once for the whole namespace
  const saidOnce = policiesOver(target).some(policy => policy.mtls === MtlsMode.STRICT);
  if (profile.knativeServingInMesh || saidOnce) return [];
  return [{
    code: CODES.servingOutsideMesh,
    reason: `Knative's own pods in ${profile.knativeServingNamespace} are outside of the mesh and so have no identity: the policy of this service would shut out `
      + 'the activator, which starts it, and the autoscaler, which measures it',
    fix: `label the namespace ${profile.knativeServingNamespace} with istio-injection=enabled and say knativeServingInMesh: true in the cluster profile`,
  }];
}

function undecided({ target, edges }: Calls): ProblemReport[] {
  if (!isKnativeWorkload(target) || target.activatorStrategy !== undefined) return [];
  const known = edges.filter(edge => !isByTokenAlone(edge));
  if (known.length === 0) return [];
  const callers = [...new Set(known.map(edge => edge.caller.callerName))].join(', ');
  return [{
    code: CODES.activatorUndecided,
    field: 'activatorStrategy',
    reason: `the activator of Knative forwards requests under its own identity whenever ${target.workloadName} has no pod or little spare capacity, `
      + `so a policy that names ${callers} denies them then, and one that names the activator lets in whoever reaches the activator`,
    fix: 'decide: activatorStrategy: ActivatorStrategy.outOfPath() keeps a pod running and verifies the caller itself, '
      + 'activatorStrategy: ActivatorStrategy.trusted() scales to zero and accepts what the activator forwards on the granted methods and paths, '
      + 'activatorStrategy: ActivatorStrategy.verifiedByToken() knows callers by tokens, which the activator forwards as they are',
  }];
}

function withoutToken({ target, edges }: Calls): ProblemReport[] {
  if (!isKnativeWorkload(target) || !target.activatorStrategy?.requiresToken) return [];
  return edges.filter(edge => tokensOf(edge).length === 0).map(({ caller, delivery }) => ({
    code: JWT_CODES.grantWithoutToken,
    field: delivery ? 'activatorStrategy' : 'grantInvoke.token',
    value: caller.callerName,
    reason: `ActivatorStrategy.verifiedByToken() knows callers by their tokens, and ${delivery ? 'events bring none' : 'this grant asks for none'}: `
      + `${caller.callerName} would be denied whenever the activator forwards the request`,
    fix: delivery ? 'use ActivatorStrategy.trusted() or ActivatorStrategy.outOfPath()' : 'say which token it brings (token: { issuer, subject }), or use another strategy',
  }));
}

/**
 * Where a target has no sidecar, a probe of its gateway that is turned away makes the service never ready, and every request but those
 * from pods with a sidecar comes from the gateway.
 */
function gatewayNotGranted({ target, edges }: Calls, profile: ClusterProfile): ProblemReport[] {
  const { serviceNamespace, serviceAccount, name } = profile.localGateway;
  if (edges.some(edge => covers(edge.caller, { namespace: serviceNamespace, name: serviceAccount }))) return [];
  const hidden = [...new Set(edges.filter(edge => arrivesAsGateway(target, edge.caller)).map(edge => edge.caller.callerName))];
  if (target.meshMembership !== MeshMembership.AMBIENT && hidden.length === 0) return [];
  const subject = hidden.length > 0 ? `requests of ${hidden.join(', ')}` : 'requests of pods without a sidecar, and the probes that make the service ready,';
  return [{
    code: CODES.arrivesAsGateway,
    field: 'grantInvoke',
    ...hidden.length > 0 ? { value: hidden.join(', ') } : {},
    reason: `the host of a Knative service is an alias of the gateway ${name}, and only a sidecar goes around it: ${subject} reach the pods under the gateway's identity, `
      + 'so a policy that does not name the gateway denies them',
    fix: `grant the gateway, target.grantInvoke(Caller.localGateway(this)), and decide there who may call, or give callers and ${target.workloadName} sidecars`,
  }];
}
