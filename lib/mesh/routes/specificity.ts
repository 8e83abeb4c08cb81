import { Conditions } from './route-match';
import { RouteOptions } from './route-options';

/** In which order the routes of a host are tried; the first that takes a request has it. */
export enum RouteOrder {
  /**
   * An exact path before a regular expression before a longer path before a shorter one before none; of equal paths the one with more further
   * conditions; of equal ones the one that was said first.
   */
  MOST_SPECIFIC_FIRST = 'MostSpecificFirst',
  /** As they were said. */
  AS_SAID = 'AsSaid',
}

/** Routes in the order in which they are tried. */
export function inOrder<T extends { readonly options: RouteOptions }>(routes: readonly T[], order: RouteOrder): T[] {
  if (order === RouteOrder.AS_SAID) return [...routes];
  return routes.map(route => ({ route, rank: rankOf(route.options) }))
    .sort((a, b) => compare(b.rank, a.rank))
    .map(({ route }) => route);
}

// a route with several matches is as specific as the widest of them, or it would take what belongs to a route between
function rankOf({ match }: RouteOptions): number[] {
  const ranks = (match ?? []).map(({ _conditions }) => [...pathRank(_conditions), further(_conditions)]);
  return ranks.sort(compare)[0] ?? [0, 0, 0];
}

function pathRank({ path }: Conditions): [number, number] {
  switch (path?.kind) {
    case 'exact': return [3, 0];
    case 'regex': return [2, 0];
    case 'segments': return path.path === '/' ? [0, 0] : [1, path.path.length + 1];
    case 'text': return path.path === '/' ? [0, 0] : [1, path.path.length];
    default: return [0, 0];
  }
}

function further(conditions: Conditions): number {
  const { methods, headers, withoutHeaders, query, authority, scheme, port, sourceNamespace, sourceLabels, gateways } = conditions;
  return [headers, withoutHeaders, query, sourceLabels].reduce((sum, part) => sum + Object.keys(part ?? {}).length, 0)
    + [methods, authority, scheme, port, sourceNamespace, gateways].filter(part => part !== undefined).length;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}
