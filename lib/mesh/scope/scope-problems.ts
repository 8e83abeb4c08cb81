import type { SidecarScope } from './sidecar-scope';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership, MeshMode } from '../../core/mesh-mode';
import { OutboundTraffic } from '../../core/outbound-traffic';
import { ProblemReport } from '../../core/problem';
import { memberOf, TEXT, TEXTS, wrongType } from '../../core/wrong-type';
import { WORKLOAD } from '../policy-target';

/** Why a scope does not reach the sidecars that it is for. */
export function scopeProblems(scope: SidecarScope, all: readonly SidecarScope[]): ProblemReport[] {
  const { workload, namespace, hosts, namespaces, outboundTraffic } = scope._props;
  const types = [
    ...wrongType('workload', workload, WORKLOAD),
    ...wrongType('namespace', namespace, TEXT),
    ...wrongType('hosts', hosts, TEXTS),
    ...wrongType('namespaces', namespaces, TEXTS),
    ...wrongType('outboundTraffic', outboundTraffic, memberOf('OutboundTraffic', OutboundTraffic)),
  ];
  if (types.length > 0) return types;
  const profile = ClusterProfile.of(scope);
  if (profile.mesh !== MeshMode.SIDECAR) {
    return [{
      code: 'SM1265',
      reason: !profile.hasIstio ? `the cluster profile has ${profile._inPlaceOfIstio}` : 'in ambient mode pods have no sidecars, and ztunnel and waypoints do not look at a Sidecar',
      fix: 'leave it out; what may leave the namespace, NetworkPolicies decide',
    }];
  }
  if (workload !== undefined && workload.meshMembership !== MeshMembership.SIDECAR) {
    return [{ code: 'SM1265', field: 'workload', value: workload.callerName, reason: 'its pods have no sidecar', fix: 'leave it out, or put the workload into the mesh' }];
  }
  const rival = all.find(other => other !== scope && other.scopeNamespace === scope.scopeNamespace && other._props.workload === workload);
  return rival === undefined ? [] : [{
    code: 'SM1266',
    field: 'workload',
    value: workload?.callerName ?? scope.scopeNamespace,
    reason: `${rival.node.path} is for the same sidecars, and they follow the older of the two`,
    fix: 'say it in one place',
  }];
}
