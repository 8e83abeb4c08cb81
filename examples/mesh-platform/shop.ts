import { App, Chart } from 'cdk8s';
import { AUTHORIZER, TRACES } from './providers';
import {
  AccessAudit, BindAs, BindingSource, Caller, CertificateIssuer, ContainerService, ExtensionCode, ExternalAuthorization, ExternalSecret, GatewayTls, GlobalRateLimit, HealthCheck,
  HttpMethod, JwtAuthentication, JwtIssuer, MeshGateway, MeshNamespace, MeshPolicy, MeshTelemetry, MtlsMode, MutualTls, PluginPhase, Rate, RateLimitMatch, RouteAction, RouteMatch,
  RouteTarget, SecretStoreReference, Tls, TraceTag, TrafficExtension, WasmModule, WasmPlugin, Waypoint,
} from 'cdk8s-serverless-mesh';

const REGISTRY = 'registry.example.com/shop';

/** A shop in ambient mode: identity at the nodes, everything about HTTP at a waypoint. */
export class Shop extends Chart {
  constructor(app: App) {
    super(app, 'shop', { namespace: 'shop' });

    new MeshNamespace(this, 'shop');
    new MeshPolicy(this, 'policy');
    const waypoint = new Waypoint(this, 'waypoint');
    new MeshTelemetry(this, 'telemetry', {
      target: waypoint,
      accessLogs: [{ filter: AccessAudit.LOG_FILTER }],
      tracing: [{ provider: TRACES, samplingPercentage: 5, tags: { tenant: TraceTag.header('x-tenant') } }],
    });

    const database = new ExternalSecret(this, 'ledger-database', { store: SecretStoreReference.cluster('vault'), keys: { url: { key: 'shop/ledger', property: 'url' } } });
    const ledger = this.service('ledger', '1.4.0');
    ledger.bind(BindingSource.externalSecret(database), BindAs.variables({ DATABASE_URL: 'url' }));
    const web = this.service('web', '2.4.0');
    ledger.grantInvoke(web, { methods: [HttpMethod.GET, HttpMethod.DELETE], paths: ['/v1/*'] });
    web.grantInvoke(Caller.ingressGateway(this));

    new JwtAuthentication(this, 'tokens', { target: ledger, issuers: [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })] });
    new ExternalAuthorization(this, 'refunds', { target: ledger, provider: AUTHORIZER, paths: ['/v1/refunds/*'] });
    new AccessAudit(this, 'deletions', { target: ledger, methods: [HttpMethod.DELETE], paths: ['/v1/*'] });
    new WasmPlugin(this, 'tenant', {
      target: ledger,
      module: WasmModule.image('registry.example.com/filters/tenant@sha256:8f9d0fbd6a9ad7a4a9f1a63a4f6a64f6d3e77e2f50b0f0f5fb7f3f5dce4d2a10'),
      phase: PluginPhase.BEFORE_AUTHORIZATION,
      config: { header: 'x-tenant' },
    });
    new TrafficExtension(this, 'stamp', { target: waypoint, code: ExtensionCode.lua('function envoy_on_response(handle) handle:headers():add("x-shop", "1") end') });

    const exporter = this.service('exporter', '0.9.1');
    new MutualTls(this, 'exporter-tls', { target: exporter, ports: [{ port: 8080, mode: MtlsMode.PERMISSIVE }] });

    const edge = new MeshGateway(this, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.terminate(Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'))) });
    edge.route('web', { match: [RouteMatch.pathPrefix('/')], action: RouteAction.forward(web) });
    new GlobalRateLimit(this, 'limit', {
      target: edge,
      service: RouteTarget.host('ratelimit.policy.svc.cluster.local', 8081),
      rules: [{ name: 'address', match: [RateLimitMatch.eachAddress()], limit: Rate.perMinute(120) }],
    });
  }

  private service(name: string, version: string): ContainerService {
    return new ContainerService(this, name, { image: `${REGISTRY}/${name}:${version}`, readiness: HealthCheck.http('/ready') });
  }
}
