import { registerKubernetesFunctions } from './kubernetes-functions';
import { celLibrary, Environment } from './library';
import { registerListFunctions } from './list-functions';
import { rewritten, wordsOf } from './rewriting';
import { registerTextFunctions } from './text-functions';
import { registerTwoVariableMacros } from './two-variables';

/** What comes of a rule: a value, or that it cannot be evaluated on what it is given, which the server takes for a refusal. */
export type Outcome = { readonly value: unknown } | { readonly error: string };

const MISSING_FUNCTION = /'(?:[^'(]*\.)?(\w+)\(/;

const programs = new Map<string, CelProgram>();
let environment: Environment | undefined;

/** An expression in CEL, parsed once. */
export class CelProgram {
  public static of(expression: string): CelProgram {
    let program = programs.get(expression);
    if (!program) {
      program = new CelProgram(expression);
      programs.set(expression, program);
    }
    return program;
  }

  /** Names that the expression speaks of; a field that is not among them cannot matter to it. */
  public readonly names: ReadonlySet<string>;
  private parsed?: { readonly evaluate?: (context: Record<string, unknown>) => unknown; readonly problem?: string };

  private constructor(private readonly expression: string) {
    this.names = wordsOf(expression);
  }

  /** Whether it compares with what was there before, so that it has nothing to say of a new object. */
  public get isTransition(): boolean {
    return this.names.has('oldSelf');
  }

  /** Why the expression cannot be evaluated here; undefined where it can. */
  public get problem(): string | undefined {
    return this.program.problem;
  }

  public evaluate(self: unknown): Outcome {
    const { evaluate } = this.program;
    if (!evaluate) return { error: this.problem ?? '' };
    try {
      return { value: evaluate({ self }) };
    } catch (error) {
      const [message] = (error as Error).message.split('\n');
      // the server has checked that every name and function exists, so one that is missing is missing here alone
      if (isMissing(error as CelError)) this.parsed = { problem: message };
      return { error: message };
    }
  }

  private get program() {
    if (!this.parsed) {
      // a library that cannot be loaded must not pass for a rule that cannot be read
      const cel = kubernetesEnvironment();
      try {
        this.parsed = { evaluate: cel.parse(rewritten(this.expression)) };
      } catch (error) {
        this.parsed = { problem: (error as Error).message.split('\n')[0] };
      }
    }
    return this.parsed;
  }
}

type CelError = Error & { readonly code?: string };

/** Whether a name or a function is not known at all, rather than not for values of a type. */
function isMissing({ code, message }: CelError): boolean {
  if (code === 'unknown_variable') return true;
  const name = code === 'no_matching_overload' ? MISSING_FUNCTION.exec(message)?.[1] : undefined;
  return name !== undefined && !kubernetesEnvironment().getDefinitions().functions.some(known => known.name === name);
}

function kubernetesEnvironment(): Environment {
  if (!environment) {
    const library = celLibrary();
    environment = new library.Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
    environment.registerVariable('self', 'dyn');
    registerTextFunctions(environment);
    registerListFunctions(environment);
    registerTwoVariableMacros(environment);
    registerKubernetesFunctions(environment, library);
  }
  return environment;
}
