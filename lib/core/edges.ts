import { ICaller } from './caller';
import { IWorkload } from './workload';

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
   * Paths, each exact, with a trailing `*` (prefix) or a leading `*` (suffix).
   * @default - every path
   */
  readonly paths?: string[];
}

/** A declared call: who may send which requests to whom. */
export interface Edge {
  readonly caller: ICaller;
  readonly target: IWorkload;
  readonly options: GrantOptions;
  /** Events come from the broker's data plane, which no user wrote down as a caller. */
  readonly delivery?: boolean;
}
