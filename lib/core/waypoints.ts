import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Intents } from './intents';
import { IWorkload } from './workload';

/** A proxy of its own before some services of the ambient mesh. */
export interface WaypointReference {
  readonly name: string;
  readonly namespace: string;
  /** Whether it takes what is sent to Services; one for workloads alone sees only what is sent to pods by address. */
  readonly servesServices: boolean;
}

/** A namespace or a workload whose requests go through a waypoint. */
export interface WaypointUse {
  readonly waypoint: WaypointReference;
  readonly namespace: string;
  /** The one workload of the namespace that is meant; all of them where none is named. */
  readonly workload?: IWorkload;
  /** Whether gateways go through it too, which go around it unless they are told. */
  readonly fromGateways: boolean;
}

/** Labels by which requests are sent through a waypoint. */
export const WAYPOINT_LABELS = {
  use: 'istio.io/use-waypoint',
  namespace: 'istio.io/use-waypoint-namespace',
  ingress: 'istio.io/ingress-use-waypoint',
  serves: 'istio.io/waypoint-for',
} as const;

/** The use of a waypoint that holds for a workload: its own goes before its namespace's. */
export function waypointUseOf(workload: IWorkload): WaypointUse | undefined {
  const uses = Intents.of(workload).waypointUses.all.filter(use => use.namespace === workload.workloadNamespace);
  return uses.find(use => use.workload === workload) ?? uses.find(use => use.workload === undefined);
}

/** Labels a Namespace or a Service as soon as a waypoint is there for it. */
export function labelForWaypoints(scope: IConstruct, object: ApiObject, isMeant: (use: WaypointUse) => boolean): void {
  Intents.of(scope).waypointUses.forEach(use => {
    if (!isMeant(use)) return;
    object.metadata.addLabel(WAYPOINT_LABELS.use, use.waypoint.name);
    if (use.waypoint.namespace !== use.namespace) object.metadata.addLabel(WAYPOINT_LABELS.namespace, use.waypoint.namespace);
    if (use.fromGateways) object.metadata.addLabel(WAYPOINT_LABELS.ingress, 'true');
  });
}
