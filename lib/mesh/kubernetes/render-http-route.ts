import { backendOf } from './backends';
import {
  HttpRouteSpecRules, HttpRouteSpecRulesBackendRefsFiltersType, HttpRouteSpecRulesFilters, HttpRouteSpecRulesFiltersCorsAllowMethods, HttpRouteSpecRulesFiltersRequestRedirectPathType,
  HttpRouteSpecRulesFiltersRequestRedirectScheme, HttpRouteSpecRulesFiltersRequestRedirectStatusCode, HttpRouteSpecRulesFiltersType, HttpRouteSpecRulesFiltersUrlRewritePathType,
  HttpRouteSpecRulesMatches, HttpRouteSpecRulesMatchesHeadersType, HttpRouteSpecRulesMatchesMethod, HttpRouteSpecRulesMatchesPathType, HttpRouteSpecRulesMatchesQueryParamsType,
} from '../../../imports/gateway.networking.k8s.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { goDuration } from '../../core/durations';
import { knativeServiceOf } from '../../core/route-target';
import { CorsPolicy } from '../routes/cors-policy';
import { commonAuthority } from '../routes/destinations';
import { Action, HeaderChanges, WeightedTarget } from '../routes/route-action';
import { Conditions } from '../routes/route-match';
import { RouteOptions } from '../routes/route-options';
import { TextMatch } from '../routes/text-match';

/** One rule of an HTTPRoute. */
export function renderRule(name: string, options: RouteOptions, namespace: string, profile: ClusterProfile): HttpRouteSpecRules {
  const action = options.action._action;
  const filters = [
    ...headerFilters(options.requestHeaders, options.responseHeaders),
    ...action.kind === 'redirect' ? [redirect(action)] : [],
    ...rewrite(options, action),
    ...(options.mirrors ?? []).map(mirror => ({
      type: HttpRouteSpecRulesFiltersType.REQUEST_MIRROR,
      requestMirror: { backendRef: backendOf(mirror.target, namespace, profile), ...share(mirror.percent) },
    })),
    ...options.cors ? [cors(options.cors)] : [],
  ];
  return {
    name,
    matches: options.match?.length ? options.match.flatMap(match => matches(match._conditions)) : undefined,
    filters: filters.length > 0 ? filters : undefined,
    backendRefs: action.kind === 'forward' ? backends(action.targets, namespace, profile) : undefined,
    timeouts: options.timeout && { request: goDuration(options.timeout) },
  };
}

function matches(conditions: Conditions): HttpRouteSpecRulesMatches[] {
  const match = {
    path: path(conditions),
    headers: texts(conditions.headers, HttpRouteSpecRulesMatchesHeadersType),
    queryParams: texts(conditions.query, HttpRouteSpecRulesMatchesQueryParamsType),
  };
  const methods = conditions.methods ?? [];
  return methods.length === 0 ? [match] : methods.map(method => ({ ...match, method: method as unknown as HttpRouteSpecRulesMatchesMethod }));
}

function path({ path: asked }: Conditions): HttpRouteSpecRulesMatches['path'] {
  switch (asked?.kind) {
    case 'exact': return { type: HttpRouteSpecRulesMatchesPathType.EXACT, value: asked.path };
    case 'segments': return { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: asked.path };
    case 'text': return { type: HttpRouteSpecRulesMatchesPathType.REGULAR_EXPRESSION, value: `${escaped(asked.path)}.*` };
    case 'regex': return { type: HttpRouteSpecRulesMatchesPathType.REGULAR_EXPRESSION, value: asked.path };
    default: return undefined;
  }
}

function texts<T>(values: Readonly<Record<string, TextMatch>> | undefined, types: { readonly EXACT: T; readonly REGULAR_EXPRESSION: T }) {
  return values && Object.entries(values).map(([name, value]) => {
    const { exact, prefix, regex } = value._render();
    return exact !== undefined ? { name, value: exact, type: types.EXACT } : { name, value: regex ?? `${escaped(prefix!)}.*`, type: types.REGULAR_EXPRESSION };
  });
}

/** The targets of a rule. Istio knows no rewriting of a single one's host, but a Host header of its own, which it treats as that. */
function backends(targets: readonly WeightedTarget[], namespace: string, profile: ClusterProfile): HttpRouteSpecRules['backendRefs'] {
  const common = commonAuthority(targets);
  return targets.map(({ target, weight, requestHeaders, responseHeaders }) => {
    const own = common === undefined && knativeServiceOf(target) !== undefined ? { Host: target.serviceHost } : undefined;
    const filters = headerFilters(own ? { ...requestHeaders, set: { ...requestHeaders?.set, ...own } } : requestHeaders, responseHeaders);
    return {
      ...backendOf(target, namespace, profile),
      weight: targets.length > 1 ? weight : undefined,
      filters: filters.length > 0 ? filters.map(filter => ({ ...filter, type: filter.type as unknown as HttpRouteSpecRulesBackendRefsFiltersType })) : undefined,
    };
  });
}

/** Header changes alone, which a rule and a backend write alike. */
type HeaderFilter = Pick<HttpRouteSpecRulesFilters, 'type' | 'requestHeaderModifier' | 'responseHeaderModifier'>;

function headerFilters(request: HeaderChanges | undefined, response: HeaderChanges | undefined): HeaderFilter[] {
  return [
    ...request ? [{ type: HttpRouteSpecRulesFiltersType.REQUEST_HEADER_MODIFIER, requestHeaderModifier: changes(request) }] : [],
    ...response ? [{ type: HttpRouteSpecRulesFiltersType.RESPONSE_HEADER_MODIFIER, responseHeaderModifier: changes(response) }] : [],
  ];
}

function changes({ set, add, remove }: HeaderChanges) {
  const list = (values: HeaderChanges['set']) => values && Object.entries(values).map(([name, value]) => ({ name, value }));
  return { set: list(set), add: list(add), remove };
}

function redirect({ host, path: to, scheme, port, status }: Extract<Action, { kind: 'redirect' }>): HttpRouteSpecRulesFilters {
  return {
    type: HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT,
    requestRedirect: {
      hostname: host,
      path: to === undefined ? undefined : { type: HttpRouteSpecRulesFiltersRequestRedirectPathType.REPLACE_FULL_PATH, replaceFullPath: to },
      scheme: scheme as unknown as HttpRouteSpecRulesFiltersRequestRedirectScheme | undefined,
      port,
      // the API's own is 302
      statusCode: (status ?? 301) as unknown as HttpRouteSpecRulesFiltersRequestRedirectStatusCode,
    },
  };
}

function rewrite(options: RouteOptions, action: Action): HttpRouteSpecRulesFilters[] {
  const hostname = options.authority ?? (action.kind === 'forward' ? commonAuthority(action.targets) : undefined);
  const { _kind, _replacement } = options.rewrite ?? {};
  if (hostname === undefined && _kind === undefined) return [];
  return [{
    type: HttpRouteSpecRulesFiltersType.URL_REWRITE,
    urlRewrite: {
      hostname,
      path: _kind === 'full' ? { type: HttpRouteSpecRulesFiltersUrlRewritePathType.REPLACE_FULL_PATH, replaceFullPath: _replacement }
        : _kind === 'prefix' ? { type: HttpRouteSpecRulesFiltersUrlRewritePathType.REPLACE_PREFIX_MATCH, replacePrefixMatch: _replacement } : undefined,
    },
  }];
}

function share(percent: number | undefined): { percent?: number; fraction?: { numerator: number; denominator: number } } {
  if (percent === undefined) return {};
  return Number.isInteger(percent) ? { percent } : { fraction: { numerator: Math.round(percent * 10_000), denominator: 1_000_000 } };
}

function cors({ allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials }: CorsPolicy): HttpRouteSpecRulesFilters {
  return {
    type: HttpRouteSpecRulesFiltersType.CORS,
    cors: {
      allowOrigins: allowOrigins.map(({ _text }) => _text),
      allowMethods: allowMethods as unknown as HttpRouteSpecRulesFiltersCorsAllowMethods[] | undefined,
      allowHeaders,
      exposeHeaders,
      maxAge: maxAge?.toSeconds(),
      allowCredentials,
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
