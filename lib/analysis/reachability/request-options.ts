import { ICaller } from '../../core/caller';
import { IRequestTarget } from '../../core/workload';

/** A request that somebody might send. What is left out is left open: where it matters, the verdict is that it depends. */
export interface RequestOptions {
  /** Who sends it: a workload of the app, a `Caller`, or a `RequestSource`. */
  readonly from: ICaller;

  /** Who is to get it: a workload of the app, or a `RequestTarget`. */
  readonly to: IRequestTarget;

  /**
   * Method, in upper case.
   * @default - left open
   */
  readonly method?: string;

  /**
   * Path; a query is not looked at.
   * @default - left open
   */
  readonly path?: string;

  /**
   * Port of the pods on which it arrives, not of the Service in front of them.
   * @default - the first port on which the target takes requests; for a Knative service 8012
   */
  readonly port?: number;

  /**
   * Host that the request is for (`Host` or `:authority`).
   * @default - the host of the target, if it has one
   */
  readonly host?: string;

  /**
   * Headers.
   * @default - none but those that every request has
   */
  readonly headers?: { [name: string]: string };

  /**
   * Claims of the token that it brings, `iss` among them.
   * @default - it brings no token
   */
  readonly claims?: { [name: string]: any };

  /**
   * Whether the token is well signed and of today.
   * @default true
   */
  readonly tokenValid?: boolean;

  /**
   * Address of the client as the first proxy of a gateway notes it down (`X-Forwarded-For`, proxy protocol).
   * @default - left open
   */
  readonly clientAddress?: string;

  /**
   * Whether the connection carries something else than HTTP.
   * @default - HTTP, unless a Service in front of the pods declares another protocol for the port
   */
  readonly tcp?: boolean;

  /**
   * Asks for one of the ways to a Knative service alone: through the activator, or past it.
   * @default - every way that the request may take; where they differ, the verdict is that it depends
   */
  readonly throughActivator?: boolean;
}
