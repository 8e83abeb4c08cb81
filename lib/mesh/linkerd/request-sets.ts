import { ICaller } from '../../core/caller';
import { HttpMethod } from '../../core/grants';

/** A path, alone or with everything below it. */
export interface GrantedPath {
  readonly base: string;
  readonly below: boolean;
}

/** Requests of a kind that somebody was granted. */
export interface Granted {
  readonly caller: ICaller;
  /** Empty where every method was granted. */
  readonly methods: readonly HttpMethod[];
  readonly path: GrantedPath;
}

/** Requests of which one route decides. */
export interface RequestSet {
  readonly path: GrantedPath;
  /** Undefined stands for every method that has no set of its own. */
  readonly method?: HttpMethod;
}

export const EVERYTHING: GrantedPath = { base: '/', below: true };

/** What a list holds; a text in place of a list stands for itself. */
export function listed<T>(given: readonly T[] | undefined): readonly T[] {
  return Array.isArray(given) ? given : given === undefined || given === null ? [] : [given as unknown as T];
}

/** A path of a grant as a route says it; undefined for what routes of Linkerd have no words for. */
export function pathOf(text: string): GrantedPath | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === '*' || text === '/*') return EVERYTHING;
  if (text.endsWith('/*')) return plain(text.slice(0, -2));
  return plain(text, false);
}

function plain(base: string, below = true): GrantedPath | undefined {
  return base.startsWith('/') && !/[*{}]/.test(base) ? { base: below ? base.replace(/\/+$/, '') : base, below } : undefined;
}

/**
 * The sets by which requests are told apart, so that of each it is known who may send it. The proxy takes the route with the longest path, and of those
 * the one that names the method; so what was granted on a shorter path or without a method has to be said again where a longer one or a method is.
 */
export function requestSets(grants: readonly Granted[]): RequestSet[] {
  const paths = [...new Map(grants.map(({ path }) => [keyOf({ path }), path])).values()];
  return paths.flatMap(path => {
    const over = grants.filter(grant => covers(grant.path, path));
    const methods = [...new Set(over.flatMap(grant => grant.methods))];
    return [...over.some(grant => grant.methods.length === 0) ? [{ path }] : [], ...methods.map(method => ({ path, method }))];
  });
}

/** Who was granted all of a set. */
export function callersOf(set: RequestSet, grants: readonly Granted[]): ICaller[] {
  return grants.filter(({ path, methods }) => covers(path, set.path) && (methods.length === 0 || (set.method !== undefined && methods.includes(set.method))))
    .map(({ caller }) => caller);
}

export function keyOf({ path: { base, below }, method }: RequestSet): string {
  return `${method ?? ''} ${base}${below ? '/*' : ''}`;
}

export function covers(outer: GrantedPath, inner: GrantedPath): boolean {
  if (!outer.below) return !inner.below && outer.base === inner.base;
  return outer.base === '/' || outer.base === '' || inner.base === outer.base || inner.base.startsWith(`${outer.base}/`);
}
