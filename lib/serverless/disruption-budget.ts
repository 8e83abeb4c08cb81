import { ProblemReport } from '../core/problem';
import { FLAG, NUMBER, usable, wrongType } from '../core/wrong-type';

/** What a budget does about pods that do not work. */
export interface DisruptionBudgetOptions {
  /**
   * Whether pods that are not ready count against the budget, so that an application that is down also stops drains of nodes.
   * @default false: they may always be evicted
   */
  readonly keepUnhealthy?: boolean;
}

/**
 * How many pods a drain of nodes may take away at a time.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class DisruptionBudget {
  /**
   * As many may go at a time.
   * @param pods at least 1
   */
  public static maxUnavailable(pods: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', pods, false, options);
  }

  /**
   * A share may go at a time.
   * @param percent of the pods, more than 0; rounded up
   */
  public static maxUnavailablePercent(percent: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', percent, true, options);
  }

  /**
   * As many stay.
   * @param pods fewer than there are
   */
  public static minAvailable(pods: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget('minAvailable', pods, false, options);
  }

  /**
   * A share stays.
   * @param percent of the pods, less than 100; rounded up
   */
  public static minAvailablePercent(percent: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget('minAvailable', percent, true, options);
  }

  /** No budget: a drain may take all pods at once. */
  public static none(): DisruptionBudget {
    return new DisruptionBudget('none', 0, false, {});
  }

  private constructor(
    private readonly field: 'maxUnavailable' | 'minAvailable' | 'none',
    private readonly amount: number,
    private readonly isShare: boolean,
    private readonly options: DisruptionBudgetOptions,
  ) {}

  /**
   * The fields of the budget beside its selector; undefined where there is none.
   * @internal
   */
  public _toJson(): object | undefined {
    if (this.field === 'none') return undefined;
    const amount = usable(this.amount, NUMBER);
    return {
      [this.field]: amount !== undefined && this.isShare ? `${amount}%` : amount,
      unhealthyPodEvictionPolicy: usable(this.options?.keepUnhealthy, FLAG) ? 'IfHealthyBudget' : 'AlwaysAllow',
    };
  }

  /**
   * How many of a number of pods may go at a time; a share of them is rounded up, as Kubernetes does.
   * @internal
   */
  public _evictable(pods: number): number {
    if (this.field === 'none') return pods;
    const amount = usable(this.amount, NUMBER) ?? 1;
    const count = this.isShare ? Math.ceil(pods * amount / 100) : amount;
    return this.field === 'maxUnavailable' ? count : pods - count;
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [
      ...wrongType(`disruptionBudget.${this.field}`, this.amount, NUMBER),
      ...wrongType('disruptionBudget.keepUnhealthy', this.options?.keepUnhealthy, FLAG),
    ];
  }
}
