import { ManifestModel } from '../../../model';
import { addTo, configurationsOf, containersOf, entriesOf, fieldsAt, fieldsOf, labelSelector, selects, selectsAll, textMapOf, textOf, textsOf, Workload, workloadsOf } from '../../../workloads';

/** A text that tells a program whom to call, with where it stands on the object of its workload. */
export interface DeclaredCall {
  readonly field: string;
  readonly text: string;
  /** The object that says it, where that is another one than the workload's. */
  readonly by?: string;
}

/** What the containers of a workload are told: variables, arguments, and the ConfigMaps that their variables come from. */
export function callsOf(model: ManifestModel, workload: Workload): DeclaredCall[] {
  return containersOf(workload).flatMap(({ field, value }) => [
    ...entriesOf(value.env, `${field}.env`).flatMap(variable => {
      const own = textOf(variable.value.value);
      if (own !== undefined) return [{ field: `${variable.field}.value`, text: own }];
      const { name, key } = fieldsAt(variable.value, 'valueFrom', 'configMapKeyRef');
      const text = textOf(dataOf(model, workload, name)[textOf(key) ?? '']);
      return text === undefined ? [] : [{ field: `${variable.field}.valueFrom.configMapKeyRef`, text, by: `ConfigMap ${String(name)}` }];
    }),
    ...entriesOf(value.envFrom, `${field}.envFrom`).flatMap(source => {
      const { name } = fieldsOf(source.value.configMapRef);
      return Object.values(dataOf(model, workload, name)).map(text => ({ field: `${source.field}.configMapRef.name`, text, by: `ConfigMap ${String(name)}` }));
    }),
    ...['command', 'args'].flatMap(list => textsOf(value[list]).map((text, index) => ({ field: `${field}.${list}[${index}]`, text }))),
  ]);
}

function dataOf(model: ManifestModel, workload: Workload, name: unknown): Record<string, string> {
  const found = textOf(name) && configurationsOf(model).find('ConfigMap', workload.namespace, String(name));
  return found ? textMapOf(fieldsOf(found.object.manifest).data) : {};
}

/** Where the events of a workload go: the URI that its ContainerSource or a SinkBinding gives it as K_SINK. */
export function sinksOf(model: ManifestModel, workload: Workload): DeclaredCall[] {
  const own = workload.object.manifest.kind === 'ContainerSource' ? textOf(fieldsAt(workload.object.manifest, 'spec', 'sink').uri) : undefined;
  return [
    ...own === undefined ? [] : [{ field: 'spec.sink.uri', text: own }],
    ...model.derived(boundSinks).get(workload) ?? [],
  ];
}

function boundSinks(model: ManifestModel): Map<Workload, DeclaredCall[]> {
  const found = new Map<Workload, DeclaredCall[]>();
  for (const binding of model.ofKind('sources.knative.dev', 'SinkBinding')) {
    const { subject, sink } = fieldsOf(binding.manifest.spec);
    const { kind, name, selector } = fieldsOf(subject);
    const uri = textOf(fieldsOf(sink).uri);
    if (uri === undefined) continue;
    const namespace = binding.namespace ?? 'default';
    const candidates = workloadsOf(model).inNamespace(namespace).filter(({ object }) => object.manifest.kind === kind);
    const chosen = labelSelector(selector);
    for (const workload of candidates) {
      const isSubject = name === undefined ? !selectsAll(chosen) && selects(chosen, textMapOf(workload.object.manifest.metadata.labels)) : workload.name === name;
      if (isSubject) addTo(found, workload, { field: 'spec', text: uri, by: `SinkBinding ${binding.name ?? ''}` });
    }
  }
  return found;
}
