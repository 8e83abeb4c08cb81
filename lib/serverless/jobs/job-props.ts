import type { Cron, Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { PodFailureRule } from './pod-failure-rule';
import type { ContainerSettings, InitContainer } from '../container-props';
import type { PodSettings } from '../pod-props';

/** What becomes of a container that fails. */
export enum JobRestartPolicy {
  /** It stays as it is, with its log, and the job makes another pod. */
  NEVER = 'Never',
  /** It is started again in its pod. */
  ON_FAILURE = 'OnFailure',
}

/** What becomes of a run while the one before still goes on. */
export enum ConcurrencyPolicy {
  /** It is left out. */
  FORBID = 'Forbid',
  /** It takes the place of the one before. */
  REPLACE = 'Replace',
  /** Both go on. */
  ALLOW = 'Allow',
}

/** What runs to its end. */
export interface JobTemplateProps extends ContainerSettings, PodSettings {
  /** Image of the program, best with a digest or with a tag that is never pushed twice. */
  readonly image: string;

  /**
   * Name of the object, a DNS label of at most 63 characters, of a CronJob at most 52. The template of a Job cannot be changed, so what is to run
   * anew needs another name.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Containers that end, one after the other, before the program starts.
   * @default - none but those of the mesh
   */
  readonly initContainers?: InitContainer[];

  /**
   * What becomes of a container that fails.
   * @default JobRestartPolicy.NEVER
   */
  readonly restartPolicy?: JobRestartPolicy;

  /**
   * How often the job is tried again before it counts as failed.
   * @default 6
   */
  readonly retries?: number;

  /**
   * How long the job may take with all its retries, in whole seconds; what still runs then is killed.
   * @default - as long as it takes
   */
  readonly deadline?: Duration;

  /**
   * How many pods run at a time.
   * @default 1
   */
  readonly parallelism?: number;

  /**
   * How many pods have to succeed.
   * @default 1
   */
  readonly completions?: number;

  /**
   * Whether each pod has a number of its own, from 0, in the environment variable `JOB_COMPLETION_INDEX`. Needs `completions`.
   * @default false: pods are all the same
   */
  readonly indexed?: boolean;

  /**
   * How often an index is tried again before it counts as failed. Needs `indexed`.
   * @default - the retries are those of the job as a whole
   */
  readonly retriesPerIndex?: number;

  /**
   * How many indexes may fail before the job is given up. Needs `retriesPerIndex`.
   * @default - the job goes on with the others
   */
  readonly maxFailedIndexes?: number;

  /**
   * What a failed pod means for the job. Needs `JobRestartPolicy.NEVER`.
   * @default - every failure counts towards the retries
   */
  readonly podFailures?: PodFailureRule[];

  /**
   * Service account of the pods, which is their identity in the mesh.
   * @default - an account of its own, named as the job, whose token is not mounted
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Whether the pods are in the mesh.
   * @default true where the cluster has a mesh and the namespace does not keep out of it
   */
  readonly inMesh?: boolean;

  /**
   * Further labels of the object.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations of the object.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Further labels of the pods; they win over the labels of this construct, `app` excepted.
   * @default - none
   */
  readonly templateLabels?: { [key: string]: string };

  /**
   * Further annotations of the pods; they win over the annotations of this construct.
   * @default - none
   */
  readonly templateAnnotations?: { [key: string]: string };

  /**
   * Whether nothing runs until somebody sets the field back.
   * @default false
   */
  readonly suspended?: boolean;
}

/** A job that runs once. */
export interface MeshJobProps extends JobTemplateProps {
  /**
   * How long the Job stays once it has ended, in whole seconds, with the logs of its pods.
   * @default Duration.days(1)
   */
  readonly keepFor?: Duration;
}

/** A job that runs again and again. */
export interface MeshCronJobProps extends JobTemplateProps {
  /** When it runs. */
  readonly schedule: Cron;

  /**
   * Time zone of the schedule, by its name in the IANA database.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;

  /**
   * What becomes of a run while the one before still goes on.
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrency?: ConcurrencyPolicy;

  /**
   * How late a run may begin, in whole seconds, at least 10; later it is left out.
   * @default - it begins however late it is
   */
  readonly startingDeadline?: Duration;

  /**
   * How many of the jobs that succeeded are kept.
   * @default 3
   */
  readonly keepSuccessful?: number;

  /**
   * How many of the jobs that failed are kept.
   * @default 1
   */
  readonly keepFailed?: number;
}
