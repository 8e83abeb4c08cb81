import { Duration } from 'cdk8s';
import { TextMatch } from './text-match';
import { HttpMethod } from '../../core/grants';

/** What becomes of preflight requests of origins that are not allowed. */
export enum UnmatchedPreflights {
  /** They are sent on to the target. */
  FORWARD = 'FORWARD',
  /** They are answered without permission. */
  IGNORE = 'IGNORE',
}

/** Which pages of other origins may use what is behind a route. */
export interface CorsPolicy {
  /** Origins that may, with scheme and without path: `https://shop.example.com`. */
  readonly allowOrigins: TextMatch[];

  /**
   * Methods that they may use.
   * @default - those that need no permission: GET, HEAD and POST
   */
  readonly allowMethods?: HttpMethod[];

  /**
   * Headers that they may send.
   * @default - those that need no permission
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of the answer that they may read.
   * @default - those that need no permission
   */
  readonly exposeHeaders?: string[];

  /**
   * How long a browser may keep the permission, in whole seconds.
   * @default - 5 seconds, as browsers do
   */
  readonly maxAge?: Duration;

  /**
   * Whether cookies and other credentials may come along.
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * What becomes of preflight requests of other origins.
   * @default UnmatchedPreflights.FORWARD, as Istio does
   */
  readonly unmatchedPreflights?: UnmatchedPreflights;
}
