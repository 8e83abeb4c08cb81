import { named } from './answer';
import { Arrival, Identity } from './arrival';
import { selectsPods } from './attachment';
import { actionOf, Enforcer, matches } from './authorization';
import { isOwn } from './own';
import { receiversOf } from './parties';
import { Party } from './party';
import { OPEN } from './truth';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { MeshMembership } from '../../core/mesh-mode';
import { Problem, Severity, toProblem } from '../../core/problem';
import { IWorkload } from '../../core/workload';
import { ManifestModel, ModelObject } from '../model';
import { identityOf, sourceOf } from '../rule';
import { fieldsOf, listOf } from '../values';
import { groupBy } from '../workloads/multi-map';

/** Somebody whom nobody granted anything, and who can be named by no rule but one that is for all. */
const ANYBODY = { namespace: 'nobody-in-particular', serviceAccount: 'nobody-in-particular' };

/** ALLOW policies that nobody declared and that open workloads of a namespace that denies by default. */
export function strangersLetIn(model: ManifestModel): Problem[] {
  const { workloads, denyByDefault } = Intents.of(model.root);
  const governing = new Map(denyByDefault.all.map(policy => [policy.namespace, policy.construct]));
  if (governing.size === 0) return [];
  const governed = groupBy(workloads.all.filter(workload => governing.has(workload.workloadNamespace)), workload => workload.workloadNamespace);
  return foreignPolicies(model).flatMap(policy => {
    const { istioNamespace } = ClusterProfile.of(policy.construct);
    const targets = policy.namespace === istioNamespace ? [...governed.values()].flat() : governed.get(policy.namespace ?? 'default') ?? [];
    return targets.filter(target => opens(model, policy, target)).map(target => toProblem(policy.construct, {
      code: 'SM1361',
      severity: Severity.WARNING,
      path: policy.path,
      field: 'spec.rules',
      value: target.workloadName,
      reason: `${named(policy)} lets everybody in the mesh send any request to ${target.callerName}, though ${governing.get(target.workloadNamespace)!.node.path} `
        + 'denies what nobody granted: one ALLOW policy that matches is enough',
      fix: 'name who may call (from) and what (to) in its rules, or grant it with grantInvoke and take the policy away',
      object: identityOf(policy),
      ...sourceOf(policy, 'spec.rules'),
    }));
  });
}

function foreignPolicies(model: ManifestModel): ModelObject[] {
  return model.ofKind('security.istio.io', 'AuthorizationPolicy').filter(policy => {
    const spec = fieldsOf(policy.manifest.spec);
    const onTrial = fieldsOf(policy.manifest.metadata.annotations)['istio.io/dry-run'] === 'true';
    return actionOf(policy) === 'ALLOW' && listOf(spec.rules).length > 0 && listOf(spec.targetRefs).length === 0 && !onTrial && !isOwn(policy);
  });
}

function opens(model: ManifestModel, policy: ModelObject, target: IWorkload): boolean {
  const profile = ClusterProfile.of(target);
  return receiversOf(model, target, undefined, profile).some(pods => {
    if (pods.membership === MeshMembership.OUTSIDE || !selectsPods(policy, pods)) return false;
    const enforcer = pods.membership === MeshMembership.AMBIENT ? Enforcer.ZTUNNEL : Enforcer.ENVOY;
    return matches(policy, enforcer, profile.trustDomain, arrivalOf(pods, { ...ANYBODY, trustDomain: profile.trustDomain })) === true;
  });
}

function arrivalOf({ port, host }: Party, identity: Identity): Arrival {
  return {
    http: true, identity, port, host: host ?? OPEN, method: OPEN, path: OPEN, sourceIp: OPEN, remoteIp: OPEN, sni: OPEN, headers: {}, asked: new Set(),
  };
}
