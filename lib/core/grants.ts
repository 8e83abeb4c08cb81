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
}
