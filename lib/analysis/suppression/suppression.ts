import { IConstruct } from 'constructs';
import { Problem, ProblemReport } from '../../core/problem';

/** What somebody answers for: findings of a code, in a part of what is checked, for a reason. */
export interface Suppression {
  readonly code: string;
  readonly reason: string;
  readonly origin: Origin;
  /** Whether a finding of that code lies in the part that is meant. */
  covers(problem: Problem): boolean;
}

/** Where a suppression was written, for what is amiss in it. */
export interface Origin extends Pick<ProblemReport, 'path' | 'field' | 'object' | 'source'> {
  readonly construct: IConstruct;
}

/** What was written to suppress findings but says something else. */
export interface Malformed {
  readonly reason: string;
  readonly fix: string;
  readonly value?: unknown;
  readonly origin: Origin;
}

/** What one place says. */
export interface Answers {
  readonly suppressions: readonly Suppression[];
  readonly malformed: readonly Malformed[];
}
