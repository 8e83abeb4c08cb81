import { parsePromql } from './parse';
import { descendants, PromqlNode } from './tree';
import { typeOf, TypeProblem } from './types';

/** Why Prometheus would not take an expression, or nothing. */
export function promqlProblem(text: string, root: PromqlNode = parsePromql(text)): string | undefined {
  if (text.trim() === '') return 'there is no expression';
  const broken = descendants(root).find(node => node.broken);
  if (broken) return syntaxProblem(text, broken);
  try {
    typeOf(root);
    return undefined;
  } catch (e) {
    if (e instanceof TypeProblem) return e.message;
    throw e;
  }
}

function syntaxProblem(text: string, broken: PromqlNode): string {
  const before = text.slice(0, broken.from);
  const called = /([a-zA-Z_][a-zA-Z0-9_]*)\s*$/.exec(before);
  if (called && /^\s*\(/.test(text.slice(broken.from))) return `there is no function ${called[1]}`;
  const rest = text.slice(broken.from).trim();
  const where = rest === '' ? 'at its end' : `at "${rest.slice(0, 30)}"`;
  return `it does not parse, ${where} (character ${broken.from + 1})`;
}
