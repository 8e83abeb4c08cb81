import { inOrder } from './order';
import { formatProblem, Problem } from '../../core/problem';

/** Findings as people read them, one a line. */
export function findingsText(problems: readonly Problem[]): string[] {
  return inOrder(problems).map(formatProblem);
}
