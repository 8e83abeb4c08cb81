import { ClientTls } from './client-tls';
import { ConnectionPool } from './connection-pool';
import { LoadBalancing } from './load-balancing';
import { LocalityRouting } from './locality-routing';
import { OutlierDetection } from './outlier-detection';

/** How clients' proxies send requests. */
export interface TrafficSettings {
  /**
   * How requests are shared among pods.
   * @default - LoadBalancing.leastRequest()
   */
  readonly loadBalancing?: LoadBalancing;

  /**
   * How the places of clients and pods count.
   * @default - as the mesh is set up: where outlier detection is said, near pods come first
   */
  readonly locality?: LocalityRouting;

  /**
   * Limits of what is under way.
   * @default - no limits
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When pods that fail get no requests for a while.
   * @default - never
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * What proxies put around requests.
   * @default - mTLS of the mesh where the target takes it, what the client sent elsewhere
   */
  readonly tls?: ClientTls;
}

/** Versions of the PROXY protocol, which tells the target the address of the client. */
export enum ProxyProtocolVersion {
  /** As text. */
  V1 = 'V1',
  /** In binary form. */
  V2 = 'V2',
}

/** How a tunnel is asked for. */
export enum TunnelMethod {
  /** HTTP CONNECT. */
  CONNECT = 'CONNECT',
  /** HTTP POST. */
  POST = 'POST',
}

/** A tunnel through the target, for connections of TCP and TLS. */
export interface Tunnel {
  /**
   * How it is asked for.
   * @default TunnelMethod.CONNECT
   */
  readonly method?: TunnelMethod;
  /** Host at its end. */
  readonly host: string;
  /** Port at its end. */
  readonly port: number;
}

/** How many of the requests under way may be such that are sent again. */
export interface RetryBudget {
  /**
   * Share of the requests under way, in percent.
   * @default 20
   */
  readonly percent?: number;

  /**
   * How many there may be whatever the share.
   * @default 3
   */
  readonly minRetryConcurrency?: number;
}

/** How clients' proxies send requests to a host or a version of its workload. */
export interface HostTrafficSettings extends TrafficSettings {
  /**
   * How many of the requests under way may be such that are sent again, so that retries do not add to an overload.
   * @default - no limit but `connectionPool.maxRetries`
   */
  readonly retryBudget?: RetryBudget;

  /**
   * The PROXY protocol, for targets that read it.
   * @default - none
   */
  readonly proxyProtocol?: ProxyProtocolVersion;

  /**
   * A tunnel through the target.
   * @default - none
   */
  readonly tunnel?: Tunnel;
}
