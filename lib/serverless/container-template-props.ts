import type { Duration } from 'cdk8s';
import type { ContainerSettings, InitContainer, SidecarContainer } from './container-props';
import type { DisruptionBudget } from './disruption-budget';
import type { HealthCheck } from './health-check';
import type { HorizontalScaling } from './horizontal-scaling';
import type { PodSettings } from './pod-props';
import type { UpdateStrategy } from './update-strategy';

/** How a pod goes away without losing requests. */
export interface GracefulShutdown {
  /**
   * Time between the decision that a pod goes and the signal to the application, in whole seconds, less than the grace period. In this time
   * the news reaches those who still send requests. 0 sends the signal at once.
   * @default Duration.seconds(5)
   */
  readonly delay?: Duration;

  /**
   * Time after which what still runs is killed, in whole seconds, the delay included.
   * @default Duration.seconds(30)
   */
  readonly gracePeriod?: Duration;
}

/** What the pods of a container service are made of; a version may say all of it anew. */
export interface ContainerTemplateProps extends ContainerSettings, PodSettings {
  /**
   * Whether a pod gets requests: asked all its life long.
   * @default HealthCheck.tcp()
   */
  readonly readiness?: HealthCheck;

  /**
   * Whether a container has to be restarted. Ask only what a restart mends: a check that asks others restarts pods because those are down.
   * @default - a container is restarted when it ends
   */
  readonly liveness?: HealthCheck;

  /**
   * Whether the application has come up; until then the other two are not asked.
   * @default - it has as soon as it runs
   */
  readonly startup?: HealthCheck;

  /**
   * Containers that run beside the application.
   * @default - none but those of the mesh
   */
  readonly sidecars?: SidecarContainer[];

  /**
   * Containers that end, one after the other, before the others start.
   * @default - none but those of the mesh
   */
  readonly initContainers?: InitContainer[];

  /**
   * How many pods run. Not beside `autoscaling`.
   * @default 2
   */
  readonly replicas?: number;

  /**
   * How many pods run, by what they have to do: a HorizontalPodAutoscaler. The Deployment then says nothing of replicas.
   * @default - as many as `replicas` says
   */
  readonly autoscaling?: HorizontalScaling;

  /**
   * How many pods a drain of nodes may take away at a time.
   * @default DisruptionBudget.maxUnavailable(1) where more than one pod runs
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * Whether the pods are spread over nodes and zones, as far as there is room, beside what `topologySpread` says.
   * @default true where more than one pod runs and `topologySpread` is not said
   */
  readonly spread?: boolean;

  /**
   * How pods are replaced when their template changes.
   * @default UpdateStrategy.rolling()
   */
  readonly updateStrategy?: UpdateStrategy;

  /**
   * How long a new pod must be ready before the next one is replaced, in whole seconds.
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * How long a change may make no progress before it counts as failed, in whole seconds, more than `minReady`.
   * @default Duration.minutes(10)
   */
  readonly progressDeadline?: Duration;

  /**
   * How many old ReplicaSets are kept to roll back to.
   * @default 10
   */
  readonly revisionHistoryLimit?: number;

  /**
   * How a pod goes away without losing requests.
   * @default - the application gets its signal after 5 seconds and is killed after 30
   */
  readonly shutdown?: GracefulShutdown;

  /**
   * Further labels of the pods; they win over the labels of this construct, `app` and `version` excepted.
   * @default - none
   */
  readonly templateLabels?: { [key: string]: string };

  /**
   * Further annotations of the pods; they win over the annotations of this construct.
   * @default - none
   */
  readonly templateAnnotations?: { [key: string]: string };
}

/** What differs in another version of a container service. */
export interface ContainerVersionOptions extends ContainerTemplateProps {
  /**
   * Image of this version.
   * @default - the image of the service
   */
  readonly image?: string;
}
