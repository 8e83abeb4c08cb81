import { IConstruct } from 'constructs';
import { ICaller } from './caller';
import { Edge } from './edges';
import type { ExposureIntent, GatewayHostIntent } from './exposure';
import { ExternalServiceIntent } from './external-service';
import { MeshMembership } from './mesh-mode';
import { IMonitorable } from './monitorable';
import type { IWorkloadVersion } from './route-target';
import { attachValidation } from './validation';
import type { WaypointUse } from './waypoints';
import { IWorkload } from './workload';

/** A namespace that the app declares. */
export interface NamespaceIntent {
  readonly name: string;
  readonly mesh: MeshMembership;
  readonly construct: IConstruct;
}

/** A policy that denies what nobody granted. */
export interface DenyByDefaultIntent {
  readonly namespace: string;
  readonly construct: IConstruct;
}

/** A workload whose metrics Prometheus fetches from its pods. */
export interface ScrapeIntent {
  readonly target: IMonitorable;
}

/** A declared call to a host that no workload of the app stands for. */
export interface EgressIntent {
  readonly caller: ICaller;
  readonly hosts: readonly string[];
  /** Namespace in which the hosts are made known. */
  readonly namespace: string;
  readonly construct: IConstruct;
}

type Hook = (intents: Intents) => void;
const HOOKS: Hook[] = [];
const INTENTS = Symbol.for('cdk8s-serverless-mesh.intents');

/**
 * What the constructs of an app have said so far. Rooms that do not know each other meet here: one records, another listens,
 * and whoever listens later hears what was said before.
 */
export class Intents {
  public static of(scope: IConstruct): Intents {
    const root = scope.node.root as IConstruct & { [INTENTS]?: Intents };
    if (!root[INTENTS]) {
      const intents = new Intents(root);
      Object.defineProperty(root, INTENTS, { value: intents });
      attachValidation(root);
      HOOKS.forEach(hook => hook(intents));
    }
    return root[INTENTS]!;
  }

  /** Called by a room when it is loaded, so that it takes part in every app. */
  public static onAttach(hook: Hook): void {
    HOOKS.push(hook);
  }

  public readonly workloads = new Recorded<IWorkload>();
  public readonly edges = new Recorded<Edge>();
  public readonly namespaces = new Recorded<NamespaceIntent>();
  public readonly denyByDefault = new Recorded<DenyByDefaultIntent>();
  public readonly scrapes = new Recorded<ScrapeIntent>();
  public readonly externals = new Recorded<ExternalServiceIntent>();
  public readonly egress = new Recorded<EgressIntent>();
  public readonly exposures = new Recorded<ExposureIntent>();
  public readonly waypointUses = new Recorded<WaypointUse>();
  public readonly gatewayHosts = new Recorded<GatewayHostIntent>();
  /** Versions of workloads that anything sends requests to by their subset. */
  public readonly versionUses = new Recorded<IWorkloadVersion>();

  private constructor(public readonly root: IConstruct) {}
}

/** A list that grows, with listeners that hear every entry exactly once. */
export class Recorded<T> {
  private readonly entries: T[] = [];
  private readonly listeners: ((entry: T) => void)[] = [];

  public get all(): readonly T[] {
    return this.entries;
  }

  public add(entry: T): void {
    this.entries.push(entry);
    this.listeners.forEach(listener => listener(entry));
  }

  public forEach(listener: (entry: T) => void): void {
    this.listeners.push(listener);
    [...this.entries].forEach(listener);
  }
}
