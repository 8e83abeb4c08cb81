import { IConstruct } from 'constructs';
import { Edge } from '../../core/edges';
import { Intents } from '../../core/intents';
import { knativeServiceOf, workloadOf } from '../../core/route-target';
import { isWorkload, IWorkload } from '../../core/workload';
import { allRoutes } from '../routes/all-routes';
import type { MeshRoute, SaidRoute } from '../routes/mesh-route';
import { RetryOn, RetryPolicy } from '../routes/retry-policy';

/** Istio's own retries, of requests that were not worked on. */
const USUAL_RETRIES = 2;

/** A place on the way of a request where it may be sent again. */
export interface Hop {
  /** What messages call it. */
  readonly name: string;
  /** How often it may be sent again. */
  readonly retries: number;
  /** Whether somebody said so. */
  readonly said: boolean;
  /** Whether it is sent again also where the target answered that somebody behind it failed. */
  readonly passesOn: boolean;
  /** How long an answer may take, in milliseconds; undefined is no limit. */
  readonly limit?: number;
  /** The route that says it. */
  readonly route?: { readonly of: MeshRoute; readonly said: SaidRoute };
}

/** The ways by which requests come to the workloads of an app; each workload is looked at once. */
export class Ways {
  private readonly known = new Map<IWorkload, readonly Hop[][]>();
  private readonly into: Map<unknown, Edge[]>;
  private readonly routes: Map<unknown, Hop[]>;

  constructor(root: IConstruct) {
    this.into = grouped(Intents.of(root).edges.all.map(edge => [edge.target, edge]));
    this.routes = grouped(allRoutes(root).flatMap(route => route._http.flatMap(said => unique(targets(said)).map((target): [unknown, Hop] => [target, hopOf(route, said)]))));
  }

  /** The ways to a workload, each from the outermost hop to the one right before it: those on which most is sent again, and those that end first. */
  public to(workload: IWorkload): readonly Hop[][] {
    const known = this.known.get(workload);
    if (known !== undefined) return known;
    // in a circle of calls the way ends where it began
    this.known.set(workload, []);
    const found = this.find(workload);
    this.known.set(workload, found);
    return found;
  }

  private find(workload: IWorkload): Hop[][] {
    const into = this.into.get(workload) ?? [];
    const routes = this.routes.get(workload) ?? [];
    const said = routes.filter(({ route }) => route!.of._inMesh && route!.of.hosts.includes(workload.serviceHost));
    const inMesh = said.length > 0 ? said : [usual(workload)];
    const before: Hop[][] = [
      ...into.filter(({ delivery }) => delivery).map(edge => [deliveryOf(edge)]),
      ...unique(into.flatMap(({ caller, delivery }) => !delivery && isWorkload(caller) ? [caller as IWorkload] : []))
        .flatMap(caller => [[], ...outermost(this.to(caller))]),
    ];
    return [
      ...routes.filter(({ route }) => !route!.of._inMesh).map(hop => [hop]),
      ...inMesh.flatMap(hop => outermost(before).map(way => [...way, hop])),
    ];
  }
}

/** Of many ways the one on which most is sent again and the one that ends first: no other one says more. */
function outermost(ways: readonly Hop[][]): Hop[][] {
  const limit = (way: readonly Hop[]) => Math.min(...way.map(hop => hop.limit ?? Infinity));
  const most = [...ways].sort((a, b) => copies(b) - copies(a))[0];
  const first = [...ways].sort((a, b) => limit(a) - limit(b))[0];
  return unique([most, first]).filter(way => way !== undefined);
}

/** How many requests one becomes on the hops that pass failures on. */
function copies(way: readonly Hop[]): number {
  return way.reduce((product, { retries, passesOn }) => passesOn ? product * (retries + 1) : product, 1);
}

/** What sidecars do of their own accord; Knative's own routes send nothing again. */
function usual(workload: IWorkload): Hop {
  return { name: 'the mesh', retries: knativeServiceOf(workload) === undefined ? USUAL_RETRIES : 0, said: false, passesOn: false };
}

function hopOf(route: MeshRoute, said: SaidRoute): Hop {
  const { retries, timeout } = said.options;
  const each = retries?.perTryTimeout?.toMilliseconds({ integral: false });
  return {
    name: `route(${said.name}) of ${route.node.path}`,
    retries: retries?.attempts ?? USUAL_RETRIES,
    said: retries !== undefined,
    passesOn: retries !== undefined && repeatsFailures(retries),
    limit: timeout?.toMilliseconds({ integral: false }) ?? (each === undefined ? undefined : each * (retries!.attempts + 1)),
    route: { of: route, said },
  };
}

function deliveryOf({ retries }: Edge): Hop {
  return { name: 'the delivery of events', retries: retries ?? 0, said: true, passesOn: true };
}

function repeatsFailures({ on = [], onStatus = [] }: RetryPolicy): boolean {
  return on.some(condition => [RetryOn.SERVER_ERROR, RetryOn.GATEWAY_ERROR, RetryOn.UNAVAILABLE].includes(condition)) || onStatus.some(status => status >= 500);
}

function targets({ options }: SaidRoute): (IConstruct | undefined)[] {
  const action = options?.action?._action;
  return action?.kind === 'forward' ? action.targets.map(({ target }) => target && workloadOf(target)) : [];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function grouped<V>(entries: readonly (readonly [unknown, V])[]): Map<unknown, V[]> {
  const groups = new Map<unknown, V[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
