import { Duration } from 'cdk8s';

/** Whether HTTP/1.1 becomes HTTP/2 between proxies. */
export enum Http2Upgrade {
  /** As the mesh is set up. */
  DEFAULT = 'DEFAULT',
  /** It stays as it is. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** It becomes HTTP/2. */
  UPGRADE = 'UPGRADE',
}

/** Signs of life on idle connections. */
export interface TcpKeepalive {
  /**
   * How long a connection is idle before the first one.
   * @default - what the operating system does, two hours on Linux
   */
  readonly time?: Duration;

  /**
   * Between one and the next.
   * @default - what the operating system does, 75 seconds on Linux
   */
  readonly interval?: Duration;

  /**
   * How many without an answer mean that the connection is gone.
   * @default - what the operating system does, 9 on Linux
   */
  readonly probes?: number;
}

/**
 * Limits of what one client's proxy has under way to a host. Beyond them it answers 503 at once (flag UO): this sheds load, it is no rate limit.
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export interface ConnectionPool {
  /**
   * Connections at a time, of HTTP/1.1 and TCP.
   * @default - no limit
   */
  readonly maxConnections?: number;

  /**
   * How long a connection may take to come about; below a tenth of a second it fails between zones.
   * @default - 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * After how long without traffic a connection of TCP is closed.
   * @default - 1 hour
   */
  readonly tcpIdleTimeout?: Duration;

  /**
   * After how long a connection is closed, whatever it does.
   * @default - never
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Signs of life on idle connections.
   * @default - none
   */
  readonly keepalive?: TcpKeepalive;

  /**
   * Requests that wait for a connection.
   * @default - no limit
   */
  readonly maxPendingRequests?: number;

  /**
   * Requests under way, of HTTP/1.1 as of HTTP/2.
   * @default - no limit
   */
  readonly maxRequests?: number;

  /**
   * Requests after which a connection is closed; 1 takes away the use of keeping them open.
   * @default - no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Requests that are sent again, at a time. Where a `retryBudget` is said, that counts.
   * @default - no limit
   */
  readonly maxRetries?: number;

  /**
   * After how long without requests a connection of HTTP is closed.
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * Requests under way in one connection of HTTP/2.
   * @default - no limit
   */
  readonly maxConcurrentStreams?: number;

  /**
   * Whether HTTP/1.1 becomes HTTP/2.
   * @default - as the mesh is set up
   */
  readonly http2Upgrade?: Http2Upgrade;

  /**
   * Whether the version of HTTP stays that of the client.
   * @default - what the port speaks
   */
  readonly useClientProtocol?: boolean;
}
