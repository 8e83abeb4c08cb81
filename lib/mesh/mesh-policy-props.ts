import { MtlsMode } from './mtls/mtls-mode';
import { NetworkPolicyType } from './network/network-policy-type';
import { Preflights } from './preflights/preflights';
import { AccessLogOptions, MeshMetricsOptions, MeshTracingOptions } from './telemetry/telemetry-options';
import { IWorkload } from '../core/workload';

/** What holds for every workload of a namespace, or for some of them. */
export interface MeshPolicyProps {
  /**
   * The namespace that it governs.
   * @default - the chart's, or `default` where the chart names none
   */
  readonly namespace?: string;

  /**
   * The workloads that it governs, where it is not for a whole namespace. They may be in several.
   * @default - all of the namespace
   */
  readonly workloads?: IWorkload[];

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

  /**
   * Preflights of browsers that need no token.
   * @default Preflights.ANSWERED: those that a gateway answers itself by the CORS policy of a route
   */
  readonly exemptPreflights?: Preflights;
}
