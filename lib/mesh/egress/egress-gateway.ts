import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayProblems } from './egress-problems';
import { EgressRoute } from './egress-route';
import { Gateway, GatewaySpecServers, GatewaySpecServersTlsMode, toJson_GatewaySpec } from '../../../imports/networking.istio.io';
import { MeshIdentity } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { instanceOf } from '../../core/wrong-type';
import { ExternalService } from '../external/external-service';
import type { GatewayPods } from '../gateway/mesh-gateway';

const EXTERNAL = instanceOf(ExternalService, '');

/** The pods through which requests leave the mesh. */
export interface EgressGatewayProps {
  /**
   * Name of the Gateway.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The pods.
   * @default - Istio's egress gateway, `istio: egressgateway` in the namespace of Istio
   */
  readonly pods?: GatewayPods;

  /**
   * Name of the Service in front of the pods, in their namespace.
   * @default 'istio-egressgateway'
   */
  readonly serviceName?: string;
}

/**
 * Where requests leave the mesh: one place that firewalls may let out, that holds the certificates for hosts outside, and whose logs say who went where.
 * It is no wall by itself: what pods may reach past it, NetworkPolicies decide.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Construct {
  /** The Gateway, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** Namespace of the Gateway; its pods may be in another. */
  public readonly gatewayNamespace: string;
  /** The pods. */
  public readonly pods: GatewayPods;
  /** Host of the Service in front of the pods. */
  public readonly serviceHost: string;
  /** How hosts outside that are in the mesh see what it sends. */
  public readonly meshIdentity: MeshIdentity;

  /** @internal */
  public readonly _routes: EgressRoute[] = [];
  /** @internal */
  public readonly _wrong: unknown[] = [];

  constructor(scope: Construct, id: string, props: EgressGatewayProps = {}) {
    super(scope, id);
    Intents.of(this);
    const profile = ClusterProfile.of(this);
    const { name, pods, serviceName } = props ?? {};
    this.gatewayName = name ?? id;
    this.gatewayNamespace = namespaceOf(this);
    this.pods = pods ?? { labels: { istio: 'egressgateway' }, namespace: profile.istioNamespace, serviceAccountName: 'istio-egressgateway-service-account' };
    this.serviceHost = profile.serviceHost(serviceName ?? 'istio-egressgateway', this.pods.namespace);
    this.meshIdentity = MeshIdentity.serviceAccount(this.pods.namespace, this.pods.serviceAccountName);
    this.apiObject = resource(this, 'Resource', {
      gvk: Gateway.GVK,
      metadata: { name: this.gatewayName },
      fields: { spec: () => toJson_GatewaySpec({ selector: { ...this.pods.labels }, servers: this.servers() }) },
    });
    reportProblems(this, () => gatewayProblems(this));
  }

  /**
   * Sends what pods of the mesh send to an external service through the gateway. Between sidecar and gateway it is mTLS; where the service has a port at
   * which the mesh originates TLS, the gateway does it in place of the sidecars.
   * @param service where the requests go; one host
   */
  public route(service: ExternalService): void {
    if (EXTERNAL.holds(service)) this._routes.push(new EgressRoute(this, `Route-${service.node.id}`, this, service));
    else this._wrong.push(service);
  }

  private servers(): GatewaySpecServers[] {
    const plain = this._routes.flatMap(route => route._plain.length > 0 ? route._service.hosts : []);
    const sealed = this._routes.flatMap(route => route._sealed.length > 0 ? route._service.hosts : []);
    return [
      ...plain.length === 0 ? [] : [{
        port: { number: 80, name: 'https-egress', protocol: 'HTTPS' },
        hosts: plain,
        tls: { mode: GatewaySpecServersTlsMode.ISTIO_UNDERSCORE_MUTUAL },
      }],
      ...sealed.length === 0 ? [] : [{
        port: { number: 443, name: 'tls-egress', protocol: 'TLS' },
        hosts: sealed,
        tls: { mode: GatewaySpecServersTlsMode.PASSTHROUGH },
      }],
    ];
  }
}
