import { Ast, Checker, Environment, Evaluator } from './library';

interface Scope {
  forkWithVariable(name: string, type: unknown): Scope;
  reuse(scope: unknown): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}

interface Call {
  readonly args: readonly Ast[];
  readonly receiver: Ast;
}

/** What is done with each entry; gives the result as soon as it is known. */
type Step = (evaluate: (part: Ast) => unknown, key: unknown) => { readonly result: unknown } | undefined;

interface Run {
  readonly step: Step;
  end(): unknown;
}

interface Collector {
  add(key: unknown, value: unknown): void;
  end(): unknown;
}

/** The macros over keys or indexes together with values (cel-go ext/comprehensions.go). */
export function registerTwoVariableMacros(environment: Environment): void {
  quantifier(environment, 'all', false);
  quantifier(environment, 'exists', true);
  for (const name of ['existsOne', 'exists_one']) {
    define(environment, `list.${name}(ast, ast, ast): bool`, 'bool', ([predicate]) => {
      let count = 0;
      return { step: evaluate => evaluate(predicate) === true && ++count > 1 ? { result: false } : undefined, end: () => count === 1 };
    });
  }
  transformation(environment, 'transformList', 'list', () => {
    const list: unknown[] = [];
    return { add: (_key, value) => list.push(value), end: () => list };
  });
  transformation(environment, 'transformMap', 'map', () => {
    const map: Record<string, unknown> = {};
    return { add: (key, value) => map[String(key)] = value, end: () => map };
  });
  transformation(environment, 'transformMapEntry', 'map', () => {
    const map: Record<string, unknown> = {};
    return { add: (_key, value) => Object.assign(map, value), end: () => map };
  });
}

/** One entry that decides is enough, even where others cannot be evaluated. */
function quantifier(environment: Environment, name: string, decisive: boolean): void {
  define(environment, `list.${name}(ast, ast, ast): bool`, 'bool', ([predicate]) => {
    let failure: Error | undefined;
    return {
      step: evaluate => {
        try {
          return evaluate(predicate) === decisive ? { result: decisive } : undefined;
        } catch (error) {
          failure = error as Error;
          return undefined;
        }
      },
      end: () => {
        if (failure) throw failure;
        return !decisive;
      },
    };
  });
}

function transformation(environment: Environment, name: string, type: string, collect: () => Collector): void {
  for (const filtered of [false, true]) {
    define(environment, `list.${name}(ast, ast, ${filtered ? 'ast, ' : ''}ast): ${type}`, type, parts => {
      const [filter, transform] = filtered ? parts : [undefined, parts[0]];
      const { add, end } = collect();
      return {
        step: (evaluate, key) => {
          if (!filter || evaluate(filter) === true) add(key, evaluate(transform));
          return undefined;
        },
        end,
      };
    });
  }
}

function define(environment: Environment, signature: string, type: string, run: (parts: readonly Ast[]) => Run): void {
  environment.registerFunction(signature, ({ args, receiver }: Call) => {
    const [first, second, ...parts] = args;
    const names = [first, second].map(({ op, args: name }) => op === 'id' ? name as unknown as string : undefined);
    let outer: Scope | undefined;
    let inner: Scope | undefined;
    return {
      args,
      async: false,
      typeCheck: (checker: Checker, _macro: unknown, scope: Scope) => {
        if (names.some(name => name === undefined)) throw checker.createError('invalid_macro_argument', 'a variable is a name', first);
        checker.check(receiver, scope);
        outer = scope.forkWithVariable(names[0]!, checker.getType('dyn'));
        inner = outer.forkWithVariable(names[1]!, checker.getType('dyn'));
        parts.forEach(part => checker.check(part, inner));
        return checker.getType(type);
      },
      evaluate: (evaluator: Evaluator, _macro: unknown, scope: unknown) => {
        const { step, end } = run(parts);
        for (const [key, value] of entriesOf(evaluator.run(receiver, scope))) {
          const bound = inner!.reuse(outer!.reuse(scope).setIterValue(key, evaluator)).setIterValue(value, evaluator);
          const decided = step(part => evaluator.run(part, bound), key);
          if (decided) return decided.result;
        }
        return end();
      },
    };
  });
}

function entriesOf(value: unknown): [unknown, unknown][] {
  return Array.isArray(value) ? value.map((entry, i) => [BigInt(i), entry]) : Object.entries(value as object);
}
