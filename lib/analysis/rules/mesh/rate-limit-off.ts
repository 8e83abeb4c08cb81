import { specOf } from './policies';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { Fields, fieldsOf, mapsOf, stringOf } from '../../values';

const TYPE = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';
const SWITCHES = ['filter_enabled', 'filter_enforced'];

export const rateLimitOff: Rule = {
  code: 'SM1294',
  title: 'a local rate limit that is switched off',
  explanation: 'The filter looks at the share of requests that filter_enabled names and turns away the share that filter_enforced names; where one is missing, it is 0 % '
    + '(envoyproxy/envoy api/envoy/extensions/filters/http/local_ratelimit/v3/local_rate_limit.proto).',
  severity: Severity.WARNING,
  example: {
    refused: envoyFilter(''),
    accepted: envoyFilter(`
            filter_enabled: { default_value: { numerator: 100, denominator: HUNDRED } }
            filter_enforced: { default_value: { numerator: 100, denominator: HUNDRED } }`),
  },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'EnvoyFilter')) {
      for (const [index, patch] of mapsOf(specOf(object).configPatches).entries()) {
        const value = fieldsOf(fieldsOf(patch.patch).value);
        for (const { field, config } of [...configs(value), ...Object.entries(fieldsOf(value.typed_per_filter_config)).flatMap(([name, held]) => configs({ typed_config: held }, `typed_per_filter_config[${name}]`))]) {
          const missing = SWITCHES.filter(name => config[name] === undefined && config[camel(name)] === undefined);
          if (config.token_bucket === undefined && config.tokenBucket === undefined || missing.length === 0) continue;
          context.report(object, {
            field: `spec.configPatches[${index}].patch.value.${field}`,
            reason: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing, which means 0 % of the requests: nobody is turned away`,
            fix: 'write default_value: { numerator: 100, denominator: HUNDRED } for both, or, with the constructs, use RateLimit',
          });
        }
      }
    }
  },
};

/** The configuration of the filter, written as its own type or wrapped. */
function configs(value: Fields, at = 'typed_config'): { field: string; config: Fields }[] {
  const config = fieldsOf(value.typed_config);
  if (stringOf(config['@type'])?.endsWith(TYPE)) return [{ field: at, config }];
  return stringOf(config.type_url)?.endsWith(TYPE) ? [{ field: `${at}.value`, config: fieldsOf(config.value) }] : [];
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function envoyFilter(more: string): string {
  return `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: limits, namespace: shop }
spec:
  workloadSelector:
    labels: { app: ledger }
  configPatches:
    - applyTo: HTTP_FILTER
      match:
        context: SIDECAR_INBOUND
        listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager, subFilter: { name: envoy.filters.http.router } } } }
      patch:
        operation: INSERT_BEFORE
        value:
          name: envoy.filters.http.local_ratelimit
          typed_config:
            "@type": type.googleapis.com/${TYPE}
            stat_prefix: limits
            token_bucket: { max_tokens: 10, tokens_per_fill: 10, fill_interval: 1s }${more}
`;
}
