import { hostIncludes } from '../../core/exposure';
import { HttpMethod } from '../../core/grants';
import { IRequestTarget } from '../../core/workload';
import { isGatewayTarget } from '../policy-target';
import { allRoutes } from '../routes/all-routes';
import { CorsPolicy, UnmatchedPreflights } from '../routes/cors-policy';
import { MeshRoute } from '../routes/mesh-route';
import { PathCondition } from '../routes/route-match';

/** Preflights that a gateway answers by itself. */
export interface AnsweredPreflights {
  /** Paths as policies spell them; none where every path is meant. */
  readonly paths: readonly string[];
  /** Paths among them that belong to routes which answer otherwise, or not at all. */
  readonly exceptPaths: readonly string[];
  readonly origins: readonly string[];
  readonly methods: readonly string[];
}

/** A route of a gateway with a CORS policy of which a policy cannot say which preflights it answers. */
export interface UnsaidPreflights {
  readonly route: string;
  readonly reason: string;
}

interface Region {
  readonly route: string;
  /** Undefined where no policy can spell them. */
  readonly paths?: readonly string[];
  readonly cors?: CorsPolicy;
}

/** What a browser may always ask with, whether or not a policy lists it. */
const SAFE = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST];
const EVERYWHERE = ['*'];

/**
 * The preflights that a gateway answers by itself. Envoy's filter for CORS comes after those for tokens and policies, so these have to let them pass
 * (istio pilot/pkg/networking/core/listener_builder.go, buildHTTPConnectionManager).
 */
export function answeredPreflights(target: IRequestTarget, hosts: readonly string[]): AnsweredPreflights[] {
  const regions = routesFor(target, hosts).flatMap(regionsOf).filter(region => region.paths);
  const groups = new Map<string, Region[]>();
  for (const region of regions.filter(({ cors }) => cors && originsOf(cors))) {
    const key = JSON.stringify([originsOf(region.cors!), methodsOf(region.cors!)]);
    groups.set(key, [...groups.get(key) ?? [], region]);
  }
  return [...groups.values()].map(group => {
    const paths = sorted(group.flatMap(region => region.paths!));
    const others = regions.filter(region => !group.includes(region)).flatMap(region => region.paths!);
    return {
      paths: paths.includes('*') ? [] : paths,
      exceptPaths: sorted(others.filter(other => !paths.includes(other) && paths.some(path => includes(path, other)))),
      origins: originsOf(group[0].cors!)!,
      methods: methodsOf(group[0].cors!),
    };
  });
}

/** Why preflights of some routes get no answer: what a route takes by a regular expression, no policy can let pass. */
export function unsaidPreflights(target: IRequestTarget, hosts: readonly string[]): UnsaidPreflights[] {
  return routesFor(target, hosts).flatMap(regionsOf).filter(({ cors }) => cors).flatMap(({ route, paths, cors }) => [
    ...paths ? [] : [{ route, reason: 'it matches its paths in a way that no policy can say' }],
    ...originsOf(cors!) ? [] : [{ route, reason: 'it allows origins by a regular expression, which no policy can say' }],
  ]);
}

/** Hosts of a gateway, those together that have the same routes; what may be asked of one must not be of another. */
export function hostsByRoutes(target: IRequestTarget, hosts: readonly string[]): string[][] {
  if (hosts.length === 0) return [[]];
  const groups: { readonly routes: readonly MeshRoute[]; readonly hosts: string[] }[] = [];
  for (const host of hosts) {
    const routes = routesFor(target, [host]);
    const group = groups.find(known => known.routes.length === routes.length && known.routes.every(route => routes.includes(route)));
    if (group) group.hosts.push(host);
    else groups.push({ routes, hosts: [host] });
  }
  return groups.map(group => group.hosts);
}

/** The routes of a gateway that take requests for some hosts; all where none are named. */
function routesFor(target: IRequestTarget, hosts: readonly string[]): MeshRoute[] {
  if (!isGatewayTarget(target)) return [];
  const routes = allRoutes(target).filter(route => route._props.gateways?.includes(target));
  return hosts.length === 0 ? routes : routes.filter(route => route.hosts.some(own => hosts.some(host => hostIncludes(own, host) || hostIncludes(host, own))));
}

/** What is delegated lies within what the delegating route takes, so the paths of the routes that decide say all. */
function regionsOf(route: MeshRoute): Region[] {
  return route._http.flatMap(({ name, options }) => {
    const action = options?.action?._action;
    if (action?.kind === 'delegate' && action.route instanceof MeshRoute) return regionsOf(action.route);
    const matches = options?.match?.length ? options.match : [undefined];
    return matches.map(match => match?._conditions).filter(asked => !asked?.methods || asked.methods.includes(HttpMethod.OPTIONS))
      .map(asked => ({ route: name, paths: pathsOf(asked?.path, asked?.ignoreCase), cors: options?.cors }));
  });
}

function pathsOf(condition: PathCondition | undefined, ignoreCase = false): string[] | undefined {
  if (condition === undefined || (condition.kind !== 'exact' && condition.kind !== 'regex' && condition.path === '/')) return EVERYWHERE;
  const { kind, path } = condition;
  if (kind === 'regex' || ignoreCase || /[*{}]/.test(path)) return undefined;
  return kind === 'exact' ? [path] : kind === 'text' ? [`${path}*`] : [path, `${path}/*`];
}

/** Origins as conditions spell them. A filter that answers every preflight leaves nothing to forward, so none has to be kept away. */
function originsOf({ allowOrigins, unmatchedPreflights }: CorsPolicy): string[] | undefined {
  if (unmatchedPreflights === UnmatchedPreflights.IGNORE) return EVERYWHERE;
  const origins = allowOrigins.map(({ _kind, _text }) => _kind === 'exact' ? _text : _kind === 'prefix' ? `${_text}*` : undefined);
  return origins.includes(undefined) ? undefined : sorted(origins as string[]);
}

function methodsOf({ allowMethods = [] }: CorsPolicy): string[] {
  return sorted([...SAFE, ...allowMethods]);
}

/** Whether paths of a pattern that ends in an asterisk include another. */
export function includes(pattern: string, path: string): boolean {
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
