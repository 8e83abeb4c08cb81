import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { wholeSeconds } from '../core/durations';
import { TEXT, usable } from '../core/wrong-type';

/** Which taint is put up with, and for how long. */
export interface TolerationOptions {
  /**
   * What the taint does to others.
   * @default - whatever it does
   */
  readonly effect?: kplus.TaintEffect;

  /**
   * With effect `NO_EXECUTE`: how long the pod stays on a node that gets the taint, in whole seconds.
   * @default - for ever
   */
  readonly evictAfter?: Duration;
}

/** A taint of nodes that pods put up with, so that they may run there. */
export class Toleration {
  /** A taint with this key and value. */
  public static equal(key: string, value: string, options: TolerationOptions = {}): Toleration {
    return new Toleration({ key, operator: 'Equal', value }, options);
  }

  /** A taint with this key, whatever its value. */
  public static exists(key: string, options: TolerationOptions = {}): Toleration {
    return new Toleration({ key, operator: 'Exists' }, options);
  }

  /** Every taint. */
  public static everything(options: TolerationOptions = {}): Toleration {
    return new Toleration({ operator: 'Exists' }, options);
  }

  private constructor(private readonly taint: object, private readonly options: TolerationOptions) {}

  /** @internal */
  public _toJson(): object {
    return { ...this.taint, effect: usable(this.options?.effect, TEXT), tolerationSeconds: wholeSeconds(this.options?.evictAfter) };
  }
}
