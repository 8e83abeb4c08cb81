import * as pulumi from '@pulumi/pulumi';
import { Token, tokenById, TokenKind } from './registry';
import { tokenOfNumber, tokensIn } from 'cdk8s-serverless-mesh/analysis';

/** A value of a manifest with outputs in the place of tokens: only what has a token becomes an output, so a preview shows all the rest. */
export function resolved(value: unknown): unknown {
  switch (typeof value) {
    case 'string': return resolvedText(value);
    case 'number': return tokenOf(tokenOfNumber(value))?.output ?? value;
    case 'object': return value === null ? value : Array.isArray(value) ? resolvedList(value) : resolvedMap(value as Record<string, unknown>);
    default: return value;
  }
}

/** The tokens of a text with what stands between them; undefined where it has none. */
function partsOf(text: string): (string | Token)[] | undefined {
  const parts: (string | Token)[] = [];
  let at = 0;
  for (const { id, start, end } of tokensIn(text)) {
    const token = tokenOf(id);
    if (!token) continue;
    token.reached = true;
    if (start > at) parts.push(text.slice(at, start));
    parts.push(token);
    at = end;
  }
  if (at === 0) return undefined;
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function resolvedText(text: string): unknown {
  const parts = partsOf(text);
  if (!parts) return text;
  const [first] = parts;
  // the text of a number alone is text: that is what an annotation wants
  if (parts.length === 1 && typeof first !== 'string' && first.kind !== TokenKind.NUMBER) return first.output;
  return pulumi.all(parts.map(part => typeof part === 'string' ? part : part.output)).apply(known => known.map(String).join(''));
}

function resolvedList(list: readonly unknown[]): unknown {
  const lists = list.map(entry => loneToken(entry, TokenKind.LIST));
  if (!lists.some(Boolean)) return list.map(resolved);
  return pulumi.all(list.map((entry, i) => lists[i]?.output ?? pulumi.output([resolved(entry)])))
    .apply(known => (known as unknown[][]).flat());
}

function resolvedMap(map: Record<string, unknown>): unknown {
  const entries = Object.entries(map);
  const changed = entries.filter(([key]) => partsOf(key));
  if (changed.length === 0) return Object.fromEntries(entries.map(([key, value]) => [key, resolved(value)]));
  const pieces = entries.map(([key, value]) => {
    const whole = loneToken(key, TokenKind.MAP);
    return whole ? whole.output : pulumi.all([resolved(key), resolved(value)]).apply(([name, content]) => ({ [String(name)]: content }));
  });
  return pulumi.all(pieces).apply(known => Object.assign({}, ...known as object[]) as object);
}

function loneToken(value: unknown, kind: TokenKind): Token | undefined {
  const parts = typeof value === 'string' ? partsOf(value) : undefined;
  return parts?.length === 1 && typeof parts[0] !== 'string' && parts[0].kind === kind ? parts[0] : undefined;
}

function tokenOf(id: number | undefined): Token | undefined {
  const token = id === undefined ? undefined : tokenById(id);
  if (token) token.reached = true;
  return token;
}
