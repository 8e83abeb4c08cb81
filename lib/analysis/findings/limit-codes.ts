import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

/** What rate limits and telemetry report of what was said to them. */
export const LIMIT_CODES: readonly OtherCode[] = [
  { code: 'SM1290', title: 'a rate limit where no proxy counts', explanation: 'Requests are counted by sidecars and gateways. ztunnel sees no HTTP, and EnvoyFilters are not supported on waypoints (istio.io/latest/docs/ambient/usage/waypoint).' },
  { code: 'SM1291', title: 'a rate limit without a limit', explanation: 'Neither all requests nor some of them are limited.' },
  { code: 'SM1292', title: 'two limits of one name', explanation: 'A limit is found by its name; two of one name would use up one bucket.' },
  { code: 'SM1293', title: 'a rate that Envoy cannot keep', explanation: 'Buckets hold whole numbers of requests and are filled every 50 ms at most (envoyproxy/envoy api/envoy/type/v3/token_bucket.proto).' },
  { code: 'SM1300', title: 'telemetry that says nothing', severity: Severity.WARNING, explanation: 'A Telemetry without access logs, metrics and tracing changes nothing.' },
  { code: 'SM1301', title: 'a sampling rate that is none', explanation: 'Sampling is a percentage from 0 to 100 (istio/api telemetry/v1alpha1/telemetry.proto).' },
  { code: 'SM1302', title: 'tracing that is said twice', severity: Severity.WARNING, explanation: 'Settings of tracing for the same requests are laid over each other; of what both say the last one holds.' },
  { code: 'SM1303', title: 'telemetry of a workload that ztunnel serves', severity: Severity.WARNING, explanation: 'Telemetry is taken by sidecars, gateways and waypoints; ztunnel has settings of its own.' },
];
