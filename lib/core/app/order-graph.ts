import { ConstructTree } from './construct-tree';
import { Dependencies } from './dependencies';

/**
 * A step of the sort: a construct and one of three roles. `VERTEX` is the construct itself. `BEGIN` comes after everything that the
 * members of the construct have in common to come after. `END` comes after every member. With the two in between, a dependency
 * of one construct on another is one edge, however many objects they have.
 */
export type Step = number;

export enum Role { VERTEX, BEGIN, END }

export const ROLES = 3;

export function step(at: number, role: Role): Step {
  return at * ROLES + role;
}

export function constructOf(of: Step): number {
  return Math.floor(of / ROLES);
}

export function roleOf(of: Step): Role {
  return of % ROLES;
}

/** A dependency as it was declared or lifted. */
export interface Declared {
  readonly source: number;
  readonly target: number;
}

/**
 * What every step comes after.
 *
 * cdk8s expands a dependency to pairs of objects and leaves out the pair of an object with itself. That matters only where source and
 * target contain one another: then the one object that they share must not wait for itself, and its share is spelled out.
 */
export class OrderGraph {
  /** Of each object that must not wait for itself the outermost construct whose dependency on it is meant. */
  private readonly shared = new Map<number, number>();

  constructor(public readonly tree: ConstructTree, public readonly dependencies: Dependencies) {
    for (let source = 0; source < tree.size; source++) {
      for (const target of dependencies.of(source)) this.inspect(source, target);
    }
  }

  /** The steps that come before a step, in the order in which cdk8s visits them. */
  public before(of: Step, within: (at: number) => boolean): Step[] {
    const at = constructOf(of);
    switch (roleOf(of)) {
      case Role.VERTEX: return this.beforeVertex(at, within);
      case Role.BEGIN: return this.beforeBegin(at, within);
      default: return this.beforeEnd(at);
    }
  }

  private inspect(source: number, target: number): void {
    const { tree } = this;
    if (tree.chart[source] !== tree.chart[target]) return;
    const inner = tree.contains(source, target) ? target : tree.contains(target, source) ? source : undefined;
    // two shared objects would have to come after each other, which the sort finds by itself
    if (inner === undefined || tree.memberCount[inner] !== 1) return;
    const object = tree.firstMember[inner];
    this.shared.set(object, Math.min(this.shared.get(object) ?? source, source));
  }

  private beforeVertex(at: number, within: (at: number) => boolean): Step[] {
    const found: Step[] = [];
    const { tree } = this;
    for (const target of this.dependencies.of(at)) {
      // of a composite that is in its own group of dependencies, only the content matters
      const itself = target === at && !tree.isObject(at) && !tree.isChart(at);
      if (!itself && within(target)) found.push(step(target, Role.VERTEX));
    }
    if (!tree.isObject(at)) return found;
    const outermost = this.shared.get(at);
    if (outermost === undefined) found.push(step(at, Role.BEGIN));
    else return found.concat(this.spelledOut(at, outermost, within));
    return found;
  }

  private beforeBegin(at: number, within: (at: number) => boolean): Step[] {
    const found = this.tree.isChart(at) ? [] : [step(this.tree.parent[at], Role.BEGIN)];
    for (const target of this.dependencies.of(at)) {
      if (within(target)) found.push(step(target, Role.END));
    }
    return found;
  }

  private beforeEnd(at: number): Step[] {
    const found = this.tree.isObject(at) ? [step(at, Role.VERTEX)] : [];
    for (const child of this.tree.children(at)) {
      if (!this.tree.isChart(child)) found.push(step(child, Role.END));
    }
    return found;
  }

  private spelledOut(object: number, outermost: number, within: (at: number) => boolean): Step[] {
    const { tree } = this;
    const levels: number[] = [];
    for (let at = object; at !== outermost; at = tree.parent[at]) levels.push(at);
    let found = tree.isChart(outermost) ? [] : [step(tree.parent[outermost], Role.BEGIN)];
    for (const level of [outermost, ...levels.reverse()]) {
      for (const target of this.dependencies.of(level)) {
        if (!within(target)) continue;
        if (tree.isMember(object, target)) found = found.concat(this.membersExcept(target, object));
        else found.push(step(target, Role.END));
      }
    }
    return found;
  }

  private membersExcept(of: number, object: number): Step[] {
    const { tree } = this;
    const found: Step[] = [];
    const pending = [of];
    while (pending.length > 0) {
      const at = pending.pop()!;
      if (!tree.contains(at, object)) {
        found.push(step(at, Role.END));
        continue;
      }
      if (at !== object && tree.isObject(at)) found.push(step(at, Role.VERTEX));
      for (const child of tree.children(at).reverse()) {
        if (!tree.isChart(child)) pending.push(child);
      }
    }
    return found;
  }
}
