import type { Duration } from 'cdk8s';
import { Revision } from './revision';
import { BlueGreenOptions, CanaryOptions, LatestTrafficOptions, RollbackOptions, TrafficOwner, TrafficShare } from './traffic-options';
import { ServiceSpecTraffic } from '../../imports/serving.knative.dev';
import { goDuration } from '../core/durations';
import { ProblemReport } from '../core/problem';
import { DURATION, instanceOf, NUMBER, optionsLike, TEXT, usable, wrongType } from '../core/wrong-type';

export { BlueGreenOptions, CanaryOptions, LatestTrafficOptions, RollbackOptions, TrafficOwner, TrafficShare } from './traffic-options';

const ROLLOUT_DURATION = 'serving.knative.dev/rollout-duration';
const REVISION = instanceOf(Revision, "use a factory, as in Revision.existing('orders-v1')");
const SHARE = optionsLike<TrafficShare>('an object with revision, percent and tag', 'pass { revision, percent: 10 } or the like');
const OWNER = instanceOf(TrafficOwner, "pass TrafficOwner.FLAGGER or TrafficOwner.named('the pipeline')");

/**
 * How the requests to a service are split over its revisions.
 *
 * @see https://knative.dev/docs/serving/traffic-management/
 */
export class Traffic {
  /** Everything to whichever revision got ready last: what Knative does by itself. */
  public static latest(options: LatestTrafficOptions = {}): Traffic {
    const { tag, rolloutDuration } = options ?? {};
    return new Traffic([{ percent: 100, tag }], rolloutDuration);
  }

  /** Everything to one revision; new ones get ready and wait. */
  public static pinned(revision: Revision): Traffic {
    return new Traffic([{ revision, percent: 100 }]);
  }

  /** Some of the requests to a new revision, the others to the one that is known to work. */
  public static canary(options: CanaryOptions): Traffic {
    const { stable, percent, candidate, candidateTag = 'candidate', stableTag, rolloutDuration } = options ?? {} as CanaryOptions;
    const rest = typeof percent === 'number' ? 100 - percent : undefined;
    return new Traffic([{ revision: candidate, percent, tag: candidateTag }, { revision: stable, percent: rest, tag: stableTag }], rolloutDuration, { stable });
  }

  /** Everything to one revision, while another one is tried out at its own host before it takes over. */
  public static blueGreen(options: BlueGreenOptions): Traffic {
    const { active, preview, previewTag = 'preview' } = options ?? {} as BlueGreenOptions;
    return new Traffic([{ revision: active, percent: 100 }, { revision: preview, percent: 0, tag: previewTag }], undefined, { active });
  }

  /** Everything back to an earlier revision, whatever the template says by now. */
  public static rollback(to: Revision, options: RollbackOptions = {}): Traffic {
    const { latestTag } = options ?? {};
    const inspected = latestTag === undefined ? [] : [{ percent: 0, tag: latestTag }];
    return new Traffic([{ revision: to, percent: 100 }, ...inspected], undefined, { to });
  }

  /** Any other split. */
  public static split(...shares: TrafficShare[]): Traffic {
    return new Traffic(shares);
  }

  /**
   * Somebody else moves the traffic: it is not written at all, so that what is applied again does not undo what they did. GitOps tools and
   * Pulumi have to be told to leave the field alone as well.
   */
  public static managedExternally(owner: TrafficOwner): Traffic {
    return new Traffic([], undefined, {}, owner);
  }

  private constructor(
    private readonly shares: readonly TrafficShare[],
    private readonly rolloutDuration?: Duration,
    /** Revisions that have to be there. */
    private readonly required: { readonly [name: string]: Revision | undefined } = {},
    private readonly owner?: TrafficOwner,
  ) {}

  /** @internal */
  public _targets(service: string): ServiceSpecTraffic[] | undefined {
    if (this.owner !== undefined) return undefined;
    return this.shares.map(share => {
      const { revision, percent, tag } = usable(share, SHARE) ?? {};
      const revisionName = usable(revision, REVISION)?._nameIn(service);
      // what Knative fills in is written too, or the object would differ from what is stored for ever
      return { revisionName, latestRevision: revisionName === undefined, percent: usable(percent, NUMBER) ?? 0, tag: usable(tag, TEXT) };
    });
  }

  /** @internal */
  public _annotations(): { [key: string]: string } {
    const duration = goDuration(usable(this.rolloutDuration, DURATION));
    return duration === undefined ? {} : { [ROLLOUT_DURATION]: duration };
  }

  /** @internal */
  public get _owner(): TrafficOwner | undefined {
    return usable(this.owner, OWNER);
  }

  /** @internal */
  public get _revisions(): Revision[] {
    return this.shares.map(share => usable(usable(share, SHARE)?.revision, REVISION)).filter(revision => revision !== undefined);
  }

  /** @internal */
  public get _tags(): string[] {
    return this.shares.map(share => usable(usable(share, SHARE)?.tag, TEXT)).filter(tag => tag !== undefined);
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [
      ...wrongType('traffic.owner', this.owner, OWNER),
      ...wrongType('traffic.rolloutDuration', this.rolloutDuration, DURATION),
      ...Object.entries(this.required).flatMap(([name, revision]) => revision === undefined ? missing(name) : []),
      ...this.shares.flatMap((share, i) => SHARE.holds(share) ? [
        ...wrongType(`traffic[${i}].revision`, share.revision, REVISION),
        ...usable(share.revision, REVISION)?._problems(`traffic[${i}].revision`) ?? [],
        ...wrongType(`traffic[${i}].percent`, share.percent, NUMBER),
        ...wrongType(`traffic[${i}].tag`, share.tag, TEXT),
      ] : wrongType(`traffic[${i}]`, share, SHARE)),
    ];
  }
}

function missing(name: string): ProblemReport[] {
  return [{ code: 'SM0005', field: `traffic.${name}`, reason: 'expected a Revision', fix: REVISION.fix }];
}
