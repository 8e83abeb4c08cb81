import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessPolicy } from './access-policy';
import { callsTo } from './calls';
import { CODES } from './codes';
import { JwtAuthentication } from './jwt/jwt-authentication';
import { MtlsMode } from './mtls/mtls-mode';
import { MutualTls } from './mtls/mutual-tls';
import { NetworkIsolation } from './network/network-isolation';
import { NetworkPolicyType } from './network/network-policy-type';
import { addPolicy } from './policies';
import { policyProblems } from './policy-problems';
import { Rate } from './rate-limit/rate';
import { RateLimit, RateLimitRule } from './rate-limit/rate-limit';
import { MeshTelemetry } from './telemetry/mesh-telemetry';
import { AccessLogOptions, MeshMetricsOptions, MeshTracingOptions } from './telemetry/telemetry-options';
import { AuthorizationPolicy, toJson_AuthorizationPolicySpec } from '../../imports/security.istio.io';
import { Intents } from '../core/intents';
import { JwtIssuer } from '../core/jwt/jwt-issuer';
import { namespaceOf } from '../core/names';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IRequestTarget, IWorkload } from '../core/workload';

/** What holds for every workload of a namespace. */
export interface MeshPolicyProps {
  /**
   * The namespace that it governs.
   * @default - the chart's, or `default` where the chart names none
   */
  readonly namespace?: string;

  /**
   * What pods accept.
   * @default MtlsMode.STRICT
   */
  readonly mtls?: MtlsMode;

  /**
   * Whether everything is denied that nobody granted with `grantInvoke`.
   * @default true
   */
  readonly defaultDeny?: boolean;

  /**
   * Whether the grants also become NetworkPolicies, which restrict who may connect to the pods of the app's workloads.
   * @default - true where everything is denied that nobody granted
   */
  readonly networkPolicies?: boolean;

  /**
   * Which connections the NetworkPolicies restrict. With `EGRESS` pods connect only to what was declared that they call, and to what every pod needs:
   * DNS, the control plane of the mesh, brokers, and collectors of OTLP.
   * @default [NetworkPolicyType.INGRESS]
   */
  readonly networkPolicyTypes?: NetworkPolicyType[];

  /**
   * What the proxies of the namespace log.
   * @default - what wider settings say
   */
  readonly accessLogs?: AccessLogOptions[];

  /**
   * What they count.
   * @default - what wider settings say
   */
  readonly metrics?: MeshMetricsOptions[];

  /**
   * What they trace.
   * @default - what wider settings say
   */
  readonly tracing?: MeshTracingOptions[];
}

/** Which tokens requests to a workload bring. */
export interface TokenPolicyOptions {
  /**
   * Whether requests without a token are turned away.
   * @default true
   */
  readonly required?: boolean;

  /**
   * Paths that need no token.
   * @default - none
   */
  readonly exemptPaths?: string[];
}

/**
 * Mutual TLS and deny by default for a namespace. Knative services in it keep working: each gets a policy that admits Knative's own
 * probes and metrics, and the callers that were granted.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @see https://knative.dev/docs/serving/istio-authorization/
 */
export class MeshPolicy extends Construct {
  /** The namespace that it governs. */
  public readonly namespace: string;
  /** What its pods accept. */
  public readonly mtls: MtlsMode;
  /** Whether everything is denied that nobody granted. */
  public readonly defaultDeny: boolean;
  /** Whether the grants also become NetworkPolicies. */
  public readonly networkPolicies: boolean;
  /** Which connections they restrict. */
  public readonly networkPolicyTypes: NetworkPolicyType[];
  /** What its pods accept, as a construct of its own. */
  public readonly mutualTls: MutualTls;
  /** The PeerAuthentication, as an escape hatch. */
  public readonly apiObject: ApiObject;
  /** The AuthorizationPolicy that denies by default, as an escape hatch; undefined where nothing is denied. */
  public readonly defaultDenyObject?: ApiObject;

  constructor(scope: Construct, id: string, props: MeshPolicyProps = {}) {
    super(scope, id);
    const intents = Intents.of(this);
    const namespace = props.namespace ?? namespaceOf(this);
    this.namespace = namespace;
    this.mtls = props.mtls ?? MtlsMode.STRICT;
    this.defaultDeny = props.defaultDeny ?? true;
    this.networkPolicies = props.networkPolicies ?? this.defaultDeny;
    this.networkPolicyTypes = props.networkPolicyTypes ?? [NetworkPolicyType.INGRESS];
    reportProblems(this, () => policyProblems(this));
    addPolicy(this, this);
    this.mutualTls = new MutualTls(this, 'MutualTls', { namespace, mode: this.mtls });
    this.apiObject = this.mutualTls.apiObject;
    if (this.networkPolicies) {
      intents.workloads.all.filter(workload => workload.workloadNamespace === namespace).forEach(workload => NetworkIsolation._ensure(workload, this.networkPolicyTypes));
    }
    const { accessLogs, metrics, tracing } = props;
    if (accessLogs ?? metrics ?? tracing) new MeshTelemetry(this, 'Telemetry', { namespace, accessLogs, metrics, tracing });
    if (this.defaultDeny) {
      this.defaultDenyObject = resource(this, 'DefaultDeny', {
        gvk: AuthorizationPolicy.GVK,
        metadata: { name: 'default-deny', namespace },
        // it allows, and no rule says what: nothing
        fields: { spec: () => toJson_AuthorizationPolicySpec({}) },
      });
      intents.denyByDefault.add({ namespace, construct: this });
    }
  }

  /**
   * Asks requests to a workload or a gateway for tokens, as a `JwtAuthentication` does.
   * @param target what takes the requests
   * @param issuers whose tokens are believed
   */
  public requireToken(target: IRequestTarget, issuers: JwtIssuer[], options: TokenPolicyOptions = {}): JwtAuthentication {
    return new JwtAuthentication(this, this.freeId('Tokens'), { target, issuers, ...options });
  }

  /**
   * Limits the requests to a workload or a gateway, as a `RateLimit` does.
   * @param target what takes the requests
   * @param limit how many in all, at each of its pods
   * @param rules limits for some of them
   */
  public limitRequests(target: IRequestTarget, limit: Rate, rules?: RateLimitRule[]): RateLimit {
    return new RateLimit(this, this.freeId('RateLimit'), { target, limit, rules });
  }

  private freeId(name: string): string {
    return `${name}${this.node.children.filter(child => child.node.id.startsWith(name)).length + 1}`;
  }

  /**
   * Opens one port of a workload to plain text and to callers without identity, such as a Prometheus outside of the mesh.
   * All other ports keep what holds in the namespace.
   *
   * @param workload a workload of this namespace
   * @param port a port of its pods, not of the Service in front of them
   */
  public exemptPort(workload: IWorkload, port: number): MutualTls {
    callsTo(workload).openPorts.add(port);
    const mutualTls = MutualTls._ensure(workload);
    mutualTls.addPort(port);
    if (this.defaultDeny) AccessPolicy._ensure(workload);
    reportProblems(this, () => workload.workloadNamespace === this.namespace ? [] : [{
      code: CODES.exemptElsewhere,
      field: 'exemptPort',
      value: workload.workloadName,
      reason: `${workload.workloadName} runs in namespace ${workload.workloadNamespace}, which this policy of namespace ${this.namespace} does not govern`,
      fix: `exempt the port on a MeshPolicy of namespace ${workload.workloadNamespace}`,
    }]);
    return mutualTls;
  }
}
