import { WAYPOINT_CODES } from './codes';
import { Waypoint } from './waypoint';
import { waypointBefore } from './waypoint-path';
import { Intents } from '../../core/intents';
import { ProblemReport, Severity } from '../../core/problem';
import { IRequestTarget, isWorkload, IWorkload } from '../../core/workload';
import { AccessPolicy } from '../access-policy';

/**
 * Warns where a policy holds at a waypoint and nothing keeps requests from going around it: those of sidecars, those to the address of a pod, and
 * those of gateways that are not told. A policy at the pods lets in the waypoint alone, and comes with the first grant or where a namespace denies by default.
 */
export function passedBy(target: IRequestTarget): ProblemReport[] {
  const open = behindWaypoint(target).filter(workload => !isGuarded(workload)).map(({ callerName }) => callerName);
  if (open.length === 0) return [];
  return [{
    code: WAYPOINT_CODES.passedBy,
    severity: Severity.WARNING,
    field: 'target',
    value: open.join(', '),
    reason: 'this holds at the waypoint, and the pods behind it take requests from everybody: who sends one to the address of a pod, or has a sidecar, goes around it',
    fix: 'say who may call it (grantInvoke), or deny by default (new MeshPolicy(...)): pods then take requests from the waypoint alone',
  }];
}

function behindWaypoint(target: IRequestTarget): IWorkload[] {
  if (isWorkload(target)) return waypointBefore(target) ? [target] : [];
  if (!(target instanceof Waypoint)) return [];
  return Intents.of(target).workloads.all.filter(workload => {
    const waypoint = waypointBefore(workload);
    return waypoint?.name === target.name && waypoint.namespace === target.namespace;
  });
}

function isGuarded(workload: IWorkload): boolean {
  return AccessPolicy.of(workload) !== undefined
    || Intents.of(workload).denyByDefault.all.some(({ namespace }) => namespace === workload.workloadNamespace);
}
