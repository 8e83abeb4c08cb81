import { formatProblem, Problem } from '../problem';

/** Why an app has no order. */
export class OrderingError extends Error {
  constructor(public readonly problem: Problem) {
    super(formatProblem(problem));
  }
}
