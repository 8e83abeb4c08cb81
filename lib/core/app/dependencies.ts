import { IConstruct } from 'constructs';
import { ConstructTree } from './construct-tree';
import { OrderingError } from './ordering-error';
import { Severity } from '../problem';

/** Why a chart comes after another although nobody said so of the charts themselves: a dependency between their constructs, or nesting. */
export interface Lift {
  readonly source: number;
  readonly target: number;
  readonly nested: boolean;
}

/**
 * What was declared with `node.addDependency` in a tree, together with what follows from it for whole charts: a chart comes
 * after the charts that it directly contains, and after every chart that something in it depends on.
 *
 * @see https://cdk8s.io/docs/latest/basics/dependencies/
 */
export class Dependencies {
  /** Whether any chart has to come after another one, which puts numbers into the file names. */
  public hasDependantCharts = false;

  private readonly targets: (Set<number> | undefined)[] = [];
  private readonly lifts = new Map<number, Map<number, Lift>>();
  private readonly innerDependants = new Set<number>();

  constructor(private readonly tree: ConstructTree) {
    for (let at = 0; at < tree.size; at++) this.declared(at);
    for (let at = 0; at < tree.size; at++) {
      if (!tree.isChart(at)) continue;
      for (const child of tree.children(at)) {
        if (tree.isChart(child)) this.lift(at, child, { source: at, target: child, nested: true });
      }
    }
    for (let at = 0; at < tree.size; at++) {
      for (const target of this.of(at)) {
        this.lift(tree.chart[at], tree.chart[target], { source: at, target, nested: false });
      }
    }
  }

  /** What a construct comes after, in the order in which it was said; for a chart also what follows from its content. */
  public of(at: number): Iterable<number> {
    return this.targets[at] ?? [];
  }

  /** Why one chart comes after another; undefined where it was said of the charts themselves. */
  public whyLifted(source: number, target: number): Lift | undefined {
    return this.lifts.get(source)?.get(target);
  }

  /** Whether a chart somewhere below this one comes after it. */
  public hasInnerDependants(chart: number): boolean {
    return this.innerDependants.has(chart);
  }

  private declared(at: number): void {
    const construct = this.tree.constructs[at];
    for (const target of construct.node.dependencies) {
      const known = this.tree.numberOf(target);
      if (this.tree.chart[at] < 0) refuseOutsideOfCharts(construct, target, construct);
      if (known === undefined) {
        // another app's construct: nothing to order here, but its chart is not ours
        this.hasDependantCharts = true;
        continue;
      }
      if (this.tree.chart[known] < 0) refuseOutsideOfCharts(construct, target, target);
      this.add(at, known);
    }
  }

  private lift(source: number, target: number, why: Lift): void {
    if (source === target) return;
    this.hasDependantCharts = true;
    if (this.targets[source]?.has(target)) return;
    this.add(source, target);
    const lifts = this.lifts.get(source) ?? new Map<number, Lift>();
    this.lifts.set(source, lifts.set(target, why));
  }

  private add(source: number, target: number): void {
    (this.targets[source] ??= new Set()).add(target);
    if (this.tree.isChart(target) && source !== target && this.tree.contains(target, source)) this.innerDependants.add(target);
  }
}

function refuseOutsideOfCharts(source: IConstruct, target: IConstruct, outside: IConstruct): never {
  const name = outside.node.path || 'the app';
  throw new OrderingError({
    code: 'SM0008',
    severity: Severity.ERROR,
    path: source.node.path,
    field: 'dependencies',
    value: JSON.stringify(target.node.path),
    reason: `${name} is outside of every chart, and only what is in charts has a place in the order`,
    fix: `declare the dependency on the charts below ${name}`,
  });
}
