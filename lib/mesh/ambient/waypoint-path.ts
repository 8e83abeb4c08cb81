import { Edge } from '../../core/edges';
import { isKnativeWorkload } from '../../core/knative-workload';
import { MeshMembership } from '../../core/mesh-mode';
import { WaypointReference, waypointUseOf } from '../../core/waypoints';
import { IWorkload } from '../../core/workload';
import { callerMembership, isGateway } from '../identity';

/** The waypoint that requests for a workload's Service pass; none before Knative services, whose Services are those of their revisions. */
export function waypointBefore(target: IWorkload): WaypointReference | undefined {
  if (isKnativeWorkload(target) || target.meshMembership !== MeshMembership.AMBIENT) return undefined;
  const waypoint = waypointUseOf(target)?.waypoint;
  return waypoint?.servesServices ? waypoint : undefined;
}

/** Whether the requests of an edge pass the waypoint: ztunnel sends them there, sidecars go around it, gateways where they are told. */
export function passesWaypoint(target: IWorkload, { caller }: Edge): boolean {
  if (isGateway(target, caller)) return waypointUseOf(target)?.fromGateways === true;
  return callerMembership(target, caller) === MeshMembership.AMBIENT;
}

/** The edges whose requests are decided about at the waypoint, and those that are at the pods. */
export function arrivingThrough(target: IWorkload, edges: readonly Edge[]): { waypoint: Edge[]; pods: Edge[] } {
  if (waypointBefore(target) === undefined) return { waypoint: [], pods: [...edges] };
  return {
    waypoint: edges.filter(edge => passesWaypoint(target, edge)),
    pods: edges.filter(edge => !passesWaypoint(target, edge)),
  };
}

/** How a policy at a waypoint says for which workload it is: by the Service. */
export function serviceReference(target: IWorkload): { group: string; kind: string; name: string } {
  return { group: '', kind: 'Service', name: target.serviceHost.split('.')[0] };
}
