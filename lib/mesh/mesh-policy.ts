import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessPolicy } from './access-policy';
import { callsTo } from './calls';
import { CODES } from './codes';
import { denyUnlessGranted } from './governed-calls';
import { MeshPolicyProps, TokenPolicyOptions } from './mesh-policy-props';
import { MtlsMode } from './mtls/mtls-mode';
import { MutualTls } from './mtls/mutual-tls';
import { NetworkIsolation } from './network/network-isolation';
import { NetworkPolicyType } from './network/network-policy-type';
import { addPolicy } from './policies';
import { policyProblems } from './policy-problems';
import { policyTypeProblems, usablePolicy } from './policy-types';
import { AuthorizationPolicy, toJson_AuthorizationPolicySpec } from '../../imports/security.istio.io';
import { Caller, ICaller } from '../core/caller';
import { ExtensionProvider } from '../core/extension-provider';
import { Intents } from '../core/intents';
import { JwtIssuer } from '../core/jwt/jwt-issuer';
import { freeId, namespaceOf } from '../core/names';
import { OutboundTraffic } from '../core/outbound-traffic';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IRouteTarget, knativeServiceOf } from '../core/route-target';
import { IRequestTarget, IWorkload } from '../core/workload';
import { Expected, wrongType } from '../core/wrong-type';
import { ExternalAuthorization, ExternalAuthorizationOptions } from './access/external-authorization';
import { TrafficPolicy } from './destinations/traffic-policy';
import { HostTrafficSettings } from './destinations/traffic-settings';
import type { ExternalService } from './external/external-service';
import { JwtAuthentication } from './jwt/jwt-authentication';
import { WORKLOAD } from './policy-target';
import { Rate } from './rate-limit/rate';
import { RateLimit, RateLimitRule } from './rate-limit/rate-limit';
import { SidecarScope, SidecarScopeOptions } from './scope/sidecar-scope';
import { MeshTelemetry } from './telemetry/mesh-telemetry';

const EXTERNAL: Expected<ExternalService> = {
  what: 'an ExternalService',
  fix: 'pass the construct itself and not its name',
  holds: (value): value is ExternalService => typeof value === 'object' && value !== null && 'grantEgress' in value,
};

/**
 * What a team says of the mesh for a namespace, or for some workloads: mutual TLS, deny by default and NetworkPolicies from the start, and tokens, limits,
 * resilience, egress and telemetry as they are asked for. Knative services keep working: each gets a policy that admits Knative's own probes and metrics, and the
 * callers that were granted.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @see https://knative.dev/docs/serving/istio-authorization/
 */
export class MeshPolicy extends Construct {
  /** The namespace that it governs, or, where single workloads are named, the one that it was written in. */
  public readonly namespace: string;
  /** The workloads that it governs; undefined where it is for the whole namespace. */
  public readonly workloads?: IWorkload[];
  /** What their pods accept. */
  public readonly mtls: MtlsMode;
  /** Whether everything is denied that nobody granted. */
  public readonly defaultDeny: boolean;
  /** Whether the grants also become NetworkPolicies. */
  public readonly networkPolicies: boolean;
  /** Which connections they restrict. */
  public readonly networkPolicyTypes: NetworkPolicyType[];
  /** What the pods accept, as a construct of its own. Of single workloads that of the first: `MutualTls.of` has the others. */
  public readonly mutualTls: MutualTls;
  /** The PeerAuthentication, as an escape hatch. Of single workloads that of the first. */
  public readonly apiObject: ApiObject;
  /** The AuthorizationPolicy that denies by default in the namespace, as an escape hatch; undefined where there is none. */
  public readonly defaultDenyObject?: ApiObject;

  constructor(scope: Construct, id: string, props: MeshPolicyProps = {}) {
    super(scope, id);
    const said = usablePolicy(props);
    this.namespace = said.namespace ?? namespaceOf(this);
    this.workloads = said.workloads && [...said.workloads];
    this.mtls = said.mtls ?? MtlsMode.STRICT;
    this.defaultDeny = said.defaultDeny ?? true;
    this.networkPolicies = said.networkPolicies ?? this.defaultDeny;
    this.networkPolicyTypes = said.networkPolicyTypes ?? [NetworkPolicyType.INGRESS];
    reportProblems(this, () => policyTypeProblems(props));
    reportProblems(this, () => policyProblems(this));
    addPolicy(this, this);
    const [first] = this.scopes().map(governed => new MutualTls(this, freeId(this, 'MutualTls'), { ...governed, mode: this.mtls }));
    this.mutualTls = first;
    this.apiObject = first.apiObject;
    if (this.networkPolicies) this.governed.forEach(workload => NetworkIsolation._ensure(workload, this.networkPolicyTypes));
    const { accessLogs, metrics, tracing } = said;
    if (accessLogs ?? metrics ?? tracing) {
      this.scopes().forEach(governed => new MeshTelemetry(this, freeId(this, 'Telemetry'), { ...governed, accessLogs, metrics, tracing }));
    }
    if (this.defaultDeny) this.defaultDenyObject = this.denyByDefault();
  }

  /** Whether a workload is one of those that it governs. */
  public governs(workload: IWorkload): boolean {
    return this.workloads === undefined ? workload.workloadNamespace === this.namespace : this.workloads.includes(workload);
  }

  /**
   * Asks requests to a workload or a gateway for tokens, as a `JwtAuthentication` does.
   * @param target what takes the requests
   * @param issuers whose tokens are believed
   */
  public requireToken(target: IRequestTarget, issuers: JwtIssuer[], options: TokenPolicyOptions = {}): JwtAuthentication {
    return new JwtAuthentication(this, freeId(this, 'Tokens'), { target, issuers, ...options });
  }

  /**
   * Asks requests to every workload that it governs for tokens, also to those that are added later.
   * @param issuers whose tokens are believed
   */
  public requireTokens(issuers: JwtIssuer[], options: TokenPolicyOptions = {}): void {
    this.forEachGoverned(workload => this.requireToken(workload, issuers, options));
  }

  /**
   * Has somebody else decide about requests to a workload or a gateway, as an `ExternalAuthorization` does.
   * @param target what takes the requests
   * @param provider who is asked
   */
  public authorizeBy(target: IRequestTarget, provider: ExtensionProvider, options: ExternalAuthorizationOptions = {}): ExternalAuthorization {
    return new ExternalAuthorization(this, freeId(this, 'Authorization'), { target, provider, ...options });
  }

  /**
   * Limits the requests to a workload or a gateway, as a `RateLimit` does.
   * @param target what takes the requests
   * @param limit how many in all, at each of its pods
   * @param rules limits for some of them
   */
  public limitRequests(target: IRequestTarget, limit: Rate, rules?: RateLimitRule[]): RateLimit {
    return new RateLimit(this, freeId(this, 'RateLimit'), { target, limit, rules });
  }

  /**
   * Says how clients send requests to a host (connection pools, outlier detection, load balancing, TLS), as a `TrafficPolicy` does.
   * @param target where the requests go; no Knative service
   * @param settings what is said
   */
  public trafficTo(target: IRouteTarget, settings: HostTrafficSettings): TrafficPolicy {
    return new TrafficPolicy(this, freeId(this, 'Traffic'), { target, ...settings });
  }

  /**
   * Says the same of every workload that it governs, also of those that are added later. Knative services are left out: Knative routes past what is said of their hosts.
   * @param settings what is said
   */
  public trafficToAll(settings: HostTrafficSettings): void {
    this.forEachGoverned(workload => {
      if (knativeServiceOf(workload) === undefined) this.trafficTo(workload, settings);
    });
  }

  /**
   * Declares that requests are sent to an external service, as its `grantEgress` does.
   * @param service where the requests go
   * @param callers who sends them; everything that the policy governs where nobody is named
   */
  public allowEgress(service: ExternalService, ...callers: ICaller[]): void {
    if (!EXTERNAL.holds(service)) {
      reportProblems(this, () => wrongType('allowEgress', service ?? 'nothing', EXTERNAL));
      return;
    }
    const everybody = this.workloads ?? [Caller.namespace(this.namespace)];
    service.grantEgress(...callers.length > 0 ? callers : everybody);
  }

  /**
   * Has sidecars send requests to nothing but what was declared, by a `SidecarScope`. Where the mesh has no sidecars, NetworkPolicies for egress do it.
   * @param options what is declared beside grants, and what becomes of all else: it is blocked, unless said otherwise
   */
  public restrictEgress(options: SidecarScopeOptions = {}): SidecarScope[] {
    return (this.workloads ?? [undefined]).map(workload => new SidecarScope(this, freeId(this, 'Egress'), {
      outboundTraffic: OutboundTraffic.REGISTRY_ONLY, ...options, workload, namespace: this.namespace,
    }));
  }

  /**
   * Opens one port of a workload to plain text and to callers without identity, such as a Prometheus outside of the mesh.
   * All other ports keep what holds for the workload.
   *
   * @param workload a workload that it governs
   * @param port a port of its pods, not of the Service in front of them
   */
  public exemptPort(workload: IWorkload, port: number): MutualTls {
    if (!WORKLOAD.holds(workload)) {
      reportProblems(this, () => wrongType('exemptPort', workload ?? 'nothing', WORKLOAD));
      return this.mutualTls;
    }
    callsTo(workload).openPorts.add(port);
    const mutualTls = MutualTls._ensure(workload);
    mutualTls.addPort(port);
    if (this.defaultDeny) AccessPolicy._ensure(workload);
    reportProblems(this, () => this.governs(workload) ? [] : [{
      code: CODES.exemptElsewhere,
      field: 'exemptPort',
      value: workload.workloadName,
      reason: `${workload.workloadName} runs in namespace ${workload.workloadNamespace}, and this policy does not govern it`,
      fix: `exempt the port on a MeshPolicy that does, such as one of namespace ${workload.workloadNamespace}`,
    }]);
    return mutualTls;
  }

  private denyByDefault(): ApiObject | undefined {
    if (this.workloads !== undefined) {
      this.workloads.forEach(workload => denyUnlessGranted(workload));
      return undefined;
    }
    const { namespace } = this;
    const object = resource(this, 'DefaultDeny', {
      gvk: AuthorizationPolicy.GVK,
      metadata: { name: 'default-deny', namespace },
      // it allows, and no rule says what: nothing
      fields: { spec: () => toJson_AuthorizationPolicySpec({}) },
    });
    Intents.of(this).denyByDefault.add({ namespace, construct: this });
    return object;
  }

  private scopes(): { namespace?: string; target?: IWorkload }[] {
    return this.workloads?.map(target => ({ target })) ?? [{ namespace: this.namespace }];
  }

  private get governed(): IWorkload[] {
    return Intents.of(this).workloads.all.filter(workload => this.governs(workload));
  }

  private forEachGoverned(act: (workload: IWorkload) => void): void {
    Intents.of(this).workloads.forEach(workload => {
      if (this.governs(workload)) act(workload);
    });
  }
}
