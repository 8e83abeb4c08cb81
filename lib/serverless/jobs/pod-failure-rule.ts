import { ProblemReport } from '../../core/problem';
import { Expected, usable, wrongType } from '../../core/wrong-type';

const CODES: Expected<number[]> = {
  what: 'a list of exit codes',
  fix: 'pass an array of numbers, as in [42]',
  holds: (value): value is number[] => Array.isArray(value) && value.every(entry => typeof entry === 'number'),
};

/**
 * What a failed pod means for its job. The first rule that fits counts; where none does, the pod counts towards the retries.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
 */
export class PodFailureRule {
  /** Pods that were evicted, preempted or lost with their node do not count towards the retries. */
  public static ignoreDisruptions(): PodFailureRule {
    return new PodFailureRule('Ignore');
  }

  /**
   * The job fails at once, for what no retry mends.
   * @param exitCodes of the container, 1 to 255
   */
  public static failJob(exitCodes: number[]): PodFailureRule {
    return new PodFailureRule('FailJob', exitCodes);
  }

  /**
   * The index of the pod fails at once, the others go on. Needs `retriesPerIndex`.
   * @param exitCodes of the container, 1 to 255
   */
  public static failIndex(exitCodes: number[]): PodFailureRule {
    return new PodFailureRule('FailIndex', exitCodes);
  }

  /**
   * The failure does not count towards the retries.
   * @param exitCodes of the container, 1 to 255
   */
  public static ignore(exitCodes: number[]): PodFailureRule {
    return new PodFailureRule('Ignore', exitCodes);
  }

  private constructor(private readonly action: string, private readonly exitCodes?: number[]) {}

  /** @internal */
  public _toJson(container: string): object {
    return this.exitCodes === undefined
      ? { action: this.action, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }
      // another container may be the sidecar of the mesh, which ends as it likes
      : { action: this.action, onExitCodes: { containerName: container, operator: 'In', values: [...usable(this.exitCodes, CODES) ?? []].sort((a, b) => a - b) } };
  }

  /** @internal */
  public _problems(field: string): ProblemReport[] {
    return wrongType(`${field}.exitCodes`, this.exitCodes, CODES);
  }
}
