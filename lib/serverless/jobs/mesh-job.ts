import { Construct } from 'constructs';
import { JobCaller } from './job-caller';
import type { MeshJobProps } from './job-props';
import { ICaller } from '../../core/caller';
import { wholeSeconds } from '../../core/durations';
import { ProblemReport } from '../../core/problem';
import { DURATION, FLAG, usable, wrongType } from '../../core/wrong-type';

const A_DAY = 86400;

/**
 * Pods that run once, to their end, and may call services of the mesh: a Job with an identity of its own.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class MeshJob extends JobCaller implements ICaller {
  private readonly props: MeshJobProps;

  constructor(scope: Construct, id: string, props: MeshJobProps) {
    super(scope, id, 'Job', props ?? {});
    this.props = props ?? {};
  }

  /** @internal */
  protected _spec(): object {
    return {
      ...this._job(),
      suspend: usable(this.props.suspended, FLAG),
      ttlSecondsAfterFinished: wholeSeconds(this.props.keepFor) ?? A_DAY,
    };
  }

  /** @internal */
  protected _problems(): ProblemReport[] {
    return wrongType('keepFor', this.props.keepFor, DURATION);
  }
}
