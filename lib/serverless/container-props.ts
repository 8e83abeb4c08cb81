import type * as kplus from 'cdk8s-plus-28';
import type { ContainerSecurity } from './container-security';
import type { EnvironmentSource } from './environment-source';
import type { HealthCheck } from './health-check';
import type { PodVolumeMount } from './pod-volume-mount';

/** Where the last words of a container are taken from. */
export enum TerminationMessagePolicy {
  /** From the file at `terminationMessagePath` alone. */
  FILE = 'File',
  /** From the end of the log, where the container failed and the file is empty. */
  FALLBACK_TO_LOGS_ON_ERROR = 'FallbackToLogsOnError',
}

/** What every container of a pod may say, whatever it is for. */
export interface ContainerSettings {
  /**
   * Environment variables. `PORT`, `K_SERVICE`, `K_CONFIGURATION` and `K_REVISION` are Knative's. Those that a field or a resource of the pod gives
   * need the feature flag `kubernetes.podspec-fieldref`.
   * @default - none but Knative's
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * Secrets and ConfigMaps all of whose keys become variables.
   * @default - none
   */
  readonly envFrom?: EnvironmentSource[];

  /**
   * What is run in place of the image's entry point.
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * Arguments of what is run.
   * @default - the arguments of the image
   */
  readonly args?: string[];

  /**
   * Directory in which it runs.
   * @default - the working directory of the image
   */
  readonly workingDirectory?: string;

  /**
   * CPU, memory and ephemeral storage of the container. What is given replaces the default as a whole; `{}` leaves everything open.
   * @default - requests 100m CPU and 128 MiB, limits memory to 512 MiB and CPU not at all
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Devices of the node that the container gets for itself, by the name under which their plug-in offers them, as in `{ 'nvidia.com/gpu': 1 }`.
   * @default - none
   */
  readonly devices?: { [name: string]: number };

  /**
   * Volumes and where the container sees them.
   * @default - none
   */
  readonly mounts?: PodVolumeMount[];

  /**
   * When the node fetches the image.
   * @default - always for the tag `latest`, otherwise when the node does not have it
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;

  /**
   * What the container may do beyond the `restricted` Pod Security Standard.
   * @default - nothing: not root, read-only root filesystem, no capabilities, no privilege escalation, the runtime's filter on system calls
   */
  readonly securityContext?: ContainerSecurity;

  /**
   * File in the container that holds its last words.
   * @default '/dev/termination-log'
   */
  readonly terminationMessagePath?: string;

  /**
   * Where the last words of the container are taken from.
   * @default - Knative chooses FALLBACK_TO_LOGS_ON_ERROR
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
}

/** A container that runs beside the one that takes the requests. */
export interface SidecarContainer extends ContainerSettings {
  /** Its name, a DNS-1123 label that no other container of the pod has. `queue-proxy` is Knative's. */
  readonly name: string;

  /** Its image, best with a digest or with a tag that is never pushed twice. */
  readonly image: string;

  /**
   * How Knative finds out that it is ready; the pod takes no requests before. Names its port, and needs the feature flag `multi-container-probing`.
   * @default - it is ready as soon as it runs
   */
  readonly readiness?: HealthCheck;

  /**
   * How the kubelet finds out that it has to be restarted. Names its port, and needs the feature flag `multi-container-probing`.
   * @default - only when it ends
   */
  readonly liveness?: HealthCheck;

  /**
   * How the kubelet finds out that it has started; the other two wait for it. Names its port, and needs the feature flag `multi-container-probing`.
   * @default - it has started as soon as it runs
   */
  readonly startup?: HealthCheck;
}

/** A container that ends before the others start. */
export interface InitContainer extends ContainerSettings {
  /** Its name, a DNS-1123 label that no other container of the pod has. */
  readonly name: string;

  /** Its image, best with a digest or with a tag that is never pushed twice. */
  readonly image: string;
}
