import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { subsetProblems } from './subset-problems';
import { DestinationRule, DestinationRuleSpec, DestinationRuleSpecSubsets, toJson_DestinationRuleSpec } from '../../../imports/networking.istio.io';
import { Intents } from '../../core/intents';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { IRouteTarget, IWorkloadVersion, workloadOf } from '../../core/route-target';

const RULES = new WeakMap<IConstruct, Map<string, HostRule>>();

/** The one DestinationRule of a host, made from everything that was said about it: the mesh looks at the oldest one alone where there are several. */
export class HostRule extends Construct {
  /**
   * The rule of a target's host. That of a workload is written beside the workload, where every client finds it; that of another host beside
   * whoever speaks of it first.
   */
  public static ensure(target: IRouteTarget, recorder: Construct): HostRule {
    const rules = RULES.get(recorder.node.root) ?? new Map<string, HostRule>();
    RULES.set(recorder.node.root, rules);
    const rule = rules.get(target.serviceHost) ?? HostRule.create(target, recorder);
    rules.set(target.serviceHost, rule);
    return rule;
  }

  private static create(target: IRouteTarget, recorder: Construct): HostRule {
    const workload = workloadOf(target);
    const { serviceHost } = target;
    if (workload === undefined) return new HostRule(recorder, `Destination-${serviceHost}`, serviceHost, serviceHost.toLowerCase().replace(/[^a-z0-9.-]/g, '-'));
    return new HostRule(workload as unknown as Construct, freeId(workload), serviceHost, workload.workloadName, workload.workloadNamespace);
  }

  /** The DestinationRule. */
  public readonly apiObject: ApiObject;
  private readonly versions: IWorkloadVersion[] = [];

  private constructor(scope: Construct, id: string, private readonly host: string, name: string, namespace?: string) {
    super(scope, id);
    Intents.of(this);
    this.apiObject = resource(this, 'Resource', {
      gvk: DestinationRule.GVK,
      metadata: { name, namespace },
      fields: { spec: () => toJson_DestinationRuleSpec(this.spec()) },
    });
    reportProblems(this, () => subsetProblems(this.versions));
  }

  /** Makes a version known by its subset. */
  public addVersion(version: IWorkloadVersion): void {
    if (!this.versions.includes(version)) this.versions.push(version);
  }

  private spec(): DestinationRuleSpec {
    return { host: this.host, subsets: this.subsets() };
  }

  private subsets(): DestinationRuleSpecSubsets[] | undefined {
    const byName = new Map<string, DestinationRuleSpecSubsets>();
    for (const { subset, podLabels } of this.versions) {
      if (!byName.has(subset)) byName.set(subset, { name: subset, labels: { ...podLabels } });
    }
    return byName.size > 0 ? [...byName.values()] : undefined;
  }
}

function freeId(target: IConstruct): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? 'Destination' : `Destination${n}`;
    if (target.node.tryFindChild(id) === undefined) return id;
  }
}
