import { IConstruct } from 'constructs';
import { collectProblems, formatProblem, Problem, Severity } from './problem';
import { derived, whileRendered } from './rendering';

type Analyzer = (root: IConstruct) => Problem[];
type Review = (root: IConstruct, problems: readonly Problem[]) => readonly Problem[];
const ANALYZERS: Analyzer[] = [];
const REVIEWS: Review[] = [];
const ATTACHED = Symbol.for('cdk8s-serverless-mesh.validation');

/** Adds checks over everything that an app will write. */
export function registerAnalyzer(analyzer: Analyzer): void {
  ANALYZERS.push(analyzer);
}

/** Adds a last look at all that was found, which may take away what somebody answers for and add what it finds amiss in that. */
export function registerReview(review: Review): void {
  REVIEWS.push(review);
}

/** Has an app checked as a whole before anything leaves the process, whichever class of app it is. */
export function attachValidation(root: IConstruct): void {
  if (ATTACHED in root) return;
  Object.defineProperty(root, ATTACHED, { value: true });
  root.node.addValidation({
    validate: () => problemsOf(root).filter(isError).map(formatProblem),
  });
}

/** Every problem of an app, of any severity. */
export function problemsOf(root: IConstruct): Problem[] {
  return whileRendered(root, () => derived(root, everyProblem));
}

function everyProblem(root: IConstruct): Problem[] {
  const found = distinct([
    ...collectProblems(root),
    ...ANALYZERS.flatMap(analyzer => analyzer(root)),
  ]);
  return [...REVIEWS.reduce<readonly Problem[]>((left, review) => review(root, left), found)];
}

export function isError(problem: Problem): boolean {
  return (problem.severity ?? Severity.ERROR) === Severity.ERROR;
}

function distinct(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(problem => {
    const text = formatProblem(problem);
    return !seen.has(text) && seen.add(text);
  });
}
