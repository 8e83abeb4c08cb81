import type { Duration } from 'cdk8s';
import type { Revision } from './revision';

/** What a revision gets of the traffic. */
export interface TrafficShare {
  /**
   * The revision.
   * @default Revision.latest()
   */
  readonly revision?: Revision;

  /**
   * Its share of the requests to the service's own host, a whole number from 0 to 100. All shares add up to 100.
   * @default 0
   */
  readonly percent?: number;

  /**
   * A name under which the revision has a host of its own, `<tag>-<service>`: a DNS-1035 label. A revision with a tag is kept at its `min` pods.
   * @default - no host of its own
   */
  readonly tag?: string;
}

/** How all requests go to the latest revision. */
export interface LatestTrafficOptions {
  /**
   * Over how long requests move to a new revision once it is ready, in whole seconds.
   * @default - the cluster's `rollout-duration`, at once as shipped
   */
  readonly rolloutDuration?: Duration;

  /**
   * A tag of the latest revision.
   * @default - none
   */
  readonly tag?: string;
}

/** A new revision that gets some of the requests first. */
export interface CanaryOptions {
  /** The revision that goes on getting the others. */
  readonly stable: Revision;

  /** What the new revision gets, a whole number from 0 to 100. */
  readonly percent: number;

  /**
   * The new revision.
   * @default Revision.latest()
   */
  readonly candidate?: Revision;

  /**
   * The tag under which the new revision can be reached by itself.
   * @default 'candidate'
   */
  readonly candidateTag?: string;

  /**
   * The tag under which the old revision can be reached by itself.
   * @default - none
   */
  readonly stableTag?: string;

  /**
   * Over how long the share moves when a newer revision becomes the latest, in whole seconds.
   * @default - the cluster's `rollout-duration`, at once as shipped
   */
  readonly rolloutDuration?: Duration;
}

/** Two revisions of which one gets everything. */
export interface BlueGreenOptions {
  /** The revision that gets all requests to the service's own host. */
  readonly active: Revision;

  /**
   * The revision that waits.
   * @default Revision.latest()
   */
  readonly preview?: Revision;

  /**
   * The tag under which the waiting revision is tried out.
   * @default 'preview'
   */
  readonly previewTag?: string;
}

/** A way back. */
export interface RollbackOptions {
  /**
   * A tag under which the latest revision can still be looked at.
   * @default - it gets no requests, and no pods
   */
  readonly latestTag?: string;
}

/** Who moves the traffic of a service, if the app does not. */
export class TrafficOwner {
  /** Flagger, by a Canary with `provider: knative`. It also notes the revision to go back to in an annotation of the service. */
  public static readonly FLAGGER = new TrafficOwner('Flagger', ['/spec/traffic', '/metadata/annotations/flagger.app~1primary-revision']);

  /**
   * Somebody else: a pipeline, `kn service update --traffic`, an operator of your own.
   * @param name what messages call it
   */
  public static named(name: string): TrafficOwner {
    return new TrafficOwner(name, ['/spec/traffic']);
  }

  private constructor(
    /** What messages call it. */
    public readonly name: string,
    private readonly fields: readonly string[],
  ) {}

  /**
   * JSON pointers of what it writes.
   * @internal
   */
  public _fields(): string[] {
    return [...this.fields];
  }
}
