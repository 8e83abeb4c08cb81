import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { EgressGateway } from './egress-gateway';
import { toJson_VirtualServiceSpec, VirtualService, VirtualServiceSpec, VirtualServiceSpecHttp, VirtualServiceSpecTls } from '../../../imports/networking.istio.io';
import { resource } from '../../core/resource';
import { ClientTls } from '../destinations/client-tls';
import { HostRule } from '../destinations/host-rule';
import { ExternalServicePort } from '../external/external-port';
import { ExternalService } from '../external/external-service';

/**
 * The way of requests to one external service through an egress gateway.
 * @internal
 */
export class EgressRoute extends Construct {
  public readonly apiObject: ApiObject;
  /** Ports at which clients send plain HTTP. */
  public readonly _plain: ExternalServicePort[];
  /** Ports at which clients speak TLS themselves. */
  public readonly _sealed: ExternalServicePort[];

  constructor(scope: Construct, id: string, private readonly gateway: EgressGateway, public readonly _service: ExternalService) {
    super(scope, id);
    const ports = _service.ports;
    this._plain = ports.filter(({ protocol }) => ['HTTP', 'HTTP2', 'GRPC'].includes(protocol));
    this._sealed = ports.filter(({ protocol }) => ['HTTPS', 'TLS'].includes(protocol));
    this.apiObject = resource(this, 'Resource', {
      gvk: VirtualService.GVK,
      metadata: { name: `${gateway.gatewayName}-${_service.node.id}` },
      fields: { spec: () => toJson_VirtualServiceSpec(this.spec()) },
    });
    _service._leaveThroughGateway(gateway.pods);
    this.secure();
  }

  private get subset(): string {
    return String(this._service.node.id).toLowerCase().replace(/[^a-z0-9-]/g, '-');
  }

  /** The sidecar names the host to the gateway, which chooses the server by it. What the gateway then puts around it, the rule of the host says. */
  private secure(): void {
    if (this._plain.length === 0) return;
    const inside = HostRule.ensure({ serviceHost: this.gateway.serviceHost, servicePort: 80 }, this.gateway);
    inside.addSubset(this.subset, this.gateway.pods.labels);
    inside.addSettings({ construct: this, version: this.subset, port: 80, settings: { tls: ClientTls.istioMutual({ sni: this._service.serviceHost }) } });
  }

  private spec(): VirtualServiceSpec {
    const { hosts } = this._service;
    const gateway = this.gateway.gatewayName;
    const toGateway = (number: number, subset?: string) => ({ destination: { host: this.gateway.serviceHost, subset, port: { number } } });
    const http: VirtualServiceSpecHttp[] = this._plain.flatMap(({ port }) => [
      { match: [{ gateways: ['mesh'], port }], route: [toGateway(80, this.subset)] },
    ]);
    const [first] = this._plain;
    if (first) http.push({ match: [{ gateways: [gateway], port: 80 }], route: [{ destination: { host: this._service.serviceHost, port: { number: first.port } } }] });
    const tls: VirtualServiceSpecTls[] = this._sealed.flatMap(({ port }) => [
      { match: [{ gateways: ['mesh'], port, sniHosts: hosts }], route: [toGateway(443)] },
    ]);
    const [sealed] = this._sealed;
    if (sealed) tls.push({ match: [{ gateways: [gateway], port: 443, sniHosts: hosts }], route: [{ destination: { host: this._service.serviceHost, port: { number: sealed.port } } }] });
    return { hosts, gateways: [gateway, 'mesh'], http: http.length > 0 ? http : undefined, tls: tls.length > 0 ? tls : undefined };
  }
}
