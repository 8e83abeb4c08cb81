import { Environment } from './library';
import { registerNamespace } from './text-functions';

type List = readonly unknown[];

/** Functions on lists and sets (apiserver pkg/cel/library/lists.go, cel-go ext/lists.go and ext/sets.go). */
export function registerListFunctions(environment: Environment): void {
  const define = (signature: string, handler: (...args: never[]) => unknown) => environment.registerFunction(signature, handler);

  define('list.isSorted(): bool', (list: List) => list.every((value, i) => i === 0 || compare(list[i - 1], value) <= 0));
  define('list.sum(): dyn', (list: List) => list.length === 0 ? 0n : list.reduce((sum, value) => (sum as number) + (value as number)));
  define('list.min(): dyn', (list: List) => extreme(list, -1));
  define('list.max(): dyn', (list: List) => extreme(list, 1));
  define('list.indexOf(dyn): int', (list: List, value: unknown) => BigInt(list.findIndex(one => isEqual(one, value))));
  define('list.lastIndexOf(dyn): int', (list: List, value: unknown) =>
    BigInt(list.reduce<number>((last, one, i) => isEqual(one, value) ? i : last, -1)));

  define('list.distinct(): list', (list: List) => list.filter((value, i) => list.findIndex(one => isEqual(one, value)) === i));
  define('list.flatten(): list', (list: List) => list.flat(1));
  define('list.flatten(int): list', (list: List, depth: bigint) => list.flat(Number(depth)));
  define('list.reverse(): list', (list: List) => [...list].reverse());
  define('list.sort(): list', (list: List) => [...list].sort(compare));
  define('list.slice(int, int): list', (list: List, from: bigint, to: bigint) => {
    if (from < 0n || to < from || to > list.length) throw new Error(`cannot slice(${from}, ${to}), list has ${list.length} elements`);
    return list.slice(Number(from), Number(to));
  });
  registerNamespace(environment, 'lists', { 'range(int): list': (_: unknown, count: bigint) => Array.from({ length: Number(count) }, (__, i) => BigInt(i)) });
  registerNamespace(environment, 'sets', {
    'contains(list, list): bool': (_: unknown, list: List, part: List) => includesAll(list, part),
    'equivalent(list, list): bool': (_: unknown, a: List, b: List) => includesAll(a, b) && includesAll(b, a),
    'intersects(list, list): bool': (_: unknown, a: List, b: List) => a.some(value => b.some(other => isEqual(value, other))),
  });
}

function extreme(list: List, sign: 1 | -1): unknown {
  if (list.length === 0) throw new Error('min and max of an empty list');
  return list.reduce((best, value) => compare(value, best) * sign > 0 ? value : best);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b && !(isNumber(a) && isNumber(b))) throw new Error('no such overload');
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function includesAll(list: List, part: List): boolean {
  return part.every(value => list.some(other => isEqual(value, other)));
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // eslint-disable-next-line eqeqeq
  if (isNumber(a) && isNumber(b)) return a == b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every(key => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
