import { IConstruct } from 'constructs';
import { Suppression } from './suppression';
import { Intents } from '../../core/intents';
import { Problem, subjectOf } from '../../core/problem';

const SUPPRESSIONS = Symbol.for('cdk8s-serverless-mesh.suppressions');

/**
 * Findings of a part of the app that somebody answers for. A suppression has a code and a reason; one without a reason or with a code
 * that does not exist has no effect and is a warning itself (SM0016, SM0017), as is one that no finding needs any more (SM0018).
 *
 * An object can also say it itself, in the annotation `serverless-mesh.io/ignore`.
 *
 * @example
 * Suppressions.of(chart).add('SM0104', 'the tag is pinned by the admission controller of this cluster');
 */
export class Suppressions {
  /** The suppressions of a construct; they hold for it and for everything below it. */
  public static of(scope: IConstruct): Suppressions {
    const holder = scope as unknown as { [SUPPRESSIONS]?: Suppressions };
    if (!holder[SUPPRESSIONS]) {
      Object.defineProperty(scope, SUPPRESSIONS, { value: new Suppressions(scope) });
      Intents.of(scope);
    }
    return holder[SUPPRESSIONS]!;
  }

  /**
   * The suppressions of a tree.
   * @internal
   */
  public static _below(root: IConstruct): Suppression[] {
    return root.node.findAll().flatMap(construct => (construct as unknown as { [SUPPRESSIONS]?: Suppressions })[SUPPRESSIONS]?.said ?? []);
  }

  private readonly said: Suppression[] = [];

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Takes the findings of a code out of the report, whatever their severity.
   *
   * @param code code of the findings (`SM0104`).
   * @param reason why they do not matter here; it is for whoever reads the code next.
   * @returns the same suppressions, to add more.
   */
  public add(code: string, reason: string): Suppressions {
    const { scope } = this;
    this.said.push({
      code,
      reason,
      covers: problem => isBelow(scope, problem),
      origin: { construct: scope, path: scope.node.path },
    });
    return this;
  }
}

function isBelow(scope: IConstruct, problem: Problem): boolean {
  for (let at = subjectOf(problem); at; at = at.node.scope) {
    if (at === scope) return true;
  }
  const { path } = scope.node;
  return path === '' || problem.path === path || problem.path.startsWith(`${path}/`);
}
