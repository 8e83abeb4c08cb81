import type { App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { collectProblems, formatProblem, isAtLeast, Problem, Severity } from './problem';
import { derived, whileRendered } from './rendering';

/** Looks at everything; what would be less severe than it was asked for need not be looked for. */
type Analyzer = (root: IConstruct, least: Severity) => Problem[];
type Review = (root: IConstruct, problems: readonly Problem[], least: Severity) => readonly Problem[];
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
    validate: () => problemsOf(root, Severity.ERROR).map(formatProblem),
  });
  shareWhileSynthesizing(root);
}

/** What objects derive from the whole tree would be derived for each of them anew, under an App that knows nothing of it. */
function shareWhileSynthesizing(root: IConstruct): void {
  const app = root as Partial<Pick<App, 'synth' | 'synthYaml'>>;
  const { synth, synthYaml } = app;
  if (synth) app.synth = () => whileRendered(root, () => synth.call(root));
  if (synthYaml) app.synthYaml = () => whileRendered(root, () => synthYaml.call(root));
}

/** The problems of an app that are at least this severe. */
export function problemsOf(root: IConstruct, least: Severity = Severity.INFO): Problem[] {
  return whileRendered(root, () => derived(root, FINDERS[least]));
}

const FINDERS: Readonly<Record<Severity, (root: IConstruct) => Problem[]>> = {
  [Severity.ERROR]: root => find(root, Severity.ERROR),
  [Severity.WARNING]: root => find(root, Severity.WARNING),
  [Severity.INFO]: root => find(root, Severity.INFO),
};

function find(root: IConstruct, least: Severity): Problem[] {
  const found = distinct([
    ...collectProblems(root),
    ...ANALYZERS.flatMap(analyzer => analyzer(root, least)),
  ].filter(problem => isAtLeast(problem.severity, least)));
  return [...REVIEWS.reduce<readonly Problem[]>((left, review) => review(root, left, least), found)];
}

export function isError(problem: Problem): boolean {
  return problem.severity === Severity.ERROR;
}

function distinct(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, code, severity, field, value, reason, fix }) => {
    // without the place in a file, which is only looked up when somebody asks
    const text = [path, code, severity, field, value, reason, fix].join('\0');
    return !seen.has(text) && seen.add(text);
  });
}
