import { NodeRequirement } from './node-requirement';
import { ProblemReport } from '../core/problem';
import { isWorkload, IWorkload } from '../core/workload';
import { Expected, instanceOf, listOf, NUMBER, TEXT, usable, wrongType } from '../core/wrong-type';

/** Where a preference for nodes or pods stands among others. */
export interface AffinityWeightOptions {
  /**
   * How much it counts, 1 to 100.
   * @default 100
   */
  readonly weight?: number;
}

/** What counts as one place when pods attract or avoid each other. */
export interface PodAffinityOptions {
  /**
   * Label of the nodes that tells places apart.
   * @default 'kubernetes.io/hostname', each node for itself
   */
  readonly topologyKey?: string;
}

/** What counts as one place when pods attract or avoid each other, and how much it matters. */
export interface PodPreferenceOptions extends PodAffinityOptions, AffinityWeightOptions {
}

const REQUIREMENTS = listOf(instanceOf(NodeRequirement, "use a factory, as in NodeRequirement.exists('gpu')"));
const WORKLOAD: Expected<IWorkload> = {
  what: 'a workload of this library',
  fix: 'pass the construct, such as a ServerlessService, or adapt what runs with Workload.fromAttributes()',
  holds: isWorkload,
};

type Kind = 'nodeAffinity' | 'podAffinity' | 'podAntiAffinity';

/**
 * A rule about the nodes on which pods run. As soon as there is one, Knative no longer spreads the pods of a revision over nodes by itself
 * (`default-affinity-type`): say so with `TopologySpread.overNodes()`.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export class AffinityRule {
  /** Only nodes that are all of this. */
  public static requireNodes(...requirements: NodeRequirement[]): AffinityRule {
    return new AffinityRule('nodeAffinity', expressions(requirements), undefined, wrongType('affinity.requirements', requirements, REQUIREMENTS));
  }

  /** Rather nodes that are all of this. */
  public static preferNodes(requirements: NodeRequirement[], options: AffinityWeightOptions = {}): AffinityRule {
    const preference = { matchExpressions: expressions(requirements) };
    return new AffinityRule('nodeAffinity', undefined, { weight: weightOf(options), preference }, wrongType('affinity.requirements', requirements, REQUIREMENTS));
  }

  /** Only where pods of a workload run. */
  public static requireNear(workload: IWorkload, options: PodAffinityOptions = {}): AffinityRule {
    return new AffinityRule('podAffinity', [term(workload, options)], undefined, wrongType('affinity.workload', workload ?? 'nothing', WORKLOAD));
  }

  /** Rather where pods of a workload run. */
  public static preferNear(workload: IWorkload, options: PodPreferenceOptions = {}): AffinityRule {
    return new AffinityRule('podAffinity', undefined, { weight: weightOf(options), podAffinityTerm: term(workload, options) },
      wrongType('affinity.workload', workload ?? 'nothing', WORKLOAD));
  }

  /** Only where no pods of a workload run. */
  public static requireApart(workload: IWorkload, options: PodAffinityOptions = {}): AffinityRule {
    return new AffinityRule('podAntiAffinity', [term(workload, options)], undefined, wrongType('affinity.workload', workload ?? 'nothing', WORKLOAD));
  }

  /** Rather where no pods of a workload run. */
  public static preferApart(workload: IWorkload, options: PodPreferenceOptions = {}): AffinityRule {
    return new AffinityRule('podAntiAffinity', undefined, { weight: weightOf(options), podAffinityTerm: term(workload, options) },
      wrongType('affinity.workload', workload ?? 'nothing', WORKLOAD));
  }

  private constructor(
    /** @internal */
    public readonly _kind: Kind,
    /** @internal */
    public readonly _required?: object[],
    /** @internal */
    public readonly _preferred?: object,
    /** @internal */
    public readonly _problems: ProblemReport[] = [],
  ) {}
}

/** The rules together, all of which hold. */
export function renderAffinity(rules: readonly AffinityRule[]): object | undefined {
  if (rules.length === 0) return undefined;
  const of = (kind: Kind) => {
    const ours = rules.filter(rule => rule._kind === kind);
    if (ours.length === 0) return undefined;
    const required = ours.flatMap(rule => rule._required ?? []);
    const preferred = ours.flatMap(rule => rule._preferred ?? []);
    return {
      // terms for nodes are alternatives, so what has to hold together is one of them
      requiredDuringSchedulingIgnoredDuringExecution: required.length === 0 ? undefined
        : kind === 'nodeAffinity' ? { nodeSelectorTerms: [{ matchExpressions: required }] } : required,
      preferredDuringSchedulingIgnoredDuringExecution: preferred.length > 0 ? preferred : undefined,
    };
  };
  return { nodeAffinity: of('nodeAffinity'), podAffinity: of('podAffinity'), podAntiAffinity: of('podAntiAffinity') };
}

function term(workload: IWorkload, options: PodAffinityOptions | undefined): object {
  return {
    labelSelector: { matchLabels: workload?.podSelector },
    namespaces: workload?.workloadNamespace === undefined ? undefined : [workload.workloadNamespace],
    topologyKey: usable(options?.topologyKey, TEXT) ?? 'kubernetes.io/hostname',
  };
}

function expressions(requirements: NodeRequirement[]): object[] {
  return (usable(requirements, REQUIREMENTS) ?? []).map(requirement => requirement._toJson());
}

function weightOf(options: AffinityWeightOptions | undefined): number {
  return usable(options?.weight, NUMBER) ?? 100;
}
