import { formatProblem, Problem } from '../../core/problem';

/** Findings in an order that does not depend on how they were found: by file and line, or by construct path, then by code. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems
    .map(problem => ({ problem, text: formatProblem(problem) }))
    .sort((a, b) => compare(placeOf(a.problem), placeOf(b.problem))
      || (a.problem.source?.line ?? 0) - (b.problem.source?.line ?? 0)
      || (a.problem.source?.column ?? 0) - (b.problem.source?.column ?? 0)
      || compare(a.problem.code, b.problem.code)
      || compare(a.problem.field ?? '', b.problem.field ?? '')
      || compare(a.text, b.text))
    .map(({ problem }) => problem);
}

function placeOf({ source, path }: Problem): string {
  return source?.file ?? path;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
