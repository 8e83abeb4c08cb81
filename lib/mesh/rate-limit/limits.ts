import { Rate } from './rate';
import { quoted, RateLimitMatch } from './rate-limit-match';
import { isKnativeWorkload } from '../../core/knative-workload';
import { IRequestTarget } from '../../core/workload';
import { asWorkload, ownHosts } from '../policy-target';

export type Json = { [key: string]: unknown };

/** A limit with the requests that it is for. */
export interface Limit {
  readonly name: string;
  readonly rate: Rate;
  readonly match: readonly RateLimitMatch[];
}

export const LIMIT_KEY = 'limit';

/** What makes a descriptor of a request that a limit is for, and of no other. */
export function actionsOf({ name, match }: Limit, target: IRequestTarget): Json[] {
  const headers = [...match.flatMap(({ _condition }) => _condition ? [_condition] : []), ...conditionsOf(target)];
  const named = headers.length === 0
    ? { generic_key: { descriptor_key: LIMIT_KEY, descriptor_value: name } }
    : { header_value_match: { descriptor_key: LIMIT_KEY, descriptor_value: name, headers } };
  return [named, ...match.flatMap(({ _each }) => _each ? [_each.action] : [])];
}

/** Keys that a descriptor of a limit has beside its name. */
export function eachKeys({ match }: Limit): string[] {
  return match.flatMap(({ _each }) => _each?.key ?? []);
}

/** Requests to other gateways on the same pods are not theirs to limit, and Knative's probes are no requests of anybody. */
function conditionsOf(target: IRequestTarget): Json[] {
  const hosts = ownHosts(target);
  const workload = asWorkload(target);
  return [
    ...hosts.length > 0 && !hosts.includes('*') ? [{ name: ':authority', string_match: { safe_regex: { regex: `(?i)(${hosts.map(hostRegex).join('|')})(:[0-9]+)?` } } }] : [],
    ...workload && isKnativeWorkload(workload) ? [{ name: 'k-network-probe', present_match: true, invert_match: true }] : [],
  ];
}

function hostRegex(host: string): string {
  return host.startsWith('*.') ? `[^/]+${quoted(host.slice(1))}` : quoted(host);
}
