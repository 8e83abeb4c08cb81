import { inOrder } from './order';
import { Problem, Severity } from '../../core/problem';

/** Where a finding comes from: a construct, or a place in a file. */
export type FindingSource = { readonly construct: string } | { readonly file: string; readonly line: number; readonly column: number };

/** A finding as machines read it. Every key is always there; what a finding does not have is null. */
export interface FindingJson {
  /** Code of the rule. */
  readonly code: string;
  /** Codes of other tools for the same; empty where none reports it. */
  readonly peers: readonly string[];
  readonly severity: Severity;
  readonly apiVersion: string | null;
  readonly kind: string | null;
  /** The namespace that the object will be in; null for kinds that belong to none. */
  readonly namespace: string | null;
  readonly name: string | null;
  /** Where in the object: `spec.template.spec.containers[0].image`. */
  readonly field: string | null;
  /** Why it is reported, with the value that was found. */
  readonly message: string;
  readonly fix: string;
  readonly source: FindingSource;
}

/** Findings as machines read them, in an order that does not depend on how they were found. */
export function findingsJson(problems: readonly Problem[]): FindingJson[] {
  return inOrder(problems).map(findingJson);
}

function findingJson(problem: Problem): FindingJson {
  const { object, source } = problem;
  return {
    code: problem.code,
    peers: problem.peers ?? [],
    severity: problem.severity,
    apiVersion: object?.apiVersion ?? null,
    kind: object?.kind ?? null,
    namespace: object?.namespace ?? null,
    name: object?.name ?? null,
    field: problem.field ?? null,
    message: problem.value === undefined ? problem.reason : `${problem.value}: ${problem.reason}`,
    fix: problem.fix,
    source: source ? { file: source.file, line: source.line, column: source.column } : { construct: problem.path },
  };
}
