import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addRoutes } from './all-routes';
import { destinationOf } from './destinations';
import { gatewayText } from './render-match';
import { renderRoute } from './render-route';
import { RouteAction, WeightedTarget } from './route-action';
import { IMeshRoute } from './route-interface';
import { Mirror, RouteOptions, TcpRouteOptions, TlsRouteOptions } from './route-options';
import { routeProblems } from './route-problems';
import { inOrder, RouteOrder } from './specificity';
import { toJson_VirtualServiceSpec, VirtualService, VirtualServiceSpec, VirtualServiceSpecTcpRoute } from '../../../imports/networking.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { GatewayApi } from '../../core/gateway-api';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRouteTarget, isWorkloadVersion, IWorkloadVersion } from '../../core/route-target';
import { IMeshGateway } from '../gateway/gateway-reference';
import { allowBackends, httpRoute, ListeningGateway } from '../kubernetes/http-route';

/** Which hosts a set of routes is for, and who follows it. */
export interface MeshRouteProps {
  /**
   * Name of the VirtualService.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Workloads for whose hosts the routes are, whoever in the mesh calls them. No serverless services: those have their routes from Knative.
   * @default - none
   */
  readonly workloads?: IRouteTarget[];

  /**
   * Further hosts that the routes are for, in full; the first label may be an asterisk. With neither hosts nor workloads the routes are there for others to
   * delegate to.
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * Gateways at which the routes hold.
   * @default - none: sidecars and waypoints follow them
   */
  readonly gateways?: IMeshGateway[];

  /**
   * Whether sidecars and waypoints follow the routes.
   * @default true where no gateway is named
   */
  readonly inMesh?: boolean;

  /**
   * In which order routes are tried.
   * @default RouteOrder.MOST_SPECIFIC_FIRST
   */
  readonly order?: RouteOrder;

  /**
   * Namespaces that see the routes: `.` is their own, `*` every one.
   * @default - every one
   */
  readonly exportTo?: string[];
}

/** A route that was said. */
export interface SaidRoute {
  readonly name: string;
  readonly options: RouteOptions;
}

/**
 * Routes for requests to a host: the one VirtualService that a host has at a gateway, or in the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class MeshRoute extends Construct implements IMeshRoute {
  /** The VirtualService, or the HTTPRoute where the gateways are of the Gateway API, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** Name of the VirtualService. */
  public readonly routeName: string;
  /** Its namespace. */
  public readonly routeNamespace: string;

  /** @internal */
  public readonly _props: MeshRouteProps;
  /** @internal */
  public readonly _http: SaidRoute[] = [];
  private readonly tls: TlsRouteOptions[] = [];
  private readonly tcp: TcpRouteOptions[] = [];

  constructor(scope: Construct, id: string, props: MeshRouteProps = {}) {
    super(scope, id);
    Intents.of(this);
    this._props = props ?? {};
    this.routeName = this._props.name ?? id;
    this.routeNamespace = namespaceOf(this);
    this.apiObject = this._isKubernetes ? httpRoute(this, () => this._props.gateways as unknown as ListeningGateway[]) : resource(this, 'Resource', {
      gvk: VirtualService.GVK,
      metadata: { name: this.routeName },
      fields: { spec: () => toJson_VirtualServiceSpec(this.spec()) },
    });
    addRoutes(this);
    reportProblems(this, () => routeProblems(this));
  }

  /** The hosts that the routes are for. */
  public get hosts(): string[] {
    return [...(this._props.workloads ?? []).map(workload => workload.serviceHost), ...this._props.hosts ?? []];
  }

  /**
   * Adds a route.
   * @param name what messages, statistics and traces call it; once per host
   * @param options which requests it takes and what becomes of them
   */
  public addRoute(name: string, options: RouteOptions): void {
    this._http.push({ name, options });
    if (this._isKubernetes) allowBackends(this, options ?? {});
    else this.useVersions(options?.action, ...options?.mirrors ?? []);
  }

  /** Adds a route for connections of TLS that are passed on unopened. */
  public addTlsRoute(options: TlsRouteOptions): void {
    this.tls.push(options);
    this.useVersions(options?.action);
  }

  /** Adds a route for connections whose content nobody looks at. */
  public addTcpRoute(options: TcpRouteOptions): void {
    this.tcp.push(options);
    this.useVersions(options?.action);
  }

  /** @internal */
  public get _isKubernetes(): boolean {
    const { gateways = [] } = this._props;
    return gateways.length > 0 && gateways.every(gateway => gateway.gatewayApi === GatewayApi.KUBERNETES);
  }

  /** @internal */
  public get _inMesh(): boolean {
    return this._props.inMesh ?? !this._props.gateways?.length;
  }

  /** @internal */
  public get _connections(): number {
    return this.tls.length + this.tcp.length;
  }

  /** @internal */
  public _targets(): WeightedTarget[] {
    return [...this._http, ...[...this.tls, ...this.tcp].map(options => ({ options }))].flatMap(({ options: { action } }) => {
      const said = action?._action;
      return said?.kind === 'forward' ? [...said.targets] : [];
    });
  }

  private useVersions(action: RouteAction | undefined, ...mirrors: readonly Mirror[]): void {
    const said = action?._action;
    const forwarded = said?.kind === 'forward' ? said.targets : [];
    [...forwarded, ...mirrors].map(({ target }) => target).filter(target => target && isWorkloadVersion(target))
      .forEach(version => Intents.of(this).versionUses.add(version as IWorkloadVersion));
  }

  private spec(): VirtualServiceSpec {
    const profile = ClusterProfile.of(this);
    const { gateways = [], order, exportTo } = this._props;
    const named = gateways.map(gateway => gatewayText(gateway, this.routeNamespace));
    const usable = this._http.filter(({ options }) => options?.action?._action !== undefined);
    return {
      exportTo,
      hosts: this.hosts.length > 0 ? this.hosts : undefined,
      gateways: named.length > 0 ? [...named, ...this._inMesh ? ['mesh'] : []] : undefined,
      http: usable.length > 0 ? inOrder(usable, order ?? RouteOrder.MOST_SPECIFIC_FIRST)
        .map(({ name, options }) => renderRoute(name, options, this.routeNamespace, profile)) : undefined,
      tls: this.tls.length > 0 ? this.tls.map(({ action, ...match }) => ({ match: [match], route: connections(action._action, profile) })) : undefined,
      tcp: this.tcp.length > 0 ? this.tcp.map(({ action, ...match }) => ({
        match: Object.values(match).some(value => value !== undefined) ? [match] : undefined,
        route: connections(action._action, profile),
      })) : undefined,
    };
  }
}

function connections(action: TlsRouteOptions['action']['_action'], profile: ClusterProfile): VirtualServiceSpecTcpRoute[] {
  if (action.kind !== 'forward') return [];
  return action.targets.map(({ target, weight }) => ({
    destination: destinationOf(target, profile),
    weight: action.targets.length > 1 ? weight : undefined,
  }));
}
