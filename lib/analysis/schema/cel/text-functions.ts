import { Ast, Checker, Environment, Evaluator } from './library';
import { MATCHES, PRESENCE } from './rewriting';
import { goRegExp } from '../go-regexp';

class Namespace {}

/** Functions of CEL and its extensions that the library lacks, or has with JavaScript's meaning (cel-go ext, apiserver pkg/cel/library). */
export function registerTextFunctions(environment: Environment): void {
  const define = (signature: string, handler: (...args: never[]) => unknown) => environment.registerFunction(signature, handler);

  define(`${PRESENCE}(ast): bool`, presence);
  define(`${MATCHES}(string, string): bool`, matches);
  define(`string.${MATCHES}(string): bool`, matches);
  define('string.find(string): string', (text: string, pattern: string) => compiled(pattern).exec(text)?.[0] ?? '');
  define('string.findAll(string): list<string>', (text: string, pattern: string) => all(text, pattern));
  define('string.findAll(string, int): list<string>', (text: string, pattern: string, most: bigint) => most < 0n ? all(text, pattern) : all(text, pattern).slice(0, Number(most)));

  define('string.charAt(int): string', (text: string, index: bigint) => {
    const chars = [...text];
    if (index < 0n || index > chars.length) throw new Error(`index out of range: ${index}`);
    return chars[Number(index)] ?? '';
  });
  define('string.replace(string, string): string', (text: string, from: string, to: string) => text.split(from).join(to));
  define('string.replace(string, string, int): string', (text: string, from: string, to: string, most: bigint) => {
    const parts = text.split(from);
    const cuts = most < 0n ? parts.length - 1 : Math.min(Number(most), parts.length - 1);
    return [parts.slice(0, cuts + 1).join(to), ...parts.slice(cuts + 1)].join(from);
  });
  define('string.reverse(): string', (text: string) => [...text].reverse().join(''));
  define('string.format(list): string', format);
  registerNamespace(environment, 'strings', { 'quote(string): string': (_self: unknown, text: string) => JSON.stringify(text) });
}

/** A name with functions below it, such as `sets.contains`. */
export function registerNamespace(environment: Environment, name: string, functions: Record<string, (...args: never[]) => unknown>): void {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Namespace`;
  class Holder extends Namespace {}
  environment.registerType(type, Holder);
  environment.registerConstant(name, type, new Holder());
  for (const [signature, handler] of Object.entries(functions)) environment.registerFunction(`${type}.${signature}`, handler);
}

/** The test for presence on whatever gives a map, elements of lists included. */
function presence({ args }: { readonly args: readonly Ast[] }): object {
  const [selection] = args;
  return {
    args,
    async: false,
    evaluate: (evaluator: Evaluator, _macro: unknown, context: unknown) => {
      const [operand, field] = selection.args;
      const value = evaluator.run(operand, context);
      return evaluator.debugType(value).fieldLazy(value, field, selection, evaluator) !== undefined;
    },
    typeCheck: (checker: Checker, _macro: unknown, context: unknown) => {
      if (selection?.op !== '.') throw checker.createError('invalid_macro_argument', 'has() takes a field', selection);
      checker.check(selection.args[0], context);
      return checker.getType('bool');
    },
  };
}

function matches(text: string, pattern: string): boolean {
  return compiled(pattern).test(text);
}

function all(text: string, pattern: string): string[] {
  return Array.from(text.matchAll(new RegExp(compiled(pattern).source, 'gu')), found => found[0]);
}

function compiled(pattern: string): RegExp {
  const found = goRegExp(pattern);
  if (!found) throw new Error(`the pattern ${pattern} cannot be read`);
  return found;
}

/** The clauses of printf that CEL has: %s %d %f %e %b %o %x %X %%. */
function format(text: string, values: readonly unknown[]): string {
  let next = 0;
  return text.replace(/%(?:\.(\d+))?([sdfeboxX%])/g, (clause, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    if (next >= values.length) throw new Error(`nothing for ${clause}`);
    const value = values[next++];
    switch (verb) {
      case 's': return shown(value);
      case 'd': return String(value);
      case 'f': return Number(value).toFixed(Number(precision ?? 6));
      case 'e': return Number(value).toExponential(Number(precision ?? 6));
      case 'b': return typeof value === 'boolean' ? String(Number(value)) : BigInt(value as bigint).toString(2);
      case 'o': return BigInt(value as bigint).toString(8);
      default: {
        const hex = typeof value === 'string' ? Buffer.from(value).toString('hex') : BigInt(value as bigint).toString(16);
        return verb === 'X' ? hex.toUpperCase() : hex;
      }
    }
  });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`;
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, 'Z');
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return `{${Object.entries(value).map(([key, part]) => `${quoted(key)}:${quoted(part)}`).join(', ')}}`;
  }
  return String(value);
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : shown(value);
}
