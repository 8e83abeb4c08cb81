import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayProblems } from './gateway-problems';
import { IMeshGateway } from './gateway-reference';
import { GatewayProtocol, GatewayServerOptions } from './gateway-server';
import { GatewayTls } from './gateway-tls';
import { renderServers, secretNameOf } from './render-servers';
import * as kubernetes from '../../../imports/gateway.networking.k8s.io';
import { Gateway, toJson_GatewaySpec } from '../../../imports/networking.istio.io';
import { MeshIdentity } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { hostIncludes } from '../../core/exposure';
import { GatewayApi } from '../../core/gateway-api';
import { Intents } from '../../core/intents';
import { MeshMembership } from '../../core/mesh-mode';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRequestTarget } from '../../core/workload';
import { instanceOf, TEXTS, usable, wrongType } from '../../core/wrong-type';
import { redirectRoute } from '../kubernetes/http-route';
import { isRedirect, renderClientCertificates, renderListeners } from '../kubernetes/render-gateway';
import { allRoutes } from '../routes/all-routes';
import { MeshRoute } from '../routes/mesh-route';
import { RouteOptions } from '../routes/route-options';

/** The pods that a gateway sets up. */
export interface GatewayPods {
  /** Labels of the pods. */
  readonly labels: { [key: string]: string };

  /** Their namespace, which is also that of the certificates' Secrets. */
  readonly namespace: string;

  /** Their service account, which is who the gateway is in the mesh. */
  readonly serviceAccountName: string;
}

/** What a gateway serves. */
export interface MeshGatewayProps {
  /**
   * Name of the Gateway.
   * @default - the id of the construct
   */
  readonly name?: string;

  /** Hosts that it serves, in full; the first label may be an asterisk. */
  readonly hosts: string[];

  /** How it treats TLS, and where its certificate comes from. `GatewayTls.none()` where plain text is meant. */
  readonly tls: GatewayTls;

  /**
   * Whether it answers plain text requests at port 80 with a redirect to https.
   * @default true where it shows a certificate
   */
  readonly httpsRedirect?: boolean;

  /**
   * The API by which the gateway and its routes are written.
   * @default - what the cluster profile says, Istio's own where it says nothing
   */
  readonly api?: GatewayApi;

  /**
   * The pods that it sets up. With the Gateway API Istio runs pods for the gateway alone, beside it.
   * @default - Istio's ingress gateway, where the cluster profile has it
   */
  readonly pods?: GatewayPods;
}

/** A route of a gateway. */
export interface GatewayRouteOptions extends RouteOptions {
  /**
   * The host that it is for.
   * @default - all hosts of the gateway
   */
  readonly host?: string;
}

const ROUTES = 'Routes';
const TLS = instanceOf(GatewayTls, 'use a factory, as in GatewayTls.terminate(Tls.certManager(issuer)), or GatewayTls.none() where plain text is meant');

/**
 * Where requests from outside come into the mesh: hosts, their certificates, and the routes from there to workloads.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class MeshGateway extends Construct implements IMeshGateway, IRequestTarget {
  /** The Gateway, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** Namespace of the Gateway; its pods may be in another. */
  public readonly gatewayNamespace: string;
  /** How the mesh sees the requests that it sends on. */
  public readonly meshIdentity: MeshIdentity;
  /** It is a proxy itself. */
  public readonly meshMembership: MeshMembership = MeshMembership.SIDECAR;
  /** The API by which it and its routes are written. */
  public readonly gatewayApi: GatewayApi;
  /** The pods that it sets up. */
  public readonly pods: GatewayPods;

  /** @internal */
  public readonly _implicit: boolean = false;
  /** @internal */
  public readonly _servers: GatewayServerOptions[] = [];

  constructor(scope: Construct, id: string, props: MeshGatewayProps) {
    super(scope, id);
    Intents.of(this);
    const { publicGateway, gatewayApi } = ClusterProfile.of(this);
    this.gatewayName = props.name ?? id;
    this.gatewayNamespace = namespaceOf(this);
    this.gatewayApi = props.api ?? gatewayApi;
    this.pods = this.gatewayApi === GatewayApi.KUBERNETES
      ? { labels: { 'gateway.networking.k8s.io/gateway-name': this.gatewayName }, namespace: this.gatewayNamespace, serviceAccountName: `${this.gatewayName}-istio` }
      : props.pods ?? { labels: { istio: 'ingressgateway' }, namespace: publicGateway.serviceNamespace, serviceAccountName: publicGateway.serviceAccount };
    this.meshIdentity = MeshIdentity.serviceAccount(this.pods.namespace, this.pods.serviceAccountName);
    this.apiObject = this.gatewayApi === GatewayApi.KUBERNETES ? this.kubernetesGateway() : this.istioGateway();
    this.serve(props);
    reportProblems(this, () => [...wrongType('hosts', props?.hosts ?? 'nothing', TEXTS), ...wrongType('tls', props?.tls ?? 'nothing', TLS), ...gatewayProblems(this)]);
  }

  /** Namespace of its pods. */
  public get workloadNamespace(): string {
    return this.pods.namespace;
  }

  /** Labels of its pods. */
  public get podSelector(): { [key: string]: string } {
    return { ...this.pods.labels };
  }

  /** The hosts that it serves. */
  public get hosts(): string[] {
    return [...new Set(this._servers.flatMap(server => server.hosts))];
  }

  /** What messages call it. */
  public get callerName(): string {
    return `gateway ${this.gatewayNamespace}/${this.gatewayName}`;
  }

  /**
   * Adds a route to one host, or to all of them.
   * @param name what messages, statistics and traces call it; once per host
   * @param options which requests it takes and what becomes of them
   */
  public route(name: string, options: GatewayRouteOptions): void {
    const { host, ...route } = options;
    this.routesOf(host).addRoute(name, route);
  }

  /**
   * The routes of one host: the one VirtualService that it has at this gateway.
   * @param host one of the gateway's hosts, or one that a wildcard of it includes; all of the gateway's hosts where left out
   */
  public routesOf(host?: string): MeshRoute {
    const all = host === undefined || (this.hosts.length === 1 && this.hosts[0] === host);
    const known = this.node.children.find(child => child instanceof MeshRoute && (all ? child.node.id === ROUTES : child.hosts.length === 1 && child.hosts[0] === host));
    if (known) return known as MeshRoute;
    const suffix = all ? '' : `-${host.replace(/^\*\./, 'wildcard-').replace(/\./g, '-')}`;
    return new MeshRoute(this, `${ROUTES}${suffix}`, { name: `${this.gatewayName}${suffix}`, hosts: all ? this.hosts : [host], gateways: [this] });
  }

  /** Lets the gateway listen at a further port. Hosts that are new get routes of their own, by `routesOf`. */
  public addServer(options: GatewayServerOptions): void {
    const at = this._servers.push(options);
    const certificates = options.tls?._certificates ?? [];
    options.tls?._certificate?._certificate(this, `Certificate${at}`, {
      name: secretNameOf(options.tls._certificate, options.hosts, this.gatewayName) ?? '', namespace: this.pods.namespace, hosts: options.hosts,
    });
    certificates.forEach((certificate, index) => certificate._certificate(this, `Certificate${at}-${index + 1}`, {
      name: secretNameOf(certificate, options.hosts, this.gatewayName, index) ?? '', namespace: this.pods.namespace, hosts: options.hosts,
    }));
    if (this.gatewayApi === GatewayApi.KUBERNETES && isRedirect(options)) redirectRoute(this, this, options);
    this._announce(options.hosts);
  }

  /** @internal */
  public _announce(hosts: readonly string[]): void {
    const { gatewayHosts } = Intents.of(this);
    for (const host of hosts) {
      if (!gatewayHosts.all.some(entry => entry.construct === this && entry.host === host)) gatewayHosts.add({ host, construct: this });
    }
  }

  /** @internal */
  public _serves(host: string): boolean {
    return this.hosts.some(pattern => hostIncludes(pattern, host));
  }

  private istioGateway(): ApiObject {
    return resource(this, 'Resource', {
      gvk: Gateway.GVK,
      metadata: { name: this.gatewayName },
      fields: { spec: () => toJson_GatewaySpec({ selector: this.pods.labels, servers: renderServers(this._servers, this.gatewayName) }) },
    });
  }

  private kubernetesGateway(): ApiObject {
    return resource(this, 'Resource', {
      gvk: kubernetes.Gateway.GVK,
      metadata: { name: this.gatewayName },
      fields: {
        spec: () => kubernetes.toJson_GatewaySpec({
          gatewayClassName: 'istio',
          listeners: renderListeners(this._servers, this.gatewayName, routesFrom(this)),
          tls: renderClientCertificates(this._servers),
        }),
      },
    });
  }

  private serve(props: MeshGatewayProps): void {
    const hosts = usable(props.hosts, TEXTS) ?? [];
    const tls = usable(props.tls, TLS) ?? GatewayTls.none();
    const { httpsRedirect } = props;
    if (tls.mode === undefined) {
      this.addServer({ hosts, port: 80, protocol: GatewayProtocol.HTTP });
      return;
    }
    if (tls.terminates && httpsRedirect !== false) this.addServer({ hosts, port: 80, protocol: GatewayProtocol.HTTP, httpsRedirect: true });
    this.addServer({ hosts, port: 443, protocol: tls.terminates ? GatewayProtocol.HTTPS : GatewayProtocol.TLS, tls });
  }
}

/** Namespaces of routes, where some are not in that of the gateway. */
function routesFrom(gateway: MeshGateway): string[] {
  const namespaces = [...new Set(allRoutes(gateway).filter(route => route._props.gateways?.includes(gateway)).map(route => route.routeNamespace))].sort();
  return namespaces.some(namespace => namespace !== gateway.gatewayNamespace) ? namespaces : [];
}
