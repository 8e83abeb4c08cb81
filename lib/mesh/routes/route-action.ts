import type { IMeshRoute } from './route-interface';
import { IRouteTarget } from '../../core/route-target';

/** A share of a route's requests and where it goes. */
export interface WeightedTarget {
  /** Where it goes. */
  readonly target: IRouteTarget;

  /** Its share in percent; all shares of a route add up to 100. */
  readonly weight: number;

  /**
   * What is changed in the headers of its requests and answers.
   * @default - nothing
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * What is changed in the headers of its answers.
   * @default - nothing
   */
  readonly responseHeaders?: HeaderChanges;
}

/** What is changed in headers. */
export interface HeaderChanges {
  /**
   * Headers that get this value, whatever they had.
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Headers that get this value besides what they have.
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Headers that are taken away.
   * @default - none
   */
  readonly remove?: string[];
}

/** Where a client is sent instead. */
export interface RedirectOptions {
  /**
   * Path that it is sent to, in place of its own.
   * @default - its own
   */
  readonly path?: string;

  /**
   * Host that it is sent to.
   * @default - the one it asked for
   */
  readonly host?: string;

  /**
   * Scheme: `http` or `https`.
   * @default - that of the request
   */
  readonly scheme?: string;

  /**
   * Port.
   * @default - that of the scheme, where the scheme is said; else that of the request
   */
  readonly port?: number;

  /**
   * Status of the answer: 301, 302, 303, 307 or 308.
   * @default 301
   */
  readonly status?: number;
}

/** What a route answers by itself. */
export interface RespondOptions {
  /**
   * Text of the answer, at most 1 MiB.
   * @default - none
   */
  readonly body?: string;
}

export interface RedirectAction extends RedirectOptions {
  readonly kind: 'redirect';
}

/** What is done, as the rendering needs it. */
export type Action =
  | { readonly kind: 'forward'; readonly targets: readonly WeightedTarget[] }
  | RedirectAction
  | { readonly kind: 'respond'; readonly status: number; readonly body?: string; readonly base64?: string }
  | { readonly kind: 'delegate'; readonly route: IMeshRoute };

/** What is done with the requests that a route takes. */
export class RouteAction {
  /** They go to one target: a workload, a version of one (`RouteTarget.tag`, a version's subset), or a host. */
  public static forward(target: IRouteTarget): RouteAction {
    return new RouteAction({ kind: 'forward', targets: [{ target, weight: 100 }] });
  }

  /** They are split among several targets by weight. */
  public static split(...targets: WeightedTarget[]): RouteAction {
    return new RouteAction({ kind: 'forward', targets });
  }

  /** The client is sent elsewhere. */
  public static redirect(options: RedirectOptions): RouteAction {
    return new RouteAction({ ...options, kind: 'redirect' });
  }

  /** They are answered on the spot. */
  public static respond(status: number, options: RespondOptions = {}): RouteAction {
    return new RouteAction({ kind: 'respond', status, body: options.body });
  }

  /** They are answered on the spot with bytes, given in base64. */
  public static respondBytes(status: number, base64: string): RouteAction {
    return new RouteAction({ kind: 'respond', status, base64 });
  }

  /** The routes of another MeshRoute, made without hosts, decide: another team may own it. */
  public static delegate(route: IMeshRoute): RouteAction {
    return new RouteAction({ kind: 'delegate', route });
  }

  private constructor(
    /** @internal */
    public readonly _action: Action,
  ) {}
}
