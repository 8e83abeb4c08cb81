import type { Duration } from 'cdk8s';

/** How Knative's autoscaler averages what it measures over its windows. */
export enum MetricAggregation {
  /** Every second of the window counts the same. */
  LINEAR = 'linear',
  /** Recent seconds count more. An alpha feature of Knative. */
  WEIGHTED_EXPONENTIAL = 'weighted-exponential',
}

/** How far and how fast Knative's own autoscaler goes. */
export interface ScalingOptions {
  /**
   * Fewest pods of a revision that gets traffic or has a tag; 0 lets it scale to zero. A revision without either is not held.
   * @default - the cluster's `min-scale`, 0 as shipped
   */
  readonly min?: number;

  /**
   * Most pods of a revision; 0 is unlimited, which a cluster with a `max-scale-limit` does not take.
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

  /**
   * How what was measured is averaged, over the window and over the panic window.
   * @default MetricAggregation.LINEAR
   */
  readonly aggregation?: MetricAggregation;
}

/**
 * How far the HorizontalPodAutoscaler goes that Knative makes for a revision. It never goes to zero, and it reads none of the windows,
 * delays and shares that Knative's own autoscaler has.
 */
export interface HorizontalScalingOptions {
  /**
   * Fewest pods of a revision that gets traffic or has a tag, at least 1.
   * @default - the cluster's `min-scale`, or 1 where that is 0
   */
  readonly min?: number;

  /**
   * Most pods of a revision; 0 is unlimited, which a cluster with a `max-scale-limit` does not take.
   * @default - the cluster's `max-scale`, unlimited as shipped
   */
  readonly max?: number;

  /**
   * Pods that must have been ready once before a new revision takes traffic, at least 1.
   * @default - the cluster's `initial-scale`, 1 as shipped
   */
  readonly initial?: number;

  /**
   * For how long the autoscaler looks back before it adds or takes away pods (`stabilizationWindowSeconds`, both ways), 6 seconds to 1 hour in
   * whole seconds.
   * @default - what Kubernetes does: no look back upwards, 5 minutes downwards
   */
  readonly window?: Duration;
}

/** What a preset leaves open. Every figure of the preset that is named here is replaced. */
export interface ScalingPresetOptions extends ScalingOptions {
  /**
   * Requests in flight per pod, at least 0.01.
   * @default - the cluster's `container-concurrency-target-default`, 100 as shipped, or the container concurrency where that is smaller
   */
  readonly concurrency?: number;
}
