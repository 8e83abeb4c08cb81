import { Duration } from 'cdk8s';

/**
 * The cluster's autoscaler defaults and bounds (ConfigMap `config-autoscaler`).
 *
 * @see https://knative.dev/docs/serving/autoscaling/
 */
export interface AutoscalerSettings {
  /**
   * Whether services may scale to zero at all.
   * @default true
   */
  readonly enableScaleToZero?: boolean;

  /**
   * Pods that a new revision starts with.
   * @default 1
   */
  readonly initialScale?: number;

  /**
   * Whether a revision may start with zero pods.
   * @default false
   */
  readonly allowZeroInitialScale?: boolean;

  /**
   * Fewest pods of a revision that says nothing.
   * @default 0
   */
  readonly minScale?: number;

  /**
   * Most pods of a revision that says nothing; 0 is unlimited.
   * @default 0
   */
  readonly maxScale?: number;

  /**
   * The largest `max-scale` that the webhook lets pass; 0 is unlimited.
   * @default 0
   */
  readonly maxScaleLimit?: number;

  /**
   * Requests in flight per pod that the autoscaler aims at when the service names no target.
   * @default 100
   */
  readonly concurrencyTarget?: number;

  /**
   * Requests per second and pod that the autoscaler aims at when the service names no target.
   * @default 200
   */
  readonly requestsPerSecondTarget?: number;

  /**
   * Share of the target, in percent, that the autoscaler really fills.
   * @default 70
   */
  readonly targetUtilization?: number;

  /**
   * Requests in flight that a revision must be able to take before the activator leaves the path; -1 keeps it in the path, 0 only at zero pods.
   * @default 211
   */
  readonly targetBurstCapacity?: number;

  /**
   * The window over which load is averaged.
   * @default Duration.seconds(60)
   */
  readonly stableWindow?: Duration;

  /**
   * How long the last pod stays after the decision to scale to zero.
   * @default Duration.seconds(30)
   */
  readonly scaleToZeroGracePeriod?: Duration;

  /**
   * Whether Knative's extension `serving-hpa` is installed, without which nothing scales a service by cpu, memory or a metric of its pods.
   * @default - unknown
   */
  readonly horizontalPodAutoscaler?: boolean;

  /**
   * Whether something serves `metrics.k8s.io`, as metrics-server does: cpu and memory of the pods.
   * @default - unknown
   */
  readonly resourceMetrics?: boolean;

  /**
   * Whether an adapter serves `custom.metrics.k8s.io`: metrics of the pods that the application shows.
   * @default - unknown
   */
  readonly customMetrics?: boolean;
}

/**
 * The cluster's defaults and bounds of a revision (ConfigMap `config-defaults`).
 */
export interface RevisionSettings {
  /**
   * How long a request may take when the service says nothing.
   * @default Duration.seconds(300)
   */
  readonly timeout?: Duration;

  /**
   * The longest timeout that the webhook lets pass.
   * @default Duration.seconds(600)
   */
  readonly maxTimeout?: Duration;

  /**
   * Requests in flight per pod when the service says nothing; 0 is unlimited.
   * @default 0
   */
  readonly containerConcurrency?: number;

  /**
   * The largest container concurrency that the webhook lets pass.
   * @default 1000
   */
  readonly maxContainerConcurrency?: number;

  /**
   * Whether a service may leave its container concurrency unlimited by saying 0.
   * @default true
   */
  readonly allowUnlimitedConcurrency?: boolean;
}
