/**
 * Preflights, by which browsers ask whether a page of another origin may send a request: `OPTIONS` with the headers `Origin` and
 * `Access-Control-Request-Method`. They never bring a token.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export enum Preflights {
  /** Those that the gateway answers itself, because the route that takes them has a CORS policy which allows what they ask for. None at a workload. */
  ANSWERED = 'Answered',
  /** All of them. What the gateway does not answer reaches the workload without a token, as an app that answers preflights itself needs it. */
  ALL = 'All',
  /** None of them. */
  NONE = 'None',
}
