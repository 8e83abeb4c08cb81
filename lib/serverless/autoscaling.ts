import { Duration } from 'cdk8s';
import { goDuration } from './durations';
import { ProblemReport } from '../core/problem';
import { DURATION, NUMBER, wrongType } from '../core/wrong-type';

/** How far and how fast a service scales. */
export interface ScalingOptions {
  /**
   * Fewest pods of a revision that gets traffic; 0 lets it scale to zero.
   * @default - the cluster's `min-scale`, 0 as shipped
   */
  readonly min?: number;

  /**
   * Most pods of a revision; 0 is unlimited.
   * @default - the cluster's `max-scale`, unlimited as shipped
   */
  readonly max?: number;

  /**
   * Pods that must have been ready once before a new revision takes traffic. 0 needs `allow-zero-initial-scale`.
   * @default - the cluster's `initial-scale`, 1 as shipped
   */
  readonly initial?: number;

  /**
   * Fewest pods when a revision wakes up from zero; at least 2, between `min` and `max`.
   * @default - as many as the load needs
   */
  readonly activation?: number;

  /**
   * Window over which load is averaged, 6 seconds to 1 hour in whole seconds. Shorter follows load faster.
   * @default - the cluster's `stable-window`, 60 seconds as shipped
   */
  readonly window?: Duration;

  /**
   * How long load must stay lower before pods are taken away, up to 1 hour in whole seconds.
   * @default - the cluster's `scale-down-delay`, none as shipped
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the last pod stays after the decision to scale to zero, up to 1 hour.
   * @default - the cluster's `scale-to-zero-pod-retention-period`, none as shipped
   */
  readonly podRetention?: Duration;

  /**
   * Share of the target that is really filled, 1 to 100 percent; what is left absorbs bursts.
   * @default - the cluster's `container-concurrency-target-percentage`, 70 as shipped
   */
  readonly targetUtilization?: number;

  /**
   * Requests in flight that must fit on top of the present load before the activator leaves the path; 0 keeps it out unless there is no
   * pod, -1 keeps it in.
   * @default - the cluster's `target-burst-capacity`, 211 as shipped
   */
  readonly targetBurstCapacity?: number;

  /**
   * Length of the panic window, 1 to 100 percent of the window.
   * @default - the cluster's `panic-window-percentage`, 10 as shipped
   */
  readonly panicWindow?: number;

  /**
   * Load over the panic window that sets off panic mode, 110 to 1000 percent of the target. In panic mode pods are only added.
   * @default - the cluster's `panic-threshold-percentage`, 200 as shipped
   */
  readonly panicThreshold?: number;
}

const PREFIX = 'autoscaling.knative.dev/';
const KPA = 'kpa.autoscaling.knative.dev';

/**
 * What Knative's pod autoscaler aims at.
 *
 * @see https://knative.dev/docs/serving/autoscaling/
 */
export class Autoscaling {
  /**
   * Aims at a number of requests in flight per pod. It is a goal, not a limit: `containerConcurrency` is the limit.
   * @param target requests in flight per pod, at least 0.01
   */
  public static concurrency(target: number, options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling('concurrency', target, options);
  }

  /**
   * Aims at a rate of requests per pod.
   * @param target requests per second and pod, at least 0.01
   */
  public static requestsPerSecond(target: number, options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling('rps', target, options);
  }

  /** Leaves metric and target to the cluster and sets only what the options name. */
  public static clusterDefault(options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling(undefined, undefined, options);
  }

  private constructor(
    private readonly metric: string | undefined,
    private readonly target: number | undefined,
    private readonly options: ScalingOptions,
  ) {}

  /** @internal */
  public _annotations(): { [key: string]: string } {
    const options = this.options ?? {};
    const figures: { [key: string]: number | string | undefined } = {
      // the metric means something to this class alone, and a cluster may have another default
      'class': this.metric && KPA,
      'metric': this.metric,
      'target': this.target,
      'min-scale': options.min,
      'max-scale': options.max,
      'initial-scale': options.initial,
      'activation-scale': options.activation,
      'window': goDuration(options.window),
      'scale-down-delay': goDuration(options.scaleDownDelay),
      'scale-to-zero-pod-retention-period': goDuration(options.podRetention),
      'target-utilization-percentage': options.targetUtilization,
      'target-burst-capacity': options.targetBurstCapacity,
      'panic-window-percentage': options.panicWindow,
      'panic-threshold-percentage': options.panicThreshold,
    };
    return Object.fromEntries(Object.entries(figures)
      .filter(([, value]) => typeof value === 'number' || typeof value === 'string')
      .map(([key, value]) => [PREFIX + key, String(value)]));
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    const options = this.options ?? {};
    const numbers: (keyof ScalingOptions)[] = ['min', 'max', 'initial', 'activation', 'targetUtilization', 'targetBurstCapacity', 'panicWindow', 'panicThreshold'];
    const durations: (keyof ScalingOptions)[] = ['window', 'scaleDownDelay', 'podRetention'];
    return [
      ...this.metric ? wrongType('autoscaling.target', this.target, NUMBER) : [],
      ...numbers.flatMap(name => wrongType(`autoscaling.${name}`, options[name], NUMBER)),
      ...durations.flatMap(name => wrongType(`autoscaling.${name}`, options[name], DURATION)),
    ];
  }
}
