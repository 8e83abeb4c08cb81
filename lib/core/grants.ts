import { Condition } from './condition';
import { TokenRequirement } from './jwt/token-requirement';

/** HTTP methods. */
export enum HttpMethod {
  /** GET */
  GET = 'GET',
  /** HEAD */
  HEAD = 'HEAD',
  /** POST */
  POST = 'POST',
  /** PUT */
  PUT = 'PUT',
  /** PATCH */
  PATCH = 'PATCH',
  /** DELETE */
  DELETE = 'DELETE',
  /** OPTIONS */
  OPTIONS = 'OPTIONS',
}

/** What a grant covers. */
export interface GrantOptions {
  /** @default - every method */
  readonly methods?: HttpMethod[];

  /**
   * Paths, each exact, with a trailing `*` (prefix), a leading `*` (suffix), or a template whose segments may be `{*}` (one segment) or `{**}` (any number).
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Hosts that requests are for (`Host`, `:authority`), whatever port they name; the first label may be an asterisk.
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * Ports of the pods, not of the Service in front of them.
   * @default - those on which the workload takes requests
   */
  readonly ports?: number[];

  /**
   * A token that requests have to bring, whoever the caller is.
   * @default - none is asked for, unless the caller is one who is known by a token
   */
  readonly token?: TokenRequirement;

  /**
   * What else requests have to be, all of it.
   * @default - nothing else is asked
   */
  readonly conditions?: Condition[];
}
