import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { waypointProblems } from './waypoint-problems';
import { WaypointTraffic } from './waypoint-traffic';
import {
  Gateway, GatewaySpecListenersAllowedRoutesNamespacesFrom, GatewaySpec, toJson_GatewaySpec,
} from '../../../imports/gateway.networking.k8s.io';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { WAYPOINT_LABELS } from '../../core/waypoints';
import { IRequestTarget, IWorkload } from '../../core/workload';

/** What a waypoint stands before. */
export interface WaypointProps {
  /**
   * Its name, which is also the name of the service account of its pods.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace in which its pods run.
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * What it takes. Policies, routes and telemetry of Services need one that takes what is sent to Services.
   * @default WaypointTraffic.SERVICES, as Istio has it
   */
  readonly traffic?: WaypointTraffic;

  /**
   * Whether everything in its own namespace goes through it. Otherwise only what `serve` and `serveNamespace` name.
   * @default true
   */
  readonly ownNamespace?: boolean;

  /**
   * Whether gateways go through it too. A gateway that goes around it is not held to the rules that the waypoint enforces.
   * @default true
   */
  readonly fromGateways?: boolean;

  /**
   * Namespaces of other apps that may use it. Those of this app are let in as they are served.
   * @default - none
   */
  readonly namespaces?: string[];

  /**
   * Revision of the control plane that runs it.
   * @default - the default revision
   */
  readonly revision?: string;
}

const HBONE = 15008;

/**
 * A waypoint: the proxy that reads HTTP in ambient mode, where ztunnel knows identities and ports alone. Where a workload has one, what
 * is granted by method and path is enforced there, and its pods take requests from the waypoint alone. As the target of a policy it stands for everything
 * that goes through it.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export class Waypoint extends Construct implements IRequestTarget {
  /** Its name, and that of the service account of its pods. */
  public readonly name: string;
  /** Namespace of its pods. */
  public readonly namespace: string;
  /** What it takes. */
  public readonly traffic: WaypointTraffic;
  /** The Gateway, as an escape hatch. */
  public readonly apiObject: ApiObject;

  private readonly fromGateways: boolean;
  private readonly guests: Set<string>;
  private readonly served: IWorkload[] = [];

  constructor(scope: Construct, id: string, props: WaypointProps = {}) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = props.namespace ?? namespaceOf(this);
    this.traffic = props.traffic ?? WaypointTraffic.SERVICES;
    this.fromGateways = props.fromGateways ?? true;
    this.guests = new Set(props.namespaces ?? []);
    this.apiObject = resource(this, 'Resource', {
      gvk: Gateway.GVK,
      metadata: {
        name: this.name,
        namespace: this.namespace,
        labels: { [WAYPOINT_LABELS.serves]: this.traffic, ...props.revision === undefined ? {} : { 'istio.io/rev': props.revision } },
      },
      fields: { spec: () => toJson_GatewaySpec(this.spec()) },
    });
    if (props.ownNamespace ?? true) this.serveNamespace();
    reportProblems(this, () => waypointProblems(this, this.served));
  }

  /** Namespace of its pods. */
  public get workloadNamespace(): string {
    return this.namespace;
  }

  /** Labels of its pods. */
  public get podSelector(): { [key: string]: string } {
    return { 'gateway.networking.k8s.io/gateway-name': this.name };
  }

  /** Sends what is for one workload through this waypoint, by a label of its Service. */
  public serve(workload: IWorkload): void {
    this.served.push(workload);
    this.use(workload.workloadNamespace, workload);
  }

  /**
   * Sends what is for a whole namespace through this waypoint, by a label of the `MeshNamespace` of that name.
   * @param namespace its own one unless said otherwise
   */
  public serveNamespace(namespace?: string): void {
    this.use(namespace ?? this.namespace);
  }

  private use(namespace: string, workload?: IWorkload): void {
    if (namespace !== this.namespace) this.guests.add(namespace);
    const waypoint = { name: this.name, namespace: this.namespace, servesServices: this.traffic !== WaypointTraffic.WORKLOADS };
    Intents.of(this).waypointUses.add({ waypoint, namespace, workload, fromGateways: this.fromGateways });
  }

  private spec(): GatewaySpec {
    return {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: HBONE, protocol: 'HBONE', ...this.guests.size === 0 ? {} : { allowedRoutes: { namespaces: this.letIn() } } }],
    };
  }

  private letIn() {
    return {
      from: GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR,
      selector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...new Set([this.namespace, ...this.guests])].sort() }],
      },
    };
  }
}
