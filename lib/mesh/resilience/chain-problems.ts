import { IConstruct } from 'constructs';
import { Hop, Ways } from './hops';
import { ProblemReport, Severity } from '../../core/problem';
import { derived } from '../../core/rendering';
import { workloadOf } from '../../core/route-target';
import type { MeshRoute, SaidRoute } from '../routes/mesh-route';

/** More copies of one request than this add to the trouble that they were meant for. */
const MANY = 10;

/** Where the retries and timeouts of a route do not go together with those of the hops before it. */
export function chainProblems(route: MeshRoute): ProblemReport[] {
  return route._http.flatMap(said => {
    const ways = waysThrough(route, said);
    return [...multiplied(said, ways), ...outlasted(said, ways)];
  });
}

function waysThrough(route: MeshRoute, said: SaidRoute): Hop[][] {
  const action = said.options.action._action;
  const workloads = action.kind === 'forward' ? [...new Set(action.targets.flatMap(({ target }) => workloadOf(target) ?? []))] : [];
  const ways = derived(route.node.root, readWays);
  return workloads.flatMap(workload => ways.to(workload)).filter(way => way[way.length - 1].route?.said === said && way[way.length - 1].route?.of === route);
}

function multiplied({ name }: SaidRoute, ways: readonly Hop[][]): ProblemReport[] {
  const [worst] = ways.map(way => way.filter((hop, index) => hop.retries > 0 && (hop.passesOn || index === way.length - 1)))
    .filter(way => way.filter(({ said }) => said).length > 1 && way[way.length - 1].said && times(way) > MANY)
    .sort((a, b) => times(b) - times(a));
  if (worst === undefined) return [];
  return [{
    code: 'SM1269',
    severity: Severity.WARNING,
    field: `route(${name}).retries`,
    value: worst.map(({ retries }) => retries + 1).join(' x '),
    reason: `where the target is in trouble, one request reaches it up to ${times(worst)} times: ${worst.map(hop => `${hop.name} (1 + ${hop.retries})`).join(', ')}`,
    fix: 'send again in one place, the one that knows whether it still matters, and say retries: { attempts: 0 } elsewhere; or limit them by the retryBudget of a TrafficPolicy',
  }];
}

function times(way: readonly Hop[]): number {
  return way.reduce((product, { retries }) => product * (retries + 1), 1);
}

function outlasted({ name }: SaidRoute, ways: readonly Hop[][]): ProblemReport[] {
  for (const way of ways) {
    const own = way[way.length - 1];
    const before = way.slice(0, -1).find(({ limit }) => limit !== undefined && own.limit !== undefined && limit < own.limit);
    if (before === undefined) continue;
    return [{
      code: 'SM1270',
      severity: Severity.WARNING,
      field: `route(${name}).timeout`,
      value: `${own.limit} ms`,
      reason: `${before.name} gives up after ${before.limit} ms, and what is done for the request from then on nobody waits for`,
      fix: 'make timeouts shorter the farther inside they are',
    }];
  }
  return [];
}

function readWays(root: IConstruct): Ways {
  return new Ways(root);
}
