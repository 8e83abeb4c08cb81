import { named } from './answer';
import { Arrival, Identity } from './arrival';
import { policiesAtPods } from './attachment';
import { actionOf, Enforcer, isDryRun, matches } from './authorization';
import { isOwn } from './own';
import { receiversOf } from './parties';
import { Party } from './party';
import { OPEN } from './truth';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { MeshMembership } from '../../core/mesh-mode';
import { Problem, toProblem } from '../../core/problem';
import { IWorkload } from '../../core/workload';
import { ManifestModel, ModelObject } from '../model';
import { identityOf, sourceOf } from '../rule';
import { fieldsOf, listOf } from '../values';

/** Somebody whom nobody granted anything, and who can be named by no rule but one that is for all. */
const ANYBODY = { namespace: 'nobody-in-particular', serviceAccount: 'nobody-in-particular' };

/** ALLOW policies that nobody declared and that open workloads of a namespace that denies by default. */
export function strangersLetIn(model: ManifestModel): Problem[] {
  const { workloads, denyByDefault } = Intents.of(model.root);
  const foreign = new Set(model.ofKind('security.istio.io', 'AuthorizationPolicy').filter(isForeign));
  if (foreign.size === 0) return [];
  const governing = new Map(denyByDefault.all.map(policy => [policy.namespace, policy.construct.node.path]));
  return workloads.all.flatMap(target => {
    const closed = governing.get(target.workloadNamespace);
    return closed === undefined ? [] : opening(model, target, foreign).map(policy => toProblem(policy.construct, {
      code: 'SM1361',
      path: policy.path,
      field: 'spec.rules',
      value: target.workloadName,
      reason: `${named(policy)} lets everybody in the mesh send any request to ${target.callerName}, though ${closed} denies what nobody granted: `
        + 'one ALLOW policy that matches is enough',
      fix: 'name who may call (from) and what (to) in its rules, or grant it with grantInvoke and take the policy away',
      object: identityOf(policy),
      ...sourceOf(policy, 'spec.rules'),
    }));
  });
}

function isForeign(policy: ModelObject): boolean {
  return actionOf(policy) === 'ALLOW' && listOf(fieldsOf(policy.manifest.spec).rules).length > 0 && !isDryRun(policy) && !isOwn(policy);
}

/** Those of some policies that let everybody send everything to a workload. */
function opening(model: ManifestModel, target: IWorkload, foreign: ReadonlySet<ModelObject>): ModelObject[] {
  const { trustDomain, istioNamespace } = ClusterProfile.of(target);
  return receiversOf(model, target, undefined, ClusterProfile.of(target)).filter(pods => pods.membership !== MeshMembership.OUTSIDE).flatMap(pods => {
    const enforcer = pods.membership === MeshMembership.AMBIENT ? Enforcer.ZTUNNEL : Enforcer.ENVOY;
    const arrival = arrivalOf(pods, { ...ANYBODY, trustDomain });
    return policiesAtPods(model, 'AuthorizationPolicy', pods, istioNamespace)
      .filter(policy => foreign.has(policy) && matches(policy, enforcer, trustDomain, arrival) === true);
  });
}

function arrivalOf({ port, host }: Party, identity: Identity): Arrival {
  return {
    http: true, identity, port, host: host ?? OPEN, method: OPEN, path: OPEN, sourceIp: OPEN, remoteIp: OPEN, sni: OPEN, headers: {}, asked: new Set(),
  };
}
