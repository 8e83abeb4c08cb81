import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { registerExternal } from './external-hosts';
import { ExternalServicePort } from './external-port';
import { externalProblems } from './external-problems';
import {
  ServiceEntry, ServiceEntrySpec, ServiceEntrySpecLocation, ServiceEntrySpecResolution, toJson_ServiceEntrySpec,
} from '../../../imports/networking.istio.io';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { CALLER } from '../../core/record-grant';
import { resource } from '../../core/resource';
import { IRouteTarget } from '../../core/route-target';
import { instanceOf, TEXTS, usable, wrongType } from '../../core/wrong-type';
import { HostRule } from '../destinations/host-rule';
import type { GatewayPods } from '../gateway/mesh-gateway';

/** How proxies find the addresses of a host. */
export enum HostResolution {
  /** They ask the DNS and keep to the answer. */
  DNS = 'DNS',
  /** They ask the DNS and use one address at a time, for hosts with many that change. */
  DNS_ROUND_ROBIN = 'DNS_ROUND_ROBIN',
  /** They use the endpoints that are written down. */
  STATIC = 'STATIC',
  /** They connect to the address that the client asked for. */
  NONE = 'NONE',
  /** They ask the DNS for the host of each request, which a wildcard stands for. Istio 1.30 with sidecars, 1.29 at waypoints. */
  DYNAMIC_DNS = 'DYNAMIC_DNS',
}

/** An address behind an external service. */
export interface ExternalEndpoint {
  /** An IP address, or a host where the resolution is DNS. */
  readonly address: string;

  /**
   * Ports that differ from those of the service, by the names of the service's ports.
   * @default - the same ports
   */
  readonly ports?: { [key: string]: number };

  /**
   * Labels, by which versions and localities tell endpoints apart.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Where it is: `region/zone/subzone`.
   * @default - unknown
   */
  readonly locality?: string;

  /**
   * Its share among the endpoints.
   * @default - all alike
   */
  readonly weight?: number;

  /**
   * The network that it is in, where the mesh spans several.
   * @default - the network of the client
   */
  readonly network?: string;

  /**
   * Service account under which it runs, where it is a machine of the mesh.
   * @default - none
   */
  readonly serviceAccount?: string;
}

/** A service that is no workload of the cluster. */
export interface ExternalServiceProps {
  /**
   * Its hosts, in full. The first is what routes and policies go to. A first label that is an asterisk stands for all hosts of a domain.
   */
  readonly hosts: string[];

  /**
   * Its ports.
   * @default - ExternalServicePort.https()
   */
  readonly ports?: ExternalServicePort[];

  /**
   * Name of the ServiceEntry.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * How its addresses are found.
   * @default - DNS; STATIC where endpoints are addresses; NONE for wildcards
   */
  readonly resolution?: HostResolution;

  /**
   * Addresses behind it.
   * @default - those of its hosts
   */
  readonly endpoints?: ExternalEndpoint[];

  /**
   * Labels of pods or machines of the mesh (WorkloadEntry) behind it, in the same namespace.
   * @default - none
   */
  readonly podSelector?: { [key: string]: string };

  /**
   * Addresses by which clients call it, or blocks of them; what tells services of TCP apart.
   * @default - those that the DNS gives
   */
  readonly addresses?: string[];

  /**
   * Whether it is a part of the mesh, so that mTLS is spoken with it.
   * @default false
   */
  readonly insideMesh?: boolean;

  /**
   * Names of which its certificate has to carry one.
   * @default - its host
   */
  readonly subjectAltNames?: string[];

  /**
   * Namespaces that see it: `.` is its own, `*` every one.
   * @default - every one
   */
  readonly exportTo?: string[];
}

/**
 * A service outside of the mesh that pods call: known to the mesh by its hosts, so that routes, policies and metrics hold for it, and so that it can be
 * called where everything unknown is blocked.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ExternalService extends Construct implements IRouteTarget {
  /** The ServiceEntry, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** The first host. */
  public readonly serviceHost: string;

  /** @internal */
  public readonly _props: ExternalServiceProps;
  /**
   * Pods of gateways that send the requests on.
   * @internal
   */
  public readonly _gateways: GatewayPods[] = [];
  private readonly said: ExternalServicePort[];

  constructor(scope: Construct, id: string, props: ExternalServiceProps) {
    super(scope, id);
    Intents.of(this);
    this._props = props ?? {};
    this.serviceHost = this.hosts[0] ?? id;
    const ports: unknown[] = Array.isArray(this._props.ports) ? this._props.ports : [ExternalServicePort.https()];
    const port = instanceOf(ExternalServicePort, '');
    this.said = ports.filter((entry): entry is ExternalServicePort => port.holds(entry));
    registerExternal(this, this.hosts);
    this.apiObject = resource(this, 'Resource', {
      gvk: ServiceEntry.GVK,
      metadata: { name: this._props.name ?? id },
      fields: { spec: () => toJson_ServiceEntrySpec(this.spec()) },
    });
    if (ClusterProfile.of(this).hasIstio) this.originateTls();
    reportProblems(this, () => externalProblems(this));
  }

  /** Its hosts. */
  public get hosts(): string[] {
    return [...usable(this._props.hosts, TEXTS) ?? []];
  }

  /** Its ports. */
  public get ports(): ExternalServicePort[] {
    return [...this.said];
  }

  /** Number of the first port. */
  public get servicePort(): number {
    return this.said[0]?.port ?? 443;
  }

  /** Its namespace. */
  public get serviceNamespace(): string {
    return namespaceOf(this);
  }

  /** How its addresses are found. */
  public get resolution(): HostResolution {
    const { resolution, endpoints, podSelector } = this._props;
    if (resolution) return resolution;
    if (podSelector !== undefined || (endpoints?.length && endpoints.every(({ address }) => isAddress(address)))) return HostResolution.STATIC;
    return this.hosts.some(host => host.startsWith('*')) ? HostResolution.NONE : HostResolution.DNS;
  }

  /**
   * Declares that a caller sends requests there. A SidecarScope of the caller then has its hosts; where several callers of an app are declared and
   * others are not to get out, block what is unknown (REGISTRY_ONLY) and give each namespace a SidecarScope.
   */
  public grantEgress(...callers: ICaller[]): void {
    callers.filter(CALLER.holds).forEach(caller => Intents.of(this).egress.add({ caller, hosts: this.hosts, namespace: this.serviceNamespace, construct: this }));
    const wrong = callers.flatMap(caller => wrongType('grantEgress', caller ?? 'nobody', CALLER));
    if (wrong.length > 0) reportProblems(this, () => wrong);
  }

  /**
   * A gateway sends the requests on, which may read Secrets.
   * @internal
   */
  public _leaveThroughGateway(pods: GatewayPods): void {
    this._gateways.push(pods);
  }

  /** @internal */
  public get _throughGateway(): boolean {
    return this._gateways.length > 0;
  }

  private originateTls(): void {
    for (const { port, _tls } of this.said) {
      if (_tls === undefined) continue;
      for (const host of this.hosts) {
        HostRule.ensure({ serviceHost: host, servicePort: port }, this).addSettings({ construct: this, port, settings: { tls: _tls } });
      }
    }
  }

  private spec(): ServiceEntrySpec {
    const { endpoints, podSelector, addresses, insideMesh, subjectAltNames, exportTo } = this._props;
    return {
      // without one the object is no object, and the report has to reach its reader
      hosts: this.hosts.length > 0 ? this.hosts : [this.serviceHost],
      addresses,
      exportTo,
      location: insideMesh ? ServiceEntrySpecLocation.MESH_UNDERSCORE_INTERNAL : ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL,
      resolution: this.resolution as unknown as ServiceEntrySpecResolution,
      ports: this.said.map(({ port, name, protocol, targetPort }) => ({ number: port, name, protocol, targetPort })),
      endpoints: endpoints?.map(endpoint => ({ ...endpoint })),
      workloadSelector: podSelector && { labels: { ...podSelector } },
      subjectAltNames,
    };
  }
}

/** Whether a text is an address rather than a name. */
function isAddress(text: unknown): boolean {
  return typeof text === 'string' && (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || text.includes(':'));
}
