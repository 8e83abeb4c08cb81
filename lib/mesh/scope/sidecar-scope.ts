import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { egressHosts } from './egress-hosts';
import { scopeProblems } from './scope-problems';
import {
  Sidecar, SidecarSpec, SidecarSpecInboundConnectionPool, SidecarSpecOutboundTrafficPolicyMode, toJson_SidecarSpec,
} from '../../../imports/networking.istio.io';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { OutboundTraffic } from '../../core/outbound-traffic';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IWorkload } from '../../core/workload';
import { TEXT, usable } from '../../core/wrong-type';
import { ConnectionPool } from '../destinations/connection-pool';
import { renderSettings } from '../destinations/render-settings';
import { WORKLOAD } from '../policy-target';

/** How much sidecars know of the mesh. */
export interface SidecarScopeOptions {
  /**
   * Whether sidecars know every host of their own namespace.
   * @default true for a namespace; false for a workload, which then knows the hosts that it declared to call
   */
  readonly ownNamespace?: boolean;

  /**
   * Further namespaces of which they know every host.
   * @default - those of Istio, of monitoring and, where the app has serverless services, of Knative
   */
  readonly namespaces?: string[];

  /**
   * Further hosts, as `namespace/host`; the namespace may be `*`, the first label of the host an asterisk.
   * @default - the hosts that are declared to be called: grants, egress, events
   */
  readonly hosts?: string[];

  /**
   * What becomes of requests to hosts that they do not know.
   * @default - as the mesh is set up
   */
  readonly outboundTraffic?: OutboundTraffic;

  /**
   * Limits of what a sidecar passes to its own pod.
   * @default - no limits
   */
  readonly inboundConnectionPool?: ConnectionPool;
}

/** What sidecars know of the mesh. */
export interface SidecarScopeProps extends SidecarScopeOptions {
  /**
   * The workload whose sidecars are meant.
   * @default - all of the namespace that have no scope of their own
   */
  readonly workload?: IWorkload;

  /**
   * The namespace, where no workload is named.
   * @default - the chart's, or `default` where the chart names none
   */
  readonly namespace?: string;

  /**
   * Name of the Sidecar.
   * @default - the name of the workload, `default` for a namespace
   */
  readonly name?: string;
}

/**
 * Limits what sidecars know of the mesh to what their pods have declared to call: less memory, faster changes, and, where what is unknown is blocked,
 * nothing else gets out. It is no wall: a pod that gets around its sidecar is stopped by NetworkPolicies alone.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class SidecarScope extends Construct {
  /** The Sidecar, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** Namespace of the sidecars. */
  public readonly scopeNamespace: string;

  /** @internal */
  public readonly _props: SidecarScopeProps;

  constructor(scope: Construct, id: string, props: SidecarScopeProps = {}) {
    super(scope, id);
    Intents.of(this);
    this._props = props ?? {};
    const { name } = this._props;
    const workload = usable(this._props.workload, WORKLOAD);
    const namespace = usable(this._props.namespace, TEXT);
    this.scopeNamespace = workload?.workloadNamespace ?? namespace ?? namespaceOf(this);
    this.apiObject = resource(this, 'Resource', {
      gvk: Sidecar.GVK,
      metadata: { name: name ?? workload?.workloadName ?? 'default', namespace: this.scopeNamespace },
      fields: { spec: () => toJson_SidecarSpec(this.spec()) },
    });
    SCOPES.set(this.node.root, [...SCOPES.get(this.node.root) ?? [], this]);
    reportProblems(this, () => scopeProblems(this, SCOPES.get(this.node.root) ?? []));
  }

  /** The hosts that the sidecars know, as `namespace/host`. */
  public get egressHosts(): string[] {
    return egressHosts(this, this._props, this.scopeNamespace);
  }

  private spec(): SidecarSpec {
    const { outboundTraffic, inboundConnectionPool } = this._props;
    const workload = usable(this._props.workload, WORKLOAD);
    return {
      workloadSelector: workload && { labels: { ...workload.podSelector } },
      egress: [{ hosts: this.egressHosts }],
      outboundTrafficPolicy: outboundTraffic && { mode: outboundTraffic as unknown as SidecarSpecOutboundTrafficPolicyMode },
      inboundConnectionPool: inboundConnectionPool
        && renderSettings({ connectionPool: inboundConnectionPool }, '').connectionPool as unknown as SidecarSpecInboundConnectionPool,
    };
  }
}

const SCOPES = new WeakMap<IConstruct, SidecarScope[]>();
