import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * A construct tree in preorder, so that a subtree is an interval of numbers and containment is two comparisons.
 *
 * An object belongs to the nearest chart above it. The *members* of a construct are the objects in its subtree that belong
 * to the same chart as it does: that is what a dependency on the construct stands for.
 */
export class ConstructTree {
  public readonly constructs: IConstruct[] = [];
  /** Of each construct its parent, -1 for the root. */
  public readonly parent: number[] = [];
  /** Of each construct the first number behind its subtree. */
  public readonly end: number[] = [];
  /** Of each construct the nearest chart at or above it, -1 outside of every chart. */
  public readonly chart: number[] = [];
  /** Of each construct how many members it has. */
  public readonly memberCount: number[];
  /** Of each construct its first member, -1 where it has none. */
  public readonly firstMember: number[];

  private readonly numbers = new Map<IConstruct, number>();

  constructor(root: IConstruct) {
    const pending: { construct: IConstruct; parent: number }[] = [{ construct: root, parent: -1 }];
    while (pending.length > 0) {
      const { construct, parent } = pending.pop()!;
      const at = this.constructs.push(construct) - 1;
      this.numbers.set(construct, at);
      this.parent.push(parent);
      this.end.push(at + 1);
      this.chart.push(Chart.isChart(construct) ? at : parent < 0 ? -1 : this.chart[parent]);
      const children = construct.node.children;
      for (let i = children.length - 1; i >= 0; i--) pending.push({ construct: children[i], parent: at });
    }
    this.memberCount = new Array(this.size).fill(0);
    this.firstMember = new Array(this.size).fill(-1);
    for (let at = this.size - 1; at >= 0; at--) this.sumUp(at);
  }

  public get size(): number {
    return this.constructs.length;
  }

  public numberOf(construct: IConstruct): number | undefined {
    return this.numbers.get(construct);
  }

  public isChart(at: number): boolean {
    return this.chart[at] === at;
  }

  public isObject(at: number): boolean {
    return this.firstMember[at] === at;
  }

  public contains(outer: number, inner: number): boolean {
    return outer <= inner && inner < this.end[outer];
  }

  /** Whether an object is among the members of a construct. */
  public isMember(object: number, construct: number): boolean {
    return this.chart[object] === this.chart[construct] && this.contains(construct, object);
  }

  public children(at: number): number[] {
    const found: number[] = [];
    for (let child = at + 1; child < this.end[at]; child = this.end[child]) found.push(child);
    return found;
  }

  public path(at: number): string {
    return this.constructs[at].node.path;
  }

  private sumUp(at: number): void {
    if (ApiObject.isApiObject(this.constructs[at])) {
      this.memberCount[at]++;
      this.firstMember[at] = at;
    }
    const parent = this.parent[at];
    if (parent < 0) return;
    this.end[parent] = Math.max(this.end[parent], this.end[at]);
    if (this.isChart(at) || this.memberCount[at] === 0) return;
    this.memberCount[parent] += this.memberCount[at];
    this.firstMember[parent] = this.firstMember[at];
  }
}
