import { Duration } from 'cdk8s';
import { HashAlgorithm, HashKey } from './hash-key';

/** How pods that have just started come to their full share. */
export interface Warmup {
  /** How long it takes. */
  readonly duration: Duration;

  /**
   * Share of the full share that a pod begins with, in percent.
   * @default 10
   */
  readonly minimumPercent?: number;

  /**
   * Above 1 the share grows slowly first and fast at last, more than 0.
   * @default 1, which is evenly
   */
  readonly aggression?: number;
}

/** What goes with sharing requests by load or in turn. */
export interface LoadBalancingOptions {
  /**
   * How pods that have just started come to their full share.
   * @default - at once
   */
  readonly warmup?: Warmup;
}

/**
 * How requests are shared among the pods of a host.
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export class LoadBalancing {
  /** Of two pods taken at random the one with fewer requests under way; Istio's own choice. */
  public static leastRequest(options: LoadBalancingOptions = {}): LoadBalancing {
    return new LoadBalancing({ kind: 'simple', algorithm: 'LEAST_REQUEST', warmup: options.warmup });
  }

  /** Each pod in turn. */
  public static roundRobin(options: LoadBalancingOptions = {}): LoadBalancing {
    return new LoadBalancing({ kind: 'simple', algorithm: 'ROUND_ROBIN', warmup: options.warmup });
  }

  /** Any pod. */
  public static random(): LoadBalancing {
    return new LoadBalancing({ kind: 'simple', algorithm: 'RANDOM' });
  }

  /** The address that the client asked for, without a look at which pods there are. */
  public static passthrough(): LoadBalancing {
    return new LoadBalancing({ kind: 'simple', algorithm: 'PASSTHROUGH' });
  }

  /**
   * Requests with the same key go to the same pod, as long as it is there. This is affinity to keep caches warm, no promise to keep state.
   * @param key what is looked at
   * @param algorithm how keys are spread; a ring of 1024 places unless said otherwise
   */
  public static consistentHash(key: HashKey, algorithm?: HashAlgorithm): LoadBalancing {
    return new LoadBalancing({ kind: 'hash', key, algorithm });
  }

  private constructor(
    /** @internal */
    public readonly _said: SaidLoadBalancing,
  ) {}
}

/**
 * What a load balancing says.
 * @internal
 */
export type SaidLoadBalancing =
  | { readonly kind: 'simple'; readonly algorithm: 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM' | 'PASSTHROUGH'; readonly warmup?: Warmup }
  | { readonly kind: 'hash'; readonly key: HashKey; readonly algorithm?: HashAlgorithm };
