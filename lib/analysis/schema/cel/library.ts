import { celBundle } from '../files';

/** A part of a parsed expression, as the library hands it to a macro. */
export interface Ast {
  readonly op: string;
  readonly args: readonly [Ast, string];
}

/** What the library evaluates with; only what the presence test needs. */
export interface Evaluator {
  run(ast: Ast, context: unknown): unknown;
  debugType(value: unknown): { fieldLazy(value: unknown, field: string, ast: Ast, evaluator: Evaluator): unknown };
}

export interface Checker {
  check(ast: Ast, context: unknown): unknown;
  getType(name: string): unknown;
  createError(code: string, message: string, ast: Ast): Error;
}

/** The part of @marcbachmann/cel-js that is used here. */
export interface Environment {
  registerVariable(name: string, type: string): Environment;
  registerType(name: string, type: unknown): Environment;
  registerConstant(name: string, type: string, value: unknown): Environment;
  registerOperator(signature: string, handler: (...args: never[]) => unknown): Environment;
  registerFunction(signature: string, handler: (...args: never[]) => unknown): Environment;
  getDefinitions(): { readonly functions: readonly { readonly name: string }[] };
  parse(expression: string): (context: Record<string, unknown>) => unknown;
}

export interface CelLibrary {
  readonly Environment: new(options: Record<string, unknown>) => Environment;
  readonly Optional: { of(value: unknown): unknown; none(): unknown };
}

let library: CelLibrary | undefined;

/** The library, loaded when the first rule is met: most apps have objects with none. */
export function celLibrary(): CelLibrary {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  library ??= require(celBundle()) as CelLibrary;
  return library;
}
