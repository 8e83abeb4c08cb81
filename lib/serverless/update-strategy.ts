import type * as kplus from 'cdk8s-plus-28';
import { ProblemReport } from '../core/problem';
import { Expected, usable, wrongType } from '../core/wrong-type';

/** How many pods are replaced at a time. */
export interface RollingUpdateOptions {
  /**
   * Pods that may run beyond what is wanted, as a number or a share.
   * @default kplus.PercentOrAbsolute.percent(25)
   */
  readonly maxSurge?: kplus.PercentOrAbsolute;

  /**
   * Pods that may be missing, as a number or a share.
   * @default kplus.PercentOrAbsolute.absolute(0)
   */
  readonly maxUnavailable?: kplus.PercentOrAbsolute;
}

const AMOUNT: Expected<kplus.PercentOrAbsolute> = {
  what: 'a PercentOrAbsolute of cdk8s-plus',
  fix: 'use a factory, as in kplus.PercentOrAbsolute.percent(25)',
  holds: (value): value is kplus.PercentOrAbsolute => typeof (value as kplus.PercentOrAbsolute | undefined)?.isZero === 'function',
};

/** How pods are replaced when their template changes. */
export class UpdateStrategy {
  /** A few at a time, so that the service answers all along. */
  public static rolling(options: RollingUpdateOptions = {}): UpdateStrategy {
    return new UpdateStrategy('RollingUpdate', options);
  }

  /** All old pods go before the first new one comes: for what must never run twice. Nothing answers in between. */
  public static recreate(): UpdateStrategy {
    return new UpdateStrategy('Recreate', {});
  }

  private constructor(private readonly type: string, private readonly options: RollingUpdateOptions) {}

  /** @internal */
  public _toJson(): object {
    if (this.type === 'Recreate') return { type: this.type };
    return {
      type: this.type,
      rollingUpdate: {
        maxSurge: usable(this.options?.maxSurge, AMOUNT)?.value ?? '25%',
        maxUnavailable: usable(this.options?.maxUnavailable, AMOUNT)?.value ?? 0,
      },
    };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [
      ...wrongType('updateStrategy.maxSurge', this.options?.maxSurge, AMOUNT),
      ...wrongType('updateStrategy.maxUnavailable', this.options?.maxUnavailable, AMOUNT),
    ];
  }
}
