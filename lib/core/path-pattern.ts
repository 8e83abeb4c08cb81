/** Why a path can never match as it is meant, or undefined where it can. */
export function pathPatternFlaw(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path === '*') return undefined;
  if (!path.startsWith('/') && !path.startsWith('*')) return 'does not start with a slash, as every path of a request does';
  // a leading asterisk wins over a trailing one, so `*x*` is a suffix that ends in an asterisk
  const literal = path.startsWith('*') ? path.slice(1) : path.endsWith('*') ? path.slice(0, -1) : path;
  if (literal.replace(/\{\*\*?\}/g, '').includes('*')) return 'has an asterisk where it stands for itself: it is a wildcard only as the first or the last character';
  return undefined;
}
