const TOKEN = /[rRbB]{0,2}(?:"""[^]*?"""|'''[^]*?''')|[rR]"[^"\n]*"|[rR]'[^'\n]*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|[A-Za-z_]\w*|[^]/g;

/** Names of the functions that stand in for what the library does otherwise than the API server. */
export const PRESENCE = 'presenceOf';
export const MATCHES = 'matchesGo';

/**
 * A rule with the two functions replaced in which the library differs from the API server: its `has` takes no element of a list
 * (`has(self[0].x)`), and its `matches` takes JavaScript's patterns, not Go's.
 */
export function rewritten(rule: string): string {
  const tokens = rule.match(TOKEN) ?? [];
  return tokens.map((token, i) => {
    if (token === 'has' && called(tokens, i) && previous(tokens, i) !== '.') return PRESENCE;
    return token === 'matches' && called(tokens, i) ? MATCHES : token;
  }).join('');
}

/** The names in a rule, those in its texts left out. */
export function wordsOf(rule: string): ReadonlySet<string> {
  return new Set((rule.match(TOKEN) ?? []).filter(token => /^[A-Za-z_]\w*$/.test(token)));
}

function called(tokens: readonly string[], index: number): boolean {
  return tokens.slice(index + 1).find(token => token.trim() !== '') === '(';
}

function previous(tokens: readonly string[], index: number): string | undefined {
  return tokens.slice(0, index).reverse().find(token => token.trim() !== '');
}
