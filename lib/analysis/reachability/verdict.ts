import { ProblemObject } from '../../core/problem';

/** What comes of a request. */
export enum Outcome {
  /** It arrives, whichever way it takes. */
  ALLOWED = 'allowed',
  /** It never arrives. */
  DENIED = 'denied',
  /** It arrives or not, depending on something that the question or the manifests do not say; the reason names it. */
  DEPENDS = 'depends',
}

/** What says something about a request, in the order in which it is asked. */
export enum ReachabilityLayer {
  /** The caller's own sidecar: what it knows of the mesh (Sidecar, REGISTRY_ONLY) and the routes of VirtualServices. */
  ROUTES = 'routes',
  /** NetworkPolicies, for the connection. */
  NETWORK = 'network',
  /** The mesh itself: whether a proxy stands before the pods, and mutual TLS. */
  MUTUAL_TLS = 'mutual TLS',
  /** RequestAuthentications, for the token. */
  TOKEN = 'token',
  /** AuthorizationPolicies, for the request. */
  AUTHORIZATION = 'authorization',
}

/** An object that decides about a request. */
export interface DecidingObject extends ProblemObject {
  /** Path of the construct that the user wrote; for an object of a file, the file and the line at which it begins. */
  readonly path: string;
}

/** What one layer says on one stretch of the way. */
export interface ReachabilityStep {
  /** From where to where. */
  readonly hop: string;
  /** Who answers. */
  readonly layer: ReachabilityLayer;
  /** The answer. */
  readonly outcome: Outcome;
  /** Why. */
  readonly reason: string;
  /**
   * The object that says so.
   * @default - none: it is what holds where nobody says anything
   */
  readonly decidedBy?: DecidingObject;
}

/** Whether a request arrives, and why. */
export class Verdict {
  /**
   * Made by the engine alone.
   * @internal
   */
  public static _of(outcome: Outcome, reason: string, trace: readonly ReachabilityStep[], decidedBy?: DecidingObject): Verdict {
    return new Verdict(outcome, reason, trace, decidedBy);
  }

  private readonly steps: readonly ReachabilityStep[];

  private constructor(
    /** What comes of the request. */
    public readonly outcome: Outcome,
    /** Why, in one sentence. */
    public readonly reason: string,
    trace: readonly ReachabilityStep[],
    /** The object that decides; undefined where none does, for example because nobody restricts anything. */
    public readonly decidedBy?: DecidingObject,
  ) {
    this.steps = trace;
  }

  /** Whether the request arrives whichever way it takes and whatever was left open. */
  public get allowed(): boolean {
    return this.outcome === Outcome.ALLOWED;
  }

  /** Whether the request never arrives. False where it depends: something that is not allowed is not for that reason denied. */
  public get denied(): boolean {
    return this.outcome === Outcome.DENIED;
  }

  /** What every layer said, way by way and hop by hop; a way ends with the first layer that denies. */
  public get trace(): ReachabilityStep[] {
    return [...this.steps];
  }

  /** The verdict for a person: the outcome, the reason, and below it what every layer said. */
  public toString(): string {
    const lines = this.steps.map(({ hop, layer, outcome, reason }) => `  ${hop}, ${layer}: ${outcome}, ${reason}`);
    return [`${this.outcome}: ${this.reason}`, ...lines].join('\n');
  }
}
