import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { resolvePolicy } from './resolve-policy';
import { ruleProblems, subsetProblems } from './rule-problems';
import { SaidSettings } from './said-settings';
import { DestinationRule, DestinationRuleSpec, DestinationRuleSpecSubsets, toJson_DestinationRuleSpec } from '../../../imports/networking.istio.io';
import { Intents } from '../../core/intents';
import { freeId, namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRouteTarget, IWorkloadVersion, workloadOf } from '../../core/route-target';

/** Labels of the pods that follow a rule. */
export type Clients = { readonly [key: string]: string };

const RULES = new WeakMap<IConstruct, Map<string, HostRule>>();

/**
 * The one DestinationRule of a host, made from everything that was said about it: the mesh looks at the oldest one alone where there are several.
 * Clients for whom something else was said have one of their own, in which everything stands that holds for all.
 */
export class HostRule extends Construct {
  /**
   * The rule of a target's host. That of a workload is written beside the workload, where every client finds it; that of another host, or for some
   * clients, beside whoever speaks of it first.
   */
  public static ensure(target: IRouteTarget, recorder: Construct, clients?: Clients): HostRule {
    const rules = RULES.get(recorder.node.root) ?? new Map<string, HostRule>();
    RULES.set(recorder.node.root, rules);
    const host = target.serviceHost;
    const key = clients === undefined ? host : `${host} ${namespaceOf(recorder)} ${JSON.stringify(Object.entries(clients).sort())}`;
    const rule = rules.get(key) ?? HostRule.create(target, recorder, clients, () => rules.get(host));
    rules.set(key, rule);
    return rule;
  }

  private static create(target: IRouteTarget, recorder: Construct, clients: Clients | undefined, general: () => HostRule | undefined): HostRule {
    const workload = workloadOf(target);
    const name = workload?.workloadName ?? target.serviceHost.toLowerCase().replace(/\*/g, 'any').replace(/[^a-z0-9.-]/g, '-');
    if (clients !== undefined) return new HostRule(recorder, freeId(recorder, 'Destination'), target.serviceHost, { name: `${name}-${recorder.node.id}`, clients, general });
    if (workload === undefined) return new HostRule(recorder, freeId(recorder, `Destination-${target.serviceHost}`), target.serviceHost, { name });
    return new HostRule(workload as unknown as Construct, freeId(workload, 'Destination'), target.serviceHost, { name, namespace: workload.workloadNamespace });
  }

  /** The DestinationRule. */
  public readonly apiObject: ApiObject;
  private readonly versions: IWorkloadVersion[] = [];
  private readonly parts = new Map<string, Clients>();
  private readonly said: SaidSettings[] = [];
  private readonly exports: { readonly construct: IConstruct; readonly exportTo: string[] }[] = [];

  private constructor(scope: Construct, id: string, private readonly host: string, private readonly kind: {
    readonly name: string; readonly namespace?: string; readonly clients?: Clients; readonly general?: () => HostRule | undefined;
  }) {
    super(scope, id);
    Intents.of(this);
    this.apiObject = resource(this, 'Resource', {
      gvk: DestinationRule.GVK,
      metadata: { name: kind.name, namespace: kind.namespace },
      fields: { spec: () => toJson_DestinationRuleSpec(this.spec()) },
    });
    reportProblems(this, () => [...subsetProblems(this.versions), ...ruleProblems(this.said, this.exports, this.host)]);
  }

  /** Makes a version known by its subset. */
  public addVersion(version: IWorkloadVersion): void {
    if (!this.versions.includes(version)) this.versions.push(version);
  }

  /** Names a part of the host's traffic that has settings of its own, and pods that others share. */
  public addSubset(name: string, labels: Clients): void {
    this.parts.set(name, labels);
  }

  /** Adds settings to those that others said. */
  public addSettings(said: SaidSettings): void {
    this.said.push(said);
  }

  /** Says which namespaces see the rule. */
  public exportTo(construct: IConstruct, exportTo: string[]): void {
    this.exports.push({ construct, exportTo });
  }

  private spec(): DestinationRuleSpec {
    const general = this.kind.general?.();
    const { trafficPolicy, subsets } = resolvePolicy([...general?.said ?? [], ...this.said], this.host);
    return {
      host: this.host,
      exportTo: this.exports[0]?.exportTo,
      workloadSelector: this.kind.clients && { matchLabels: { ...this.kind.clients } },
      trafficPolicy,
      subsets: this.subsets([...general?.versions ?? [], ...this.versions], subsets),
    };
  }

  private subsets(versions: readonly IWorkloadVersion[], policies: ReadonlyMap<string, DestinationRuleSpecSubsets['trafficPolicy']>): DestinationRuleSpecSubsets[] | undefined {
    const byName = new Map<string, DestinationRuleSpecSubsets>();
    for (const { subset, podLabels } of versions) {
      if (!byName.has(subset)) byName.set(subset, { name: subset, labels: { ...podLabels }, trafficPolicy: policies.get(subset) });
    }
    for (const [name, labels] of this.parts) byName.set(name, { name, labels: { ...labels }, trafficPolicy: policies.get(name) });
    return byName.size > 0 ? [...byName.values()] : undefined;
  }
}
