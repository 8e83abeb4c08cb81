import { FLAG, NUMBER, TEXT_MAP, usable } from '../core/wrong-type';

/** How evenly pods are spread. */
export interface TopologySpreadOptions {
  /**
   * How many more pods one place may have than another, at least 1.
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * Leaves a pod pending rather than placing it unevenly.
   * @default false
   */
  readonly required?: boolean;

  /**
   * Least number of places that are counted; needs `required`.
   * @default - as many as there are
   */
  readonly minDomains?: number;

  /**
   * Labels of the pods that are counted.
   * @default - the pods of each revision, Deployment or Job for themselves, a new template by itself
   */
  readonly podLabels?: { [key: string]: string };
}

/** A rule that spreads the pods of a service over nodes, zones or the like. */
export class TopologySpread {
  /** Over nodes. */
  public static overNodes(options: TopologySpreadOptions = {}): TopologySpread {
    return new TopologySpread('kubernetes.io/hostname', options);
  }

  /** Over zones. */
  public static overZones(options: TopologySpreadOptions = {}): TopologySpread {
    return new TopologySpread('topology.kubernetes.io/zone', options);
  }

  /**
   * Over whatever a label of the nodes tells apart.
   * @param topologyKey the label
   */
  public static over(topologyKey: string, options: TopologySpreadOptions = {}): TopologySpread {
    return new TopologySpread(topologyKey, options);
  }

  private constructor(private readonly topologyKey: string, private readonly options: TopologySpreadOptions) {}

  /** @internal */
  public _toJson(podSelector: { [key: string]: string }, generation: string): object {
    const { maxSkew, required, minDomains, podLabels } = this.options ?? {};
    const given = usable(podLabels, TEXT_MAP);
    return {
      maxSkew: usable(maxSkew, NUMBER) ?? 1,
      topologyKey: this.topologyKey,
      whenUnsatisfiable: usable(required, FLAG) ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: given ?? podSelector },
      matchLabelKeys: given ? undefined : [generation],
      minDomains: usable(minDomains, NUMBER),
    };
  }
}
