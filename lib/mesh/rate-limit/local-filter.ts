import { actionsOf, eachKeys, Json, Limit, LIMIT_KEY } from './limits';
import { Rate } from './rate';
import { IRequestTarget } from '../../core/workload';

/** What a local rate limit says beside its limits. */
export interface LocalFilterOptions {
  readonly name: string;
  readonly status?: number;
  readonly responseHeaders?: { [name: string]: string };
  readonly showLimits: boolean;
  readonly enforced: boolean;
  readonly distinctValues?: number;
}

const UNLIMITED = 4_294_967_295;
const ALL = { numerator: 100, denominator: 'HUNDRED' };
const NONE = { numerator: 0, denominator: 'HUNDRED' };

/**
 * The filter of Envoy with its typed configuration. Each limit is a descriptor; what none of them is for passes, which is why the bucket of the filter
 * itself is without limit.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter
 */
export function localFilter(limits: readonly Limit[], target: IRequestTarget, options: LocalFilterOptions): Json {
  const headers = Object.entries(options.responseHeaders ?? {});
  return {
    name: 'envoy.filters.http.local_ratelimit',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
      'stat_prefix': options.name,
      ...options.status === undefined ? {} : { status: { code: options.status } },
      'token_bucket': { max_tokens: UNLIMITED, tokens_per_fill: UNLIMITED, fill_interval: '1s' },
      'filter_enabled': { default_value: ALL },
      'filter_enforced': { default_value: options.enforced ? ALL : NONE },
      'rate_limits': limits.map(limit => ({ actions: actionsOf(limit, target) })),
      'descriptors': limits.map(limit => ({
        entries: [{ key: LIMIT_KEY, value: limit.name }, ...eachKeys(limit).map(key => ({ key }))],
        token_bucket: bucket(limit.rate),
      })),
      ...options.distinctValues === undefined ? {} : { max_dynamic_descriptors: options.distinctValues },
      ...headers.length === 0 ? {} : {
        response_headers_to_add: headers.map(([key, value]) => ({ append_action: 'OVERWRITE_IF_EXISTS_OR_ADD', header: { key, value } })),
      },
      ...options.showLimits ? { enable_x_ratelimit_headers: 'DRAFT_VERSION_03' } : {},
    },
  };
}

function bucket({ _bucket: { tokens, fill, seconds } }: Rate): Json {
  return { max_tokens: tokens, tokens_per_fill: fill, fill_interval: `${Number(seconds.toFixed(3))}s` };
}
