import { IConstruct } from 'constructs';
import { WAYPOINT_CODES } from './codes';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { MeshMembership, MeshMode } from '../../core/mesh-mode';
import { ProblemReport } from '../../core/problem';
import { IWorkload } from '../../core/workload';

interface Waypoint extends IConstruct {
  readonly name: string;
}

/** Why nothing would go through a waypoint, or something that must not. */
export function waypointProblems(waypoint: Waypoint, served: readonly IWorkload[]): ProblemReport[] {
  const profile = ClusterProfile.of(waypoint);
  if (profile.mesh !== MeshMode.AMBIENT) {
    return [{
      code: WAYPOINT_CODES.waypointOutsideAmbient,
      reason: `the cluster profile has ${profile.hasIstio ? 'a mesh of sidecars' : profile._inPlaceOfIstio}: nothing sends requests through a waypoint`,
      fix: 'use ClusterProfile.ambient() if the cluster runs ztunnel, or leave the waypoint out: sidecars read HTTP themselves',
    }];
  }
  return [...undeclaredNamespaces(waypoint), ...served.flatMap(workload => notServed(waypoint, workload))];
}

function undeclaredNamespaces(waypoint: Waypoint): ProblemReport[] {
  const intents = Intents.of(waypoint);
  const declared = intents.namespaces.all.map(({ name }) => name);
  return intents.waypointUses.all
    .filter(use => use.waypoint.name === waypoint.name && use.workload === undefined && !declared.includes(use.namespace))
    .map(({ namespace }) => ({
      code: WAYPOINT_CODES.waypointNotUsed,
      field: 'serveNamespace',
      value: namespace,
      reason: `a label of the namespace ${namespace} sends requests through the waypoint, and the app has no MeshNamespace of that name which could carry it`,
      fix: `add new MeshNamespace(chart, 'Namespace', { name: '${namespace}' }), or say ownNamespace: false and name workloads with serve(...)`,
    }));
}

function notServed(waypoint: Waypoint, workload: IWorkload): ProblemReport[] {
  const problem = { code: WAYPOINT_CODES.waypointNotUsed, field: 'serve', value: workload.workloadName };
  if (isKnativeWorkload(workload)) {
    return [{
      ...problem,
      reason: `${workload.workloadName} is a Knative service: requests for it end at Services of its revisions, which Knative makes, and pods see the gateway or the activator, not the waypoint`,
      fix: 'enforce HTTP rules of Knative services at the gateway, and leave the waypoint to container services',
    }];
  }
  if (workload.meshMembership === MeshMembership.AMBIENT) return [];
  return [{
    ...problem,
    reason: `the pods of ${workload.workloadName} are not in ambient mode, so requests for them do not pass ${waypoint.name}`,
    fix: `put the namespace ${workload.workloadNamespace} into ambient mode (new MeshNamespace(...) with mesh: MeshMembership.AMBIENT)`,
  }];
}
