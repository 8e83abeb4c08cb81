import { Construct, IConstruct } from 'constructs';
import { LINKERD_CODES } from './codes';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMode } from '../../core/mesh-mode';
import { namespaceOf } from '../../core/names';
import { ProblemReport, reportProblems } from '../../core/problem';
import { isWorkload, IWorkload } from '../../core/workload';
import { Expected, wrongType } from '../../core/wrong-type';

/** What an object of Linkerd needs to know of the workload that it is for. */
export type Target = Pick<IWorkload, 'workloadName' | 'workloadNamespace' | 'podSelector' | 'policyPorts'>;

export const CALLER: Expected<ICaller> = {
  what: 'a workload or a Caller',
  fix: "pass the construct that calls, or Caller.serviceAccount('shop', 'web')",
  holds: (value): value is ICaller => typeof value === 'object' && value !== null && 'meshIdentity' in value,
};

export const WORKLOAD: Expected<IWorkload> = {
  what: 'a workload',
  fix: 'pass the construct itself and not its name',
  holds: isWorkload,
};

/** The workload that was passed; where something else was, pods that nobody has, and a report. */
export function usableWorkload(scope: Construct, field: string, given: unknown): Target {
  if (WORKLOAD.holds(given)) return given;
  reportProblems(scope, () => wrongType(field, given ?? 'nothing', WORKLOAD));
  return { workloadName: scope.node.id, workloadNamespace: namespaceOf(scope), podSelector: { 'app.kubernetes.io/name': scope.node.id }, policyPorts: [8080] };
}

/** Why nobody would read objects of Linkerd. */
export function withoutLinkerd(scope: IConstruct): ProblemReport[] {
  const profile = ClusterProfile.of(scope);
  return profile.mesh === MeshMode.LINKERD ? [] : [{
    code: LINKERD_CODES.noLinkerd,
    reason: `the cluster profile has ${profile.hasIstio ? 'Istio' : 'no mesh'}, and nobody but Linkerd looks at this`,
    fix: profile.hasIstio ? 'use grantInvoke, MeshPolicy and MeshRoute, or ClusterProfile.linkerd() if the cluster has Linkerd' : 'use ClusterProfile.linkerd() if the cluster has Linkerd',
  }];
}
