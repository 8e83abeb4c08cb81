import { constructOf, Declared, OrderGraph, Role, roleOf, Step } from './order-graph';
import { OrderingError } from './ordering-error';
import { Severity } from '../problem';

/** How many edges are followed in search of a shorter cycle; more would cost more than a shorter message is worth. */
const SEARCH = 200_000;
const SHOWN = 12;

/** The error for a cycle that the sort ran into, told by the shortest cycle around it. */
export function cycleFound(graph: OrderGraph, cycle: Step[]): OrderingError {
  let best = declaredOn(graph, cycle);
  let left = SEARCH;
  const follow = (of: Step) => {
    const before = graph.before(of, () => true);
    left -= before.length;
    return before;
  };
  const isVertex = (of: Step) => roleOf(of) === Role.VERTEX;
  for (const start of [...cycle.filter(isVertex), ...cycle.filter(of => !isVertex(of))]) {
    if (left <= 0) break;
    const shortest = shortestThrough(start, follow);
    const found = shortest ? declaredOn(graph, shortest) : best;
    if (found.length < best.length) best = found;
  }
  return cycleError(graph, best);
}

function shortestThrough(start: Step, follow: (of: Step) => Step[]): Step[] | undefined {
  const cameFrom = new Map<Step, Step>();
  let wave = [start];
  while (wave.length > 0) {
    const following: Step[] = [];
    for (const of of wave) {
      for (const next of follow(of)) {
        if (next === start) return trace(cameFrom, of);
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, of);
        following.push(next);
      }
    }
    wave = following;
  }
  return undefined;
}

function trace(cameFrom: Map<Step, Step>, last: Step): Step[] {
  const steps = [last];
  for (let of = cameFrom.get(last); of !== undefined; of = cameFrom.get(of)) steps.push(of);
  return steps.reverse();
}

/** The declared dependencies that a cycle of steps goes along; the other steps only go from a construct to its content and back. */
function declaredOn(graph: OrderGraph, cycle: Step[]): Declared[] {
  const found: Declared[] = [];
  cycle.forEach((from, i) => {
    const declared = declaredBetween(graph, from, cycle[(i + 1) % cycle.length]);
    if (declared) found.push(declared);
  });
  const first = found.reduce((least, { source }, i) => source < found[least].source ? i : least, 0);
  return [...found.slice(first), ...found.slice(0, first)];
}

function declaredBetween({ tree, dependencies }: OrderGraph, from: Step, to: Step): Declared | undefined {
  const source = constructOf(from);
  const reached = constructOf(to);
  if (roleOf(from) === Role.END || roleOf(to) === Role.BEGIN) return undefined;
  if (has(dependencies.of(source), reached)) return { source, target: reached };
  // an object's steps may be spelled out, so the dependency can be that of a construct around it, on a construct around the target
  for (let at = source; at >= 0; at = tree.isChart(at) ? -1 : tree.parent[at]) {
    for (const target of dependencies.of(at)) {
      if (tree.contains(target, reached) && tree.chart[target] === tree.chart[reached]) return { source: at, target };
    }
  }
  return undefined;
}

function cycleError(graph: OrderGraph, cycle: Declared[]): OrderingError {
  const { tree } = graph;
  const stops = stopsOf(graph, cycle).map(at => tree.path(at));
  const lifted = cycle.some(({ source, target }) => graph.dependencies.whyLifted(source, target));
  const indirect = lifted || cycle.some(({ target }, i) => cycle[(i + 1) % cycle.length].source !== target);
  const reasons = indirect ? ` (${shortened(cycle.map(declared => tell(graph, declared)), '; ')})` : '';
  return new OrderingError({
    code: 'SM0003',
    severity: Severity.ERROR,
    path: stops[0],
    field: 'dependencies',
    reason: `each of these has to come after the next one, so none can come first: ${shortened(stops, ' -> ')}${reasons}`,
    fix: `remove one of these dependencies${lifted ? ', or move what is concerned into one chart' : ''}`,
  });
}

/** Where target and next source contain one another, the inner one says more. */
function stopsOf({ tree }: OrderGraph, cycle: Declared[]): number[] {
  if (cycle.length === 1) {
    const [{ source, target }] = cycle;
    return source === target ? [source, source] : [source, target, source];
  }
  const stops = cycle.map(({ source }, i) => {
    const { target } = cycle[(i + cycle.length - 1) % cycle.length];
    return tree.contains(source, target) ? target : source;
  });
  return [...stops, stops[0]];
}

function tell({ tree, dependencies }: OrderGraph, { source, target }: Declared): string {
  const lift = dependencies.whyLifted(source, target);
  if (lift?.nested) return `${tree.path(source)} contains the chart ${tree.path(target)}`;
  const said = lift ?? { source, target };
  const nesting = tree.contains(said.source, said.target) ? ', which it contains' : tree.contains(said.target, said.source) ? ', which contains it' : '';
  return `${tree.path(said.source)} depends on ${tree.path(said.target)}${said.source === said.target ? '' : nesting}`;
}

function shortened(parts: string[], separator: string): string {
  if (parts.length <= SHOWN) return parts.join(separator);
  const left = parts.length - SHOWN + 1;
  return [...parts.slice(0, SHOWN / 2), `... ${left} more ...`, ...parts.slice(parts.length - SHOWN / 2 + 1)].join(separator);
}

function has(numbers: Iterable<number>, wanted: number): boolean {
  for (const number of numbers) if (number === wanted) return true;
  return false;
}

