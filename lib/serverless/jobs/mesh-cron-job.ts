import { Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { JobCaller } from './job-caller';
import { ConcurrencyPolicy, MeshCronJobProps } from './job-props';
import { ICaller } from '../../core/caller';
import { wholeSeconds } from '../../core/durations';
import { ProblemReport } from '../../core/problem';
import { DURATION, Expected, FLAG, memberOf, NUMBER, TEXT, usable, wrongType } from '../../core/wrong-type';

const SCHEDULE: Expected<Cron> = {
  what: 'a Cron of cdk8s',
  fix: "use a factory, as in Cron.daily() or Cron.schedule({ minute: '0', hour: '3' })",
  holds: (value): value is Cron => typeof (value as Cron | undefined)?.expressionString === 'string',
};

/**
 * Pods that run again and again, each time to their end, and may call services of the mesh: a CronJob with an identity of its own. A run may be left out, and now and
 * then there are two of one, so what it does has to bear that.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class MeshCronJob extends JobCaller implements ICaller {
  private readonly props: MeshCronJobProps;

  constructor(scope: Construct, id: string, props: MeshCronJobProps) {
    super(scope, id, 'CronJob', props ?? {});
    this.props = props ?? {};
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      schedule: usable(props.schedule, SCHEDULE)?.expressionString,
      timeZone: usable(props.timeZone, TEXT) ?? 'Etc/UTC',
      concurrencyPolicy: usable(props.concurrency, TEXT) ?? ConcurrencyPolicy.FORBID,
      startingDeadlineSeconds: wholeSeconds(props.startingDeadline),
      successfulJobsHistoryLimit: usable(props.keepSuccessful, NUMBER),
      failedJobsHistoryLimit: usable(props.keepFailed, NUMBER),
      suspend: usable(props.suspended, FLAG),
      jobTemplate: { spec: this._job() },
    };
  }

  /** @internal */
  protected _problems(): ProblemReport[] {
    const { props } = this;
    return [
      ...wrongType('schedule', props.schedule ?? 'nothing', SCHEDULE),
      ...wrongType('timeZone', props.timeZone, TEXT),
      ...wrongType('concurrency', props.concurrency, memberOf('ConcurrencyPolicy', ConcurrencyPolicy)),
      ...wrongType('startingDeadline', props.startingDeadline, DURATION),
      ...wrongType('keepSuccessful', props.keepSuccessful, NUMBER),
      ...wrongType('keepFailed', props.keepFailed, NUMBER),
    ];
  }
}
