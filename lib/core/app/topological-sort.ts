import { constructOf, OrderGraph, Role, roleOf, ROLES, Step, step } from './order-graph';

/** The part of an app that is put into order: cdk8s orders the charts over the whole app, and the objects chart by chart. */
export interface Scope {
  /** Its constructs, in the order in which they are looked at. */
  readonly constructs: readonly number[];
  readonly has: (at: number) => boolean;
}

export interface Sorted {
  /** The constructs of the scope, each after what it depends on. */
  readonly constructs: number[];
  /** How many edges were followed. */
  readonly edges: number;
  /** Steps of which each comes after the next and the last after the first. */
  readonly cycle?: Step[];
}

enum State { NEW, OPEN, DONE }

interface Frame {
  readonly step: Step;
  readonly before: Step[];
  next: number;
}

/**
 * Depth-first sorts in time linear in constructs and dependencies. A sort starts where cdk8s's sort starts and visits in the same
 * order, hence yields the same order; but it visits every step once, where cdk8s visits every path.
 */
export class Sorter {
  private readonly state: Uint8Array;

  constructor(private readonly graph: OrderGraph) {
    this.state = new Uint8Array(graph.tree.size * ROLES);
  }

  public sort(scope: Scope): Sorted {
    const visited: Step[] = [];
    try {
      return this.run(scope, visited);
    } finally {
      // only what was visited: many small scopes must not cost as much as many times the whole app
      for (const of of visited) this.state[of] = State.NEW;
    }
  }

  private run(scope: Scope, visited: Step[]): Sorted {
    const { graph, state } = this;
    const constructs: number[] = [];
    const stack: Frame[] = [];
    let edges = 0;
    const open = (of: Step) => {
      const before = graph.before(of, scope.has);
      edges += before.length;
      state[of] = State.OPEN;
      visited.push(of);
      stack.push({ step: of, before, next: 0 });
    };
    for (const at of rootsFirst(graph, scope)) {
      if (state[step(at, Role.VERTEX)] === State.NEW) open(step(at, Role.VERTEX));
      while (stack.length > 0) {
        const frame = stack[stack.length - 1];
        if (frame.next === frame.before.length) {
          state[frame.step] = State.DONE;
          if (roleOf(frame.step) === Role.VERTEX) constructs.push(constructOf(frame.step));
          stack.pop();
          continue;
        }
        const next = frame.before[frame.next++];
        if (state[next] === State.NEW) {
          open(next);
        } else if (state[next] === State.OPEN) {
          const steps = stack.map(entry => entry.step);
          return { constructs, edges, cycle: steps.slice(steps.indexOf(next)) };
        }
      }
    }
    return { constructs, edges };
  }
}

/** Constructs that nothing in the scope waits for come first, as in cdk8s; the others follow in case a cycle hides them. */
function rootsFirst({ tree, dependencies }: OrderGraph, scope: Scope): number[] {
  const awaited = new Set<number>();
  const waiting = new Map<number, number>();
  const add = (at: number, count: number) => waiting.set(at, (waiting.get(at) ?? 0) + count);
  for (const source of scope.constructs) {
    for (const target of dependencies.of(source)) {
      if (!scope.has(target)) continue;
      awaited.add(target);
      const object = tree.firstMember[source];
      if (object < 0) continue;
      add(target, 1);
      // the only object of the source does not wait for itself
      if (tree.memberCount[source] === 1 && tree.isMember(object, target)) add(object, -1);
    }
  }
  if (awaited.size === 0) return [...scope.constructs];
  const known = new Map<number, number>();
  const waitingFor = (at: number): number => {
    const chain: number[] = [];
    let up = at;
    while (!known.has(up)) {
      chain.push(up);
      if (tree.isChart(up) || tree.parent[up] < 0) break;
      up = tree.parent[up];
    }
    let sum = known.get(up) ?? 0;
    for (const link of chain.reverse()) known.set(link, sum += waiting.get(link) ?? 0);
    return sum;
  };
  const isAwaited = (at: number) => awaited.has(at) || (tree.isObject(at) && waitingFor(at) > 0);
  const roots: number[] = [];
  const others: number[] = [];
  for (const at of scope.constructs) (isAwaited(at) ? others : roots).push(at);
  return [...roots, ...others];
}
