/** Where the requests of a region go when its pods are unwell. */
export interface LocalityFailover {
  /** Name of a region. */
  readonly from: string;
  /** Name of another one. */
  readonly to: string;
}

/** How requests from a place are shared among places. */
export interface LocalityDistribution {
  /** Where they come from: `region/zone/subzone`, of which the last parts may be left out or an asterisk. */
  readonly from: string;
  /** Shares in percent by place, which add up to 100. */
  readonly to: { [key: string]: number };
}

/**
 * How the places of clients and pods count when requests are shared: regions, zones and sub-zones, as the labels of their nodes say.
 * @see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/
 */
export class LocalityRouting {
  /** Near pods first, and from an unwell region to the one that is named. Which pods are unwell, outlier detection finds out, so say that as well. */
  public static failover(...regions: LocalityFailover[]): LocalityRouting {
    return new LocalityRouting({ enabled: true, failover: regions.length > 0 ? regions : undefined });
  }

  /**
   * Pods first that share the values of these labels with the client, the first label counting most.
   * @param labels keys such as `topology.kubernetes.io/zone`, or `key=value` for a value that pods must have
   */
  public static priority(...labels: string[]): LocalityRouting {
    return new LocalityRouting({ enabled: true, failoverPriority: labels });
  }

  /** Fixed shares. */
  public static distribute(...shares: LocalityDistribution[]): LocalityRouting {
    return new LocalityRouting({ enabled: true, distribute: shares });
  }

  /** Places do not count. */
  public static off(): LocalityRouting {
    return new LocalityRouting({ enabled: false });
  }

  private constructor(
    /** @internal */
    public readonly _said: {
      readonly enabled: boolean;
      readonly failover?: LocalityFailover[];
      readonly failoverPriority?: string[];
      readonly distribute?: LocalityDistribution[];
    },
  ) {}
}
