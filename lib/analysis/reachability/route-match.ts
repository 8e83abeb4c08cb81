import { Party } from './party';
import { allOf, anyOf, not, OPEN, Said, Truth } from './truth';
import { Fields, fieldsOf, isGiven, isMap, mapsOf, textOf, textsOf } from '../values';
import { mapSelector, selects, selectsAll } from '../workloads/labels';
import { isSelected } from '../workloads/workload';

/** What routes look at in a request. */
export interface RouteRequest {
  readonly http: boolean;
  readonly host: Said;
  readonly method: Said;
  readonly path: Said;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it may bring headers that nobody mentioned. */
  readonly unsaid?: boolean;
}

/** Whether the sidecar of a caller reads a route at all, and whether a request of it matches. */
export interface RouteMatch {
  readonly read: boolean;
  readonly matches: Truth;
}

/**
 * Of several matches one is enough, and in it everything has to hold (istio pilot/pkg/networking/core/route/route.go). Waypoints leave matches by
 * labels of callers out (listener_waypoint.go, waypointInboundRoute).
 */
export function routeMatches(route: Fields, from: Party, request: RouteRequest, atWaypoint = false): RouteMatch {
  const all = mapsOf(route.match);
  if (all.length === 0) return { read: true, matches: true };
  const read = all.map(match => ({ match, source: isFrom(match, from, atWaypoint) })).filter(({ source }) => source !== false);
  return { read: read.length > 0, matches: anyOf(read, ({ match, source }) => allOf([source, ...conditions(match, request)], truth => truth)) };
}

/** The part of a match that istiod decides when it writes the routes of a proxy (sourceMatchHTTP). */
function isFrom({ gateways, sourceLabels, sourceNamespace }: Fields, from: Party, atWaypoint: boolean): Truth {
  if (atWaypoint && Object.keys(fieldsOf(sourceLabels)).length > 0) return false;
  if (textsOf(gateways).length > 0) return textsOf(gateways).includes('mesh');
  if (textOf(sourceNamespace) !== undefined && sourceNamespace !== from.namespace) return false;
  const selector = mapSelector(sourceLabels);
  if (selectsAll(selector)) return true;
  if (from.workload) return isSelected(from.workload, selector);
  return from.labels === undefined ? undefined : selects(selector, from.labels);
}

function conditions(match: Fields, request: RouteRequest): Truth[] {
  if (!request.http) return [isGiven(match.port) || isGiven(match.destinationSubnets) ? undefined : true];
  const path: Said = typeof request.path === 'string' ? request.path.replace(/[?#].*$/, '') : request.path;
  return [
    ...isGiven(match.uri) ? [matchesString(match.uri, path, match.ignoreUriCase === true)] : [],
    ...isGiven(match.method) ? [matchesString(match.method, request.method)] : [],
    ...isGiven(match.authority) ? [matchesString(match.authority, request.host)] : [],
    ...Object.entries(fieldsOf(match.headers)).map(([name, wanted]) => matchesHeader(name, wanted, request)),
    ...Object.entries(fieldsOf(match.withoutHeaders)).map(([name, wanted]) => not(matchesHeader(name, wanted, request))),
    // which port of the Service it is for, whether it is encrypted and what its query is, the question does not say
    ...['port', 'scheme', 'queryParams'].some(field => isGiven(match[field]) && Object.keys(Object(match[field])).length + Number(!isMap(match[field])) > 0) ? [undefined] : [],
  ];
}

function matchesHeader(name: string, wanted: unknown, { headers, unsaid }: RouteRequest): Truth {
  const sent = headers[name.toLowerCase()];
  if (sent === undefined) return unsaid || name.startsWith(':') ? undefined : false;
  // an empty match asks for the header alone
  return Object.keys(fieldsOf(wanted)).length === 0 ? true : matchesString(wanted, sent);
}

function matchesString(wanted: unknown, said: Said, ignoreCase = false): Truth {
  const { exact, prefix, regex } = fieldsOf(wanted);
  if (prefix === '/' && said === OPEN) return true;
  if (said === OPEN) return undefined;
  if (said === undefined) return false;
  const bare = (text: string) => ignoreCase ? text.toLowerCase() : text;
  if (textOf(exact) !== undefined) return bare(said) === bare(String(exact));
  if (textOf(prefix) !== undefined) return bare(said).startsWith(bare(String(prefix)));
  return textOf(regex) === undefined ? undefined : matchesWhole(String(regex), said, ignoreCase);
}

function matchesWhole(pattern: string, text: string, ignoreCase: boolean): Truth {
  try {
    return new RegExp(`^(?:${pattern})$`, ignoreCase ? 'i' : '').test(text);
  } catch {
    // what only RE2 knows
    return undefined;
  }
}
