import { Construct } from 'constructs';
import { linkerdGrantProblems } from './grant-problems';
import { PortAccess, PortCalls } from './port-access';
import { probePaths } from './probe-paths';
import { EVERYTHING, Granted, listed, pathOf } from './request-sets';
import { Caller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Edge } from '../../core/edges';
import { isKnativeWorkload } from '../../core/knative-workload';
import { freeId } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { IWorkload } from '../../core/workload';
import { Calls, callsTo } from '../calls';

const GRANTS = new WeakMap<IWorkload, LinkerdGrants>();

/** What was granted on a workload of a cluster with Linkerd, port by port. */
export class LinkerdGrants extends Construct {
  /** What was granted on a workload, or undefined while nobody restricts who may call it. */
  public static of(target: IWorkload): LinkerdGrants | undefined {
    return GRANTS.get(target);
  }

  /** Renders what was said of the calls to a workload until now; to be called again with whatever is said later. */
  public static keep(target: IWorkload): void {
    (GRANTS.get(target) ?? new LinkerdGrants(target)).grow();
  }

  private readonly ports = new Map<number, PortAccess>();

  private constructor(private readonly target: IWorkload) {
    super(target as unknown as Construct, freeId(target, 'Access'));
    GRANTS.set(target, this);
    reportProblems(this, () => linkerdGrantProblems(callsTo(target), port => this.open(port), port => this.ports.get(port)?.opens ?? false));
  }

  private grow(): void {
    // its pods see the ingress and the activator, whom no rule of this kind tells apart from whom they forward for
    if (isKnativeWorkload(this.target)) return;
    for (const port of portsOf(callsTo(this.target))) {
      const known = this.ports.get(port);
      const access = known ?? new PortAccess(this, this.target, port, () => this.callsAt(port));
      if (!known) this.ports.set(port, access);
      access.grow();
    }
  }

  private callsAt(port: number): PortCalls {
    // whoever is known by a token alone has no identity that could be named, which is a problem of its own
    const edges = callsTo(this.target).edges.filter(edge => edgePorts(edge).includes(port) && !edge.caller.meshIdentity.isAnyone);
    const limited = [...edges.filter(isLimited).flatMap(grantsOf), ...this.scrapesBy(port)];
    const whole = edges.filter(edge => !isLimited(edge)).map(({ caller }) => caller);
    return { whole, limited, open: limited.length > 0 || this.scrapedPaths(port).length > 0 ? this.open(port) : [] };
  }

  private open(port: number): string[] {
    return [...new Set([...probePaths(this.target, port), ...this.scrapedPaths(port)])];
  }

  /** Metrics for a Prometheus that has no identity. */
  private scrapedPaths(port: number): string[] {
    return ClusterProfile.of(this.target).monitoring.outsideMesh ? this.metrics(port) : [];
  }

  /** Metrics for one that has. */
  private scrapesBy(port: number): Granted[] {
    const { outsideMesh, namespace } = ClusterProfile.of(this.target).monitoring;
    if (outsideMesh || namespace === undefined) return [];
    return this.metrics(port).map(path => ({ caller: Caller.namespace(namespace), methods: [], path: { base: path, below: false } }));
  }

  private metrics(port: number): string[] {
    return callsTo(this.target).scrapes.map(({ target }) => target.metricsEndpoint).filter(endpoint => endpoint.port === port).map(({ path }) => path);
  }
}

function portsOf({ edges, scrapes }: Calls): number[] {
  return [...new Set([...edges.flatMap(edgePorts), ...scrapes.map(({ target }) => target.metricsEndpoint.port)])];
}

function edgePorts({ options, target }: Edge): readonly number[] {
  return listed(options.ports).length > 0 ? listed(options.ports) : target.policyPorts;
}

function isLimited({ options: { methods, paths } }: Edge): boolean {
  return listed(methods).length + listed(paths).length > 0;
}

/** A path that routes have no words for is a problem of its own, and nothing is let in for it. */
function grantsOf({ caller, options }: Edge): Granted[] {
  const [methods, paths] = [listed(options.methods), listed(options.paths)];
  const said = paths.length === 0 ? [EVERYTHING] : paths.map(pathOf);
  return said.filter(path => path !== undefined).map(path => ({ caller, methods, path }));
}
