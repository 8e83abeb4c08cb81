import { Duration } from 'cdk8s';

/**
 * What a request is sent again for.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export enum RetryOn {
  /** No connection came about, so nothing was sent. */
  CONNECT_FAILURE = 'connect-failure',
  /** The target refused the stream before it looked at it. */
  REFUSED_STREAM = 'refused-stream',
  /** The connection broke before the request was sent. */
  RESET_BEFORE_REQUEST = 'reset-before-request',
  /** The connection broke, or no answer came in time; the request may have been worked on. */
  RESET = 'reset',
  /** Statuses 502, 503 and 504. */
  GATEWAY_ERROR = 'gateway-error',
  /** Statuses from 500 on, resets, and connections that did not come about. */
  SERVER_ERROR = '5xx',
  /** Status 409. */
  RETRIABLE_4XX = 'retriable-4xx',
  /** gRPC status UNAVAILABLE. */
  UNAVAILABLE = 'unavailable',
  /** gRPC status CANCELLED. */
  CANCELLED = 'cancelled',
  /** gRPC status DEADLINE_EXCEEDED. */
  DEADLINE_EXCEEDED = 'deadline-exceeded',
  /** gRPC status RESOURCE_EXHAUSTED. */
  RESOURCE_EXHAUSTED = 'resource-exhausted',
  /** gRPC status INTERNAL. */
  INTERNAL = 'internal',
}

/** How often, for what and how fast a request is sent again. */
export interface RetryPolicy {
  /** How often after the first time; 0 is never. */
  readonly attempts: number;

  /**
   * How long each time may take, the first included.
   * @default - as long as the route's timeout
   */
  readonly perTryTimeout?: Duration;

  /**
   * What a request is sent again for. Where requests change something, keep to those that were never worked on: `CONNECT_FAILURE`,
   * `REFUSED_STREAM`, `RESET_BEFORE_REQUEST`.
   * @default - CONNECT_FAILURE, REFUSED_STREAM, UNAVAILABLE and CANCELLED, Istio's own
   */
  readonly on?: RetryOn[];

  /**
   * Statuses of answers for which it is sent again as well.
   * @default - none
   */
  readonly onStatus?: number[];

  /**
   * The least pause between two times.
   * @default - 25 milliseconds, growing
   */
  readonly backoff?: Duration;

  /**
   * Whether it may be sent to another zone or region.
   * @default - as the load balancing of the target says
   */
  readonly otherLocalities?: boolean;

  /**
   * Whether pods that were tried are left out.
   * @default true
   */
  readonly avoidPreviousHosts?: boolean;
}
