import { fieldsOf } from '../values';
import { podsOf } from './kinds';
import { LabelIndex } from './label-index';
import { labelsOf, Selector, selectsAll } from './labels';
import { isSelected, Workload } from './workload';
import { ManifestModel, ModelObject } from '../model';

/** Everything of an app that runs in pods; read once per model. */
export function workloadsOf(model: ManifestModel): Workloads {
  return model.derived(readWorkloads);
}

/** Workloads, found by their labels. */
export class Workloads {
  private readonly namespaces = new Map<string, LabelIndex<Workload>>();
  private readonly byObject = new Map<ModelObject, Workload>();
  private readonly selected = new Map<string, readonly Workload[]>();

  constructor(public readonly all: readonly Workload[]) {
    for (const workload of all) {
      this.byObject.set(workload.object, workload);
      let index = this.namespaces.get(workload.namespace);
      if (index === undefined) {
        index = new LabelIndex();
        this.namespaces.set(workload.namespace, index);
      }
      index.add(workload, workload.labels, workload.openLabels);
    }
  }

  /** The workload that an object makes. */
  public of(object: ModelObject): Workload | undefined {
    return this.byObject.get(object);
  }

  /** Workloads of a namespace. */
  public inNamespace(namespace: string): readonly Workload[] {
    return (this.namespaces.get(namespace) ?? NONE).all;
  }

  /**
   * Workloads that a selector chooses in a namespace, or in every one. A selector that says nothing chooses all. Whoever asks for the same
   * gets the same list, so what is derived from it can be kept by the list.
   */
  public selectedBy(selector: Selector, namespace?: string): readonly Workload[] {
    const key = `${namespace ?? '*'} ${JSON.stringify(selector)}`;
    let found = this.selected.get(key);
    if (found === undefined) {
      found = this.select(selector, namespace);
      this.selected.set(key, found);
    }
    return found;
  }

  private select(selector: Selector, namespace?: string): readonly Workload[] {
    const indexes = namespace === undefined ? [...this.namespaces.values()] : [this.namespaces.get(namespace) ?? NONE];
    if (selectsAll(selector)) return indexes.flatMap(index => index.all);
    return indexes.flatMap(index => index.candidates(selector).filter(workload => isSelected(workload, selector)));
  }
}

const NONE = new LabelIndex<Workload>();

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
