import { fieldsOf } from './fields';
import { podsOf } from './kinds';
import { labelsOf, Selector, selectsAll } from './labels';
import { isSelected, Workload } from './workload';
import { ManifestModel, ModelObject } from '../model';

/** Everything of an app that runs in pods; read once per model. */
export function workloadsOf(model: ManifestModel): Workloads {
  return model.derived(readWorkloads);
}

/** Workloads, found by their labels. */
export class Workloads {
  private readonly namespaces = new Map<string, NamespaceIndex>();

  constructor(public readonly all: readonly Workload[]) {
    for (const workload of all) {
      let index = this.namespaces.get(workload.namespace);
      if (index === undefined) {
        index = new NamespaceIndex();
        this.namespaces.set(workload.namespace, index);
      }
      index.add(workload);
    }
  }

  /** Workloads of a namespace. */
  public inNamespace(namespace: string): readonly Workload[] {
    return (this.namespaces.get(namespace) ?? NONE).all;
  }

  /** Workloads that a selector chooses in a namespace, or in every one. A selector that says nothing chooses all. */
  public selectedBy(selector: Selector, namespace?: string): readonly Workload[] {
    const indexes = namespace === undefined ? [...this.namespaces.values()] : [this.namespaces.get(namespace) ?? NONE];
    if (selectsAll(selector)) return indexes.flatMap(index => index.all);
    return indexes.flatMap(index => index.candidates(selector).filter(workload => isSelected(workload, selector)));
  }
}

/** Workloads of one namespace. */
class NamespaceIndex {
  public readonly all: Workload[] = [];
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly byOpenLabel = new Map<string, Workload[]>();

  public add(workload: Workload): void {
    this.all.push(workload);
    for (const [key, value] of Object.entries(workload.labels)) push(this.byLabel, `${key}=${value}`, workload);
    for (const key of workload.openLabels) push(this.byOpenLabel, key, workload);
  }

  /** Those that may satisfy a selector: of its labels, the one that the fewest have decides. */
  public candidates(selector: Selector): readonly Workload[] {
    let best: readonly Workload[] = this.all;
    for (const [key, value] of Object.entries(selector.matchLabels)) {
      const exact = this.byLabel.get(`${key}=${value}`) ?? [];
      const open = this.byOpenLabel.get(key) ?? [];
      if (exact.length + open.length < best.length) best = open.length === 0 ? exact : [...new Set([...exact, ...open])];
    }
    return best;
  }
}

const NONE = new NamespaceIndex();

function readWorkloads(model: ManifestModel): Workloads {
  return new Workloads(model.objects.map(read).filter(workload => workload !== undefined));
}

function read(object: ModelObject): Workload | undefined {
  const pods = podsOf(object);
  if (pods === undefined) return undefined;
  const { addedLabels = {}, openLabels = [], mayBe = {}, addedPorts = [], operated = false } = pods;
  const open = new Set(openLabels);
  return {
    object,
    name: object.name ?? '',
    namespace: object.namespace ?? 'default',
    path: pods.path,
    labels: { ...labelsOf(fieldsOf(pods.metadata).labels), ...addedLabels },
    annotations: labelsOf(fieldsOf(pods.metadata).annotations),
    spec: pods.spec,
    addedPorts,
    complete: !operated,
    openLabels,
    mayBe: (key, value) => open.has(key) && (value === undefined || (mayBe[key]?.(value) ?? true)),
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const bucket = map.get(key);
  if (bucket) bucket.push(value);
  else map.set(key, [value]);
}
