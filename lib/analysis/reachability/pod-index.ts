import { Party } from './party';
import { ModelObject } from '../model';
import { Labels } from '../workloads/labels';
import { addTo } from '../workloads/multi-map';

/** Policies of one namespace, found by the labels of the pods that they may hold for without a look at every one. */
class NamespaceIndex {
  public readonly all: ModelObject[] = [];
  private readonly wide: ModelObject[] = [];
  private readonly byLabel = new Map<string, ModelObject[]>();
  private readonly byKey = new Map<string, ModelObject[]>();

  public add(policy: ModelObject, labels: Labels): void {
    this.all.push(policy);
    const [first] = Object.entries(labels);
    if (first === undefined) {
      this.wide.push(policy);
    } else {
      addTo(this.byLabel, first.join('='), policy);
      addTo(this.byKey, first[0], policy);
    }
  }

  /** Those that may hold for pods, those for all first; every one where nobody knows the labels of the pods. */
  public candidates({ labels, workload }: Party): ModelObject[] {
    if (labels === undefined) return this.all;
    const found = new Set(this.wide);
    for (const label of Object.entries(labels)) this.byLabel.get(label.join('='))?.forEach(policy => found.add(policy));
    for (const key of workload?.openLabels ?? []) this.byKey.get(key)?.forEach(policy => found.add(policy));
    return [...found];
  }
}

/** Policies by namespace and by the labels that they select. */
export class PodIndex {
  private readonly namespaces = new Map<string, NamespaceIndex>();

  constructor(policies: readonly ModelObject[], labelsOf: (policy: ModelObject) => Labels) {
    for (const policy of policies) {
      const namespace = policy.namespace ?? 'default';
      let index = this.namespaces.get(namespace);
      if (index === undefined) {
        index = new NamespaceIndex();
        this.namespaces.set(namespace, index);
      }
      index.add(policy, labelsOf(policy));
    }
  }

  public get isEmpty(): boolean {
    return this.namespaces.size === 0;
  }

  /** Policies of a namespace that may hold for pods. */
  public candidates(namespace: string | undefined, pods: Party): ModelObject[] {
    return namespace === undefined ? [] : this.namespaces.get(namespace)?.candidates(pods) ?? [];
  }

  /** Every policy of a namespace. */
  public inNamespace(namespace: string | undefined): readonly ModelObject[] {
    return namespace === undefined ? [] : this.namespaces.get(namespace)?.all ?? [];
  }
}
