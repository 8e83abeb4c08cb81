import type { Size } from 'cdk8s';
import { SizeRoundingBehavior } from 'cdk8s';
import { HorizontalScalingOptions, MetricAggregation, ScalingOptions, ScalingPresetOptions } from './scaling-options';
import { FOR_COST, FOR_LATENCY } from './scaling-presets';
import { goDuration } from '../core/durations';
import { ProblemReport } from '../core/problem';
import { DURATION, Expected, memberOf, NUMBER, optionsLike, SIZE, TEXT, usable, wrongType } from '../core/wrong-type';

export { HorizontalScalingOptions, MetricAggregation, ScalingOptions, ScalingPresetOptions } from './scaling-options';

const PREFIX = 'autoscaling.knative.dev/';
const KPA = 'kpa.autoscaling.knative.dev';
const HPA = 'hpa.autoscaling.knative.dev';
/** Metrics with a meaning of their own, whoever asks for a metric of that name. */
const BUILT_IN = ['cpu', 'memory', 'concurrency', 'rps'];

interface Aim {
  readonly scaler?: typeof KPA | typeof HPA;
  readonly metric?: string;
  readonly target?: unknown;
  readonly targetType?: Expected<unknown>;
  /** Whether an adapter serves the metric, rather than Knative or Kubernetes itself. */
  readonly served?: boolean;
}

type AnyOptions = ScalingOptions & HorizontalScalingOptions;

const OPTIONS: { readonly [name in keyof ScalingOptions]-?: Expected<unknown> } = {
  min: NUMBER,
  max: NUMBER,
  initial: NUMBER,
  activation: NUMBER,
  window: DURATION,
  scaleDownDelay: DURATION,
  podRetention: DURATION,
  targetUtilization: NUMBER,
  targetBurstCapacity: NUMBER,
  panicWindow: NUMBER,
  panicThreshold: NUMBER,
  aggregation: memberOf('MetricAggregation', MetricAggregation),
};

const ANY_OPTIONS = optionsLike<AnyOptions>('an object of scaling options', 'pass { min: 1, max: 10 } or the like');

/**
 * What the autoscaler aims at, and how far it goes.
 *
 * By requests (`concurrency`, `requestsPerSecond`, the presets) Knative's own autoscaler scales, to zero where it may. By cpu, memory or a
 * metric of the pods a HorizontalPodAutoscaler does, which Knative's extension `serving-hpa` makes for each revision; it keeps at least one pod.
 *
 * @see https://knative.dev/docs/serving/autoscaling/autoscaler-types/
 */
export class Autoscaling {
  /**
   * Aims at a number of requests in flight per pod. It is a goal, not a limit: `containerConcurrency` is the limit.
   * @param target requests in flight per pod, at least 0.01
   */
  public static concurrency(target: number, options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling({ scaler: KPA, metric: 'concurrency', target, targetType: NUMBER }, options);
  }

  /**
   * Aims at a rate of requests per pod.
   * @param target requests per second and pod, at least 0.01
   */
  public static requestsPerSecond(target: number, options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling({ scaler: KPA, metric: 'rps', target, targetType: NUMBER }, options);
  }

  /**
   * For a service that somebody waits for: two pods at all times, 60 percent of the target filled, panic mode at 150 percent of it, and pods
   * that stay for five minutes after the load went.
   */
  public static forLatency(options: ScalingPresetOptions = {}): Autoscaling {
    return Autoscaling.preset(FOR_LATENCY, options);
  }

  /**
   * For a service that may start cold: no pod without requests, at most ten, 85 percent of the target filled, and pods that go half a minute
   * after the load went.
   */
  public static forCost(options: ScalingPresetOptions = {}): Autoscaling {
    return Autoscaling.preset(FOR_COST, options);
  }

  /**
   * Aims at a share of the CPU that the pods request. Every container has to request some, or there is no share.
   * @param percent of the pods' requests, sidecars included; a whole number of at least 1, and more than 100 is possible
   */
  public static cpu(percent: number, options: HorizontalScalingOptions = {}): Autoscaling {
    return new Autoscaling({ scaler: HPA, metric: 'cpu', target: percent, targetType: NUMBER }, options);
  }

  /**
   * Aims at an amount of memory per pod, sidecars included.
   * @param perPod in whole MiB, at least one
   */
  public static memory(perPod: Size, options: HorizontalScalingOptions = {}): Autoscaling {
    return new Autoscaling({ scaler: HPA, metric: 'memory', target: perPod, targetType: SIZE }, options);
  }

  /**
   * Aims at a metric of the pods that an adapter serves at `custom.metrics.k8s.io` (prometheus-adapter, say).
   * @param metric its name there
   * @param perPod the average over the pods, a whole number of at least 1
   */
  public static podsMetric(metric: string, perPod: number, options: HorizontalScalingOptions = {}): Autoscaling {
    return new Autoscaling({ scaler: HPA, metric, target: perPod, targetType: NUMBER, served: true }, options);
  }

  /** Leaves metric and target to the cluster and sets only what the options name. */
  public static clusterDefault(options: ScalingOptions = {}): Autoscaling {
    return new Autoscaling({}, options);
  }

  private static preset(figures: ScalingOptions, options: ScalingPresetOptions): Autoscaling {
    const { concurrency, ...rest } = usable(options, ANY_OPTIONS) as ScalingPresetOptions | undefined ?? {};
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null));
    const aim = { scaler: KPA, metric: 'concurrency', target: concurrency, targetType: NUMBER } as const;
    return new Autoscaling(aim, withoutContradiction({ ...figures, ...said }, said));
  }

  private constructor(private readonly aim: Aim, private readonly options: AnyOptions) {}

  /** @internal */
  public _annotations(): { [key: string]: string } {
    const options = usable(this.options, ANY_OPTIONS) ?? {};
    const { scaler, metric } = this.aim;
    const figures: { [key: string]: number | string | undefined } = {
      // the metric means something to this class alone, and a cluster may have another default
      'class': scaler,
      'metric': usable(metric, TEXT),
      'target': this.targetFigure(),
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
      'metric-aggregation-algorithm': usable(options.aggregation, OPTIONS.aggregation as Expected<string>),
    };
    return Object.fromEntries(Object.entries(figures)
      .filter(([, value]) => typeof value === 'number' || typeof value === 'string')
      .map(([key, value]) => [PREFIX + key, String(value)]));
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    const options = usable(this.options, ANY_OPTIONS);
    const { metric, target, targetType } = this.aim;
    return [
      ...wrongType('autoscaling.metric', metric, TEXT),
      ...targetType ? wrongType('autoscaling.target', target, targetType) : [],
      ...wrongType('autoscaling', this.options, ANY_OPTIONS),
      ...options ? (Object.keys(OPTIONS) as (keyof ScalingOptions)[]).flatMap(name => wrongType(`autoscaling.${name}`, options[name], OPTIONS[name])) : [],
      ...this.nameProblems(),
    ];
  }

  private targetFigure(): number | undefined {
    const { target } = this.aim;
    // a fraction stays one, so that the rule on the annotation can say what is wrong with it
    return SIZE.holds(target) ? target.toMebibytes({ rounding: SizeRoundingBehavior.NONE }) : usable(target, NUMBER);
  }

  private nameProblems(): ProblemReport[] {
    const { metric, served } = this.aim;
    if (!served || metric === undefined || !BUILT_IN.includes(metric)) return [];
    return [{
      code: 'SM1145',
      field: 'autoscaling.metric',
      value: metric,
      reason: `${metric} is not a metric that an adapter serves: the autoscaler takes the name for its own`,
      fix: 'use Autoscaling.concurrency(), requestsPerSecond(), cpu() or memory(), or another name',
    }];
  }
}

/** What a user says about one bound moves the other bounds of a preset along. */
function withoutContradiction(figures: ScalingOptions, said: ScalingOptions): ScalingOptions {
  const { min = 0, max = 0 } = figures;
  const bounds = {
    ...said.min === undefined && max > 0 && min > max ? { min: max } : {},
    ...said.max === undefined && max > 0 && min > max ? { max: min } : {},
  };
  const moved: ScalingOptions = { ...figures, ...bounds };
  const least = moved.min ?? 0;
  const follows = said.initial === undefined && figures.initial !== undefined && least > 0;
  return follows ? { ...moved, initial: least } : moved;
}

