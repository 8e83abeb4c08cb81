import { Entry, entriesOf, Fields, fieldsAt, fieldsOf, numberOf, textOf } from '../values';
import { Kept } from './kept';
import { Labels, Selector, selects } from './labels';
import { ModelObject } from '../model';

/** Something that runs in pods, whichever kind of object makes them. */
export interface Workload {
  readonly object: ModelObject;
  readonly name: string;
  readonly namespace: string;
  /** Path of the pod template in the manifest, with a dot at its end unless the object is the pod itself. */
  readonly path: string;
  /** Labels of the pods, those included that controllers add and whose value is known beforehand. */
  readonly labels: Labels;
  readonly annotations: Labels;
  /** The spec of the pods; empty where an operator writes it. */
  readonly spec: Fields;
  /** Ports that pods have beyond those in their spec. */
  readonly addedPorts: readonly PodPort[];
  /** Whether the spec says everything of the pods: an operator writes the pods of some kinds, and only it knows their ports and volumes. */
  readonly complete: boolean;
  /** Keys of labels whose values only the cluster knows. */
  readonly openLabels: readonly string[];
  /** Whether a label whose value only the cluster knows may have this value. */
  mayBe(key: string, value?: string): boolean;
}

/** A port of a container. */
export interface PodPort {
  readonly name?: string;
  readonly number: number;
}

/** Whether the pods of a workload satisfy a selector, as far as one can know. */
export function isSelected(workload: Workload, selector: Selector): boolean {
  return selects(selector, workload.labels, workload.mayBe);
}

/** Containers of a workload, init containers last, with where they stand. */
export function containersOf(workload: Workload): readonly Entry[] {
  return containers.of(workload);
}

const containers = new Kept(readContainers);

function readContainers(workload: Workload): Entry[] {
  return [
    ...entriesOf(workload.spec.containers, `${workload.path}spec.containers`),
    ...entriesOf(workload.spec.initContainers, `${workload.path}spec.initContainers`),
  ];
}

/** Ports that the containers of a workload declare. */
export function portsOf(workload: Workload): readonly PodPort[] {
  return ports.of(workload);
}

const ports = new Kept(readPorts);

function readPorts(workload: Workload): PodPort[] {
  const declared = containersOf(workload).flatMap(({ value }) => entriesOf(value.ports, '')).flatMap(({ value }) => {
    const number = numberOf(value.containerPort);
    return number === undefined ? [] : [{ name: textOf(value.name), number }];
  });
  return [...declared, ...workload.addedPorts];
}

/** The service account that the pods run under. */
export function serviceAccountOf(workload: Workload): string {
  return textOf(workload.spec.serviceAccountName) ?? textOf(workload.spec.serviceAccount) ?? 'default';
}

/** How often a workload's pods run at once; where nothing is written, as its kind has it. */
export function replicasOf(workload: Workload): number | undefined {
  return numberOf(fieldsOf(workload.object.manifest.spec).replicas);
}

/** A Secret, ConfigMap or claim that pods refer to. */
export interface Mount {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim';
  readonly name: string;
  /** The key that is asked for; none where the whole object is. */
  readonly key?: string;
  readonly field: string;
  /** Whether pods start without it. */
  readonly optional: boolean;
}

/** Everything of Secrets, ConfigMaps and claims that the pods of a workload need. */
export function mountsOf(workload: Workload): Mount[] {
  return [
    ...containersOf(workload).flatMap(container => [
      ...entriesOf(container.value.env, `${container.field}.env`).flatMap(fromVariable),
      ...entriesOf(container.value.envFrom, `${container.field}.envFrom`).flatMap(fromEnvironment),
    ]),
    ...entriesOf(workload.spec.volumes, `${workload.path}spec.volumes`).flatMap(volume => fromVolume(volume.value, volume.field)),
  ];
}

function fromVariable({ value, field }: Entry): Mount[] {
  const { secretKeyRef, configMapKeyRef } = fieldsOf(value.valueFrom);
  return [
    ...reference('Secret', `${field}.valueFrom.secretKeyRef`, fieldsOf(secretKeyRef), fieldsOf(secretKeyRef).key),
    ...reference('ConfigMap', `${field}.valueFrom.configMapKeyRef`, fieldsOf(configMapKeyRef), fieldsOf(configMapKeyRef).key),
  ];
}

function fromEnvironment({ value, field }: Entry): Mount[] {
  return [
    ...reference('Secret', `${field}.secretRef`, fieldsOf(value.secretRef)),
    ...reference('ConfigMap', `${field}.configMapRef`, fieldsOf(value.configMapRef)),
  ];
}

function fromVolume(volume: Fields, field: string): Mount[] {
  const projected = entriesOf(fieldsAt(volume, 'projected').sources, `${field}.projected.sources`);
  return [
    ...projection('Secret', `${field}.secret`, fieldsOf(volume.secret), 'secretName'),
    ...projection('ConfigMap', `${field}.configMap`, fieldsOf(volume.configMap), 'name'),
    ...reference('PersistentVolumeClaim', `${field}.persistentVolumeClaim`, fieldsOf(volume.persistentVolumeClaim), undefined, 'claimName'),
    ...projected.flatMap(source => [
      ...projection('Secret', `${source.field}.secret`, fieldsOf(source.value.secret), 'name'),
      ...projection('ConfigMap', `${source.field}.configMap`, fieldsOf(source.value.configMap), 'name'),
    ]),
  ];
}

function projection(kind: 'Secret' | 'ConfigMap', field: string, source: Fields, nameField: string): Mount[] {
  const items = entriesOf(source.items, `${field}.items`);
  if (items.length === 0) return reference(kind, field, source, undefined, nameField);
  return items.flatMap(item => reference(kind, field, source, item.value.key, nameField));
}

function reference(kind: Mount['kind'], field: string, source: Fields, key?: unknown, nameField = 'name'): Mount[] {
  const name = textOf(source[nameField]);
  if (name === undefined) return [];
  return [{ kind, name, key: textOf(key), field: key === undefined ? `${field}.${nameField}` : `${field}.key`, optional: source.optional === true }];
}
