import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Problem } from '../problem';
import { derived } from '../rendering';
import { ConstructTree } from './construct-tree';
import { Dependencies } from './dependencies';
import { cycleFound } from './dependency-cycle';
import { OrderGraph } from './order-graph';
import { OrderingError } from './ordering-error';
import { Scope, Sorter } from './topological-sort';

/** The charts of an app, each after those that it depends on. */
export interface OrderedCharts {
  readonly charts: Chart[];
  /** Whether any chart depends on another one: cdk8s then numbers the files. */
  readonly hasDependantCharts: boolean;
}

/** The order in which an app is written and deployed. */
export class Order implements OrderedCharts {
  public readonly charts: Chart[];
  public readonly hasDependantCharts: boolean;

  /** Edges that sorting followed so far, which is what it costs. */
  public edges = 0;

  private readonly tree: ConstructTree;
  private readonly graph: OrderGraph;
  private readonly sorter: Sorter;
  private readonly contents = new Map<number, number[]>();
  private readonly objects = new Map<number, ApiObject[]>();

  constructor(root: IConstruct) {
    this.tree = new ConstructTree(root);
    const dependencies = new Dependencies(this.tree);
    this.hasDependantCharts = dependencies.hasDependantCharts;
    this.graph = new OrderGraph(this.tree, dependencies);
    this.sorter = new Sorter(this.graph);
    this.charts = this.sorted({ constructs: wholeApp(this.tree), has: () => true })
      .filter(at => this.tree.isChart(at))
      .map(at => this.tree.constructs[at] as Chart);
    for (let at = 0; at < this.tree.size; at++) {
      const content = this.contents.get(this.tree.chart[at]);
      if (content) content.push(at);
      else this.contents.set(this.tree.chart[at], [at]);
    }
  }

  /** The objects of a chart, without those of the charts in it, each after those that it depends on. */
  public objectsOf(chart: Chart): ApiObject[] {
    const at = this.tree.numberOf(chart);
    if (at === undefined) return [];
    const known = this.objects.get(at) ?? this.sorted(this.scopeOf(at))
      .filter(found => this.tree.isObject(found) && this.tree.chart[found] === at)
      .map(found => this.tree.constructs[found] as ApiObject);
    this.objects.set(at, known);
    return [...known];
  }

  private scopeOf(chart: number): Scope {
    const { tree } = this;
    if (!this.graph.dependencies.hasInnerDependants(chart)) {
      return { constructs: this.contents.get(chart)!, has: at => tree.chart[at] === chart };
    }
    // a chart further down waits for this one, and where cdk8s looks at it first, it changes the order here
    const constructs = Array.from({ length: tree.end[chart] - chart }, (_, i) => chart + i);
    return { constructs, has: at => tree.contains(chart, at) };
  }

  private sorted(scope: Scope): number[] {
    const { constructs, edges, cycle } = this.sorter.sort(scope);
    this.edges += edges;
    if (cycle) throw cycleFound(this.graph, cycle);
    return constructs;
  }
}

/** The order of an app; throws where there is none. */
export function orderOf(root: IConstruct): Order {
  return derived(root, compute);
}

/** The charts of an app, each after those that it depends on. */
export function orderedCharts(root: IConstruct): OrderedCharts {
  return orderOf(root);
}

/** Every object of an app, each after all those that it depends on, chart by chart. */
export function orderedObjects(root: IConstruct): ApiObject[] {
  const order = orderOf(root);
  return order.charts.flatMap(chart => order.objectsOf(chart));
}

function compute(root: IConstruct): Order {
  return new Order(root);
}

/** cdk8s keeps constructs by path in an object, where paths that are whole numbers come first. */
function wholeApp(tree: ConstructTree): number[] {
  const all = Array.from({ length: tree.size }, (_, at) => at);
  const topLevel = tree.size === 0 || tree.constructs[0].node.id ? [] : tree.children(0);
  const numbered = topLevel.filter(at => isArrayIndex(tree.constructs[at].node.id));
  if (numbered.length === 0) return all;
  const first = new Set(numbered);
  return [...numbered, ...all.filter(at => !first.has(at))];
}

function isArrayIndex(id: string): boolean {
  return /^(0|[1-9]\d*)$/.test(id) && Number(id) < 2 ** 32 - 1;
}

/** Cycles, which no order resolves. */
export function orderingProblems(root: IConstruct): Problem[] {
  try {
    orderOf(root);
    return [];
  } catch (e) {
    if (e instanceof OrderingError) return [e.problem];
    throw e;
  }
}
