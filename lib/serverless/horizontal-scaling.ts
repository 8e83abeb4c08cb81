import { Duration } from 'cdk8s';
import { ScalingMetric } from './scaling-metric';
import { wholeSeconds } from '../core/durations';
import { ProblemReport } from '../core/problem';
import { DURATION, Expected, FLAG, instanceOf, NUMBER, optionsLike, usable, wrongType } from '../core/wrong-type';

/** How many pods may come or go within a time. */
export class ScalingStep {
  /**
   * A number of pods.
   * @param count at least 1
   * @param period within which, 1 second to 30 minutes
   */
  public static pods(count: number, period: Duration): ScalingStep {
    return new ScalingStep('Pods', count, period);
  }

  /**
   * A share of the pods.
   * @param percent of those that run, at least 1
   * @param period within which, 1 second to 30 minutes
   */
  public static percent(percent: number, period: Duration): ScalingStep {
    return new ScalingStep('Percent', percent, period);
  }

  private constructor(private readonly type: string, private readonly value: number, private readonly period: Duration) {}

  /** @internal */
  public _toJson(): object {
    return { type: this.type, value: usable(this.value, NUMBER), periodSeconds: wholeSeconds(this.period) };
  }

  /** @internal */
  public _problems(field: string): ProblemReport[] {
    return [...wrongType(`${field}.value`, this.value, NUMBER), ...wrongType(`${field}.period`, this.period, DURATION)];
  }
}

/** How fast pods come or go. */
export interface ScalingPace {
  /**
   * How long the recommendations of the past are kept in mind, up to 1 hour: of them the most careful one counts.
   * @default - none when pods are added; 5 minutes when they are taken away
   */
  readonly stabilization?: Duration;

  /**
   * How much may change within a time. Of several steps the largest counts, unless `smallestStep` is set.
   * @default - when pods are added 4 pods or 100 percent in 15 seconds; when they are taken away all of them
   */
  readonly steps?: ScalingStep[];

  /**
   * Whether the smallest of the steps counts in place of the largest.
   * @default false
   */
  readonly smallestStep?: boolean;

  /**
   * Whether the number of pods never changes in this direction.
   * @default false
   */
  readonly disabled?: boolean;
}

/** How many pods run, by what they have to do. */
export interface HorizontalScaling {
  /**
   * Fewest pods, at least 1.
   * @default 2
   */
  readonly min?: number;

  /** Most pods, not below the fewest. */
  readonly max: number;

  /**
   * What is aimed at.
   * @default [ScalingMetric.containerCpu(70)]
   */
  readonly metrics?: ScalingMetric[];

  /**
   * How fast pods are added.
   * @default - as Kubernetes does: without waiting, by 4 pods or 100 percent in 15 seconds, whichever is more
   */
  readonly scaleUp?: ScalingPace;

  /**
   * How fast pods are taken away.
   * @default - as Kubernetes does: after 5 minutes, all that are too many
   */
  readonly scaleDown?: ScalingPace;
}

const PACE = optionsLike<ScalingPace>('an object with stabilization and steps', 'pass { stabilization: Duration.minutes(10) } or the like');
const STEP = instanceOf(ScalingStep, 'use a factory, as in ScalingStep.pods(2, Duration.minutes(1))');
const METRIC = instanceOf(ScalingMetric, 'use a factory, as in ScalingMetric.containerCpu(70)');
const LIST: Expected<unknown[]> = { what: 'a list', fix: 'pass an array', holds: (value): value is unknown[] => Array.isArray(value) };

export const SCALING = optionsLike<HorizontalScaling>('an object with min, max and metrics', 'pass { min: 2, max: 10 } or the like');

/** Fewest pods that an autoscaler leaves. */
export function fewestPods(scaling: HorizontalScaling): number {
  return usable(scaling.min, NUMBER) ?? 2;
}

/** What a HorizontalPodAutoscaler says beside its target. */
export function renderScaling(scaling: HorizontalScaling, application: string): object {
  const metrics = listOf(scaling.metrics ?? [ScalingMetric.containerCpu(70)], METRIC);
  const [scaleUp, scaleDown] = [renderPace(scaling.scaleUp), renderPace(scaling.scaleDown)];
  return {
    minReplicas: fewestPods(scaling),
    maxReplicas: usable(scaling.max, NUMBER),
    metrics: metrics.map(metric => metric._toJson(application)),
    behavior: scaleUp || scaleDown ? { scaleUp, scaleDown } : undefined,
  };
}

export function scalingProblems(scaling: HorizontalScaling | undefined): ProblemReport[] {
  if (scaling === undefined) return [];
  return [
    ...wrongType('autoscaling.min', scaling.min, NUMBER),
    ...wrongType('autoscaling.max', scaling.max ?? 'nothing', NUMBER),
    ...wrongType('autoscaling.metrics', scaling.metrics, LIST),
    ...listProblems('autoscaling.metrics', scaling.metrics, METRIC),
    ...paceProblems('autoscaling.scaleUp', scaling.scaleUp),
    ...paceProblems('autoscaling.scaleDown', scaling.scaleDown),
  ];
}

function renderPace(given: ScalingPace | undefined): object | undefined {
  const pace = usable(given, PACE);
  if (pace === undefined) return undefined;
  const steps = listOf(pace.steps, STEP);
  return {
    stabilizationWindowSeconds: wholeSeconds(pace.stabilization),
    policies: steps.length > 0 ? steps.map(step => step._toJson()) : undefined,
    selectPolicy: usable(pace.disabled, FLAG) ? 'Disabled' : usable(pace.smallestStep, FLAG) ? 'Min' : undefined,
  };
}

function paceProblems(field: string, pace: ScalingPace | undefined): ProblemReport[] {
  const given = usable(pace, PACE);
  return [
    ...wrongType(field, pace, PACE),
    ...wrongType(`${field}.stabilization`, given?.stabilization, DURATION),
    ...wrongType(`${field}.steps`, given?.steps, LIST),
    ...listProblems(`${field}.steps`, given?.steps, STEP),
    ...wrongType(`${field}.smallestStep`, given?.smallestStep, FLAG),
    ...wrongType(`${field}.disabled`, given?.disabled, FLAG),
  ];
}

function listOf<T>(given: unknown, expected: Expected<T>): T[] {
  return (usable(given, LIST) ?? []).filter((entry): entry is T => expected.holds(entry));
}

function listProblems<T extends { _problems(field: string): ProblemReport[] }>(field: string, given: unknown, expected: Expected<T>): ProblemReport[] {
  return (usable(given, LIST) ?? []).flatMap((entry, index) => expected.holds(entry)
    ? entry._problems(`${field}[${index}]`)
    : wrongType(`${field}[${index}]`, entry ?? 'nothing', expected));
}
