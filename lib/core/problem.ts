import { IConstruct } from 'constructs';

/** How much a problem matters. */
export enum Severity {
  /** The real system refuses it, or it cannot work. Stops synth. */
  ERROR = 'error',
  /** Accepted by the real system, but it does not do what it says. */
  WARNING = 'warning',
  /** Advice. */
  INFO = 'info',
}

const RANKS: Readonly<Record<Severity, number>> = { [Severity.ERROR]: 2, [Severity.WARNING]: 1, [Severity.INFO]: 0 };

/** Whether something is at least as severe as something else; what does not say how severe it is, is an error. */
export function isAtLeast(severity: Severity | undefined, least: Severity): boolean {
  return RANKS[severity ?? Severity.ERROR] >= RANKS[least];
}

/** The object of the cluster that a problem is about. */
export interface ProblemObject {
  /** Its API version, as written. */
  readonly apiVersion: string;

  /** Its kind. */
  readonly kind: string;

  /**
   * The namespace that it is in.
   * @default - its kind belongs to no namespace
   */
  readonly namespace?: string;

  /**
   * Its name.
   * @default - it has none
   */
  readonly name?: string;
}

/** A place in a file; lines and columns count from 1. */
export interface ProblemSource {
  /** The file, as it was named. */
  readonly file: string;

  /** The line of the field, or of what is nearest to it where the field is missing. */
  readonly line: number;

  /** The column where it begins. */
  readonly column: number;
}

/** What is wrong, where, why, and what to do instead. */
export interface Problem {
  /** Stable code, `SM` and four digits. */
  readonly code: string;

  /** How much it matters. */
  readonly severity: Severity;

  /** Path of the construct that the user wrote; for an object of a file, the file and the line at which the object begins. */
  readonly path: string;

  /**
   * The property or manifest field that is wrong.
   * @default - the construct as a whole
   */
  readonly field?: string;

  /**
   * The value found there, as text. Never a secret.
   * @default - the field is missing, or its value does not matter
   */
  readonly value?: string;

  /** Why it cannot work. */
  readonly reason: string;

  /** What to write instead. */
  readonly fix: string;

  /**
   * Codes that other tools give to the same problem (`IST0101`, `KIA0601`, ...).
   * @default - no other tool reports it
   */
  readonly peers?: string[];

  /**
   * The object that it is about.
   * @default - it is about a construct, several objects, or a file
   */
  readonly object?: ProblemObject;

  /**
   * Where in a file it stands.
   * @default - it comes from a construct
   */
  readonly source?: ProblemSource;
}

/** What a producer knows of a problem; the path is the construct it is registered on unless it names another. */
export interface ProblemReport {
  readonly code: string;
  readonly severity?: Severity;
  readonly path?: string;
  readonly field?: string;
  readonly value?: unknown;
  readonly reason: string;
  readonly fix: string;
  readonly peers?: string[];
  readonly object?: ProblemObject;
  readonly source?: ProblemSource;
}

type Producer = () => ProblemReport[];
const SUBJECTS = new WeakMap<Problem, IConstruct>();
const PRODUCERS = Symbol.for('cdk8s-serverless-mesh.problems');

/** Registers checks on a construct; they run together with all others when the app is validated. */
export function reportProblems(construct: IConstruct, producer: Producer): void {
  const holder = construct as unknown as { [PRODUCERS]?: Producer[] };
  if (!holder[PRODUCERS]) {
    Object.defineProperty(construct, PRODUCERS, { value: [] });
  }
  holder[PRODUCERS]!.push(producer);
}

/** All problems that the constructs of a tree report, in tree order. */
export function collectProblems(root: IConstruct): Problem[] {
  const found: Problem[] = [];
  for (const construct of root.node.findAll()) {
    for (const producer of (construct as unknown as { [PRODUCERS]?: Producer[] })[PRODUCERS] ?? []) {
      found.push(...reportsOf(producer).map(report => toProblem(construct, report)));
    }
  }
  return found;
}

// a value of another type than was asked for may break any check, and must not hide what the others find
function reportsOf(producer: Producer): ProblemReport[] {
  try {
    return producer();
  } catch (e) {
    return [{
      code: 'SM0005',
      reason: `a value is of another type than was asked for, and its checks did not get through: ${e instanceof Error ? e.message : String(e)}`,
      fix: 'compare what the construct is given with the types of its properties; TypeScript names the place',
    }];
  }
}

export function toProblem(construct: IConstruct, report: ProblemReport): Problem {
  const { value, path, ...rest } = report;
  const problem = { ...rest, severity: rest.severity ?? Severity.ERROR, path: path ?? construct.node.path, ...value === undefined ? {} : { value: asText(value) } };
  SUBJECTS.set(problem, construct);
  return problem;
}

/** The construct that a problem was found on, which may lie deeper than the one that its path names. */
export function subjectOf(problem: Problem): IConstruct | undefined {
  return SUBJECTS.get(problem);
}

/** The same problem, which other tools report under these codes too. */
export function withPeers(problem: Problem, peers: readonly string[]): Problem {
  if (peers.length === 0) return problem;
  // by descriptor, since the place in a file is only looked up when somebody asks
  const extended = Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(problem),
    peers: { value: [...new Set([...problem.peers ?? [], ...peers])], enumerable: true },
  }) as Problem;
  SUBJECTS.set(extended, SUBJECTS.get(problem)!);
  return extended;
}

/** One line a person can act on; the place comes first because it says where to look. */
export function formatProblem(problem: Problem): string {
  const severity = problem.severity !== Severity.ERROR ? ` (${problem.severity})` : '';
  const where = problem.field ? ` ${problem.field}${problem.value === undefined ? '' : ` = ${problem.value}`}:` : '';
  const peers = problem.peers?.length ? ` (also ${problem.peers.join(', ')})` : '';
  return `${placeOf(problem)} ${problem.code}${severity}${where} ${problem.reason}. Fix: ${problem.fix}.${peers}`;
}

function placeOf({ source, path, object }: Problem): string {
  if (!source) return `[${path}]`;
  return `${source.file}:${source.line}:${source.column}:${object ? ` ${object.kind}${object.name === undefined ? '' : ` ${object.name}`}:` : ''}`;
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
