import { PathRewrite } from './path-rewrite';
import { RouteMatch } from './route-match';
import { VirtualServiceSpecHttpRewrite } from '../../../imports/networking.istio.io';

/** How Istio replaces what the matches of a route name. */
export function renderRewrite(rewrite: PathRewrite, matches: readonly RouteMatch[]): VirtualServiceSpecHttpRewrite {
  switch (rewrite._kind) {
    case 'regex': return { uriRegexRewrite: { match: rewrite._pattern, rewrite: rewrite._replacement } };
    case 'full': return { uriRegexRewrite: { match: '/.*', rewrite: literal(rewrite._replacement) } };
    default: return prefix(rewrite._replacement, matches);
  }
}

/**
 * Istio replaces the text that matched, be it `/users` or `/users/`, so `/` in place of a path and all below it would give `//7` or lose the slash. A regular
 * expression takes the slash with it.
 */
function prefix(replacement: string, matches: readonly RouteMatch[]): VirtualServiceSpecHttpRewrite {
  const paths = matches.map(match => match._conditions.path);
  if (paths.length > 0 && paths.every(path => path?.kind === 'text' || path?.kind === 'exact')) return { uri: replacement };
  const named = [...new Set(paths.map(path => path === undefined || path.path === '/' ? '' : escaped(path.path)))];
  const start = named.length === 1 ? named[0] : `(?:${named.join('|')})`;
  const caseless = matches.some(match => match._conditions.ignoreCase) ? '(?i)' : '';
  return {
    uriRegexRewrite: replacement === '/'
      ? { match: `${caseless}^${start}/?(.*)$`, rewrite: '/\\1' }
      : { match: `${caseless}^${start}(/.*)?$`, rewrite: `${literal(replacement)}\\1` },
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A text that stands for itself in a substitution. */
function literal(text: string): string {
  return text.replace(/\\/g, '\\\\');
}
