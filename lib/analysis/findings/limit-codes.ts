import type { OtherCode } from './other-codes';

/** What rate limits report of what was said to them. */
export const LIMIT_CODES: readonly OtherCode[] = [
  { code: 'SM1290', title: 'a rate limit where no proxy counts', explanation: 'Requests are counted by sidecars and gateways. ztunnel sees no HTTP, and EnvoyFilters are not supported on waypoints (istio.io/latest/docs/ambient/usage/waypoint).' },
  { code: 'SM1291', title: 'a rate limit without a limit', explanation: 'Neither all requests nor some of them are limited.' },
  { code: 'SM1292', title: 'two limits of one name', explanation: 'A limit is found by its name; two of one name would use up one bucket.' },
  { code: 'SM1293', title: 'a rate that Envoy cannot keep', explanation: 'Buckets hold whole numbers of requests and are filled every 50 ms at most (envoyproxy/envoy api/envoy/type/v3/token_bucket.proto).' },
];
