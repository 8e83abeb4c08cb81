import type { Cluster } from './cluster';
import type { Document } from './documents';
import { KubeObject, isNamespace, nameOf } from './objects';

const BOOKKEEPING = ['.metadata.managedFields', '.metadata.resourceVersion'];

export interface ExampleOutcome {
  /** Namespaces that the documents name and nobody creates. */
  readonly madeNamespaces: readonly string[];
  /** Documents that the server refused or warned about. */
  readonly refused: readonly string[];
  /** Objects that the second, equal apply changed. */
  readonly changed: readonly string[];
  /** Objects that could not be removed afterwards. */
  readonly left: readonly string[];
}

/** Applies the documents of one example, applies them again, and takes everything away. */
export async function checkExample(cluster: Cluster, documents: readonly Document[]): Promise<ExampleOutcome> {
  const madeNamespaces = await makeMissingNamespaces(cluster, documents.map(({ object }) => object));
  const applied: Document[] = [];
  const refused: string[] = [];
  const changed: string[] = [];
  const left: string[] = [];
  try {
    for (const document of documents) {
      const verdict = await cluster.apply(document.object, { yaml: document.text });
      if (verdict.accepted) applied.push(document);
      else refused.push(`${placeOf(document)}: ${verdict.refusal.message}`);
      refused.push(...verdict.warnings.map(warning => `${placeOf(document)}: warning: ${warning}`));
    }
    for (const document of applied) changed.push(...await changesOf(cluster, document));
  } finally {
    await cluster.remove([...madeNamespaces, ...applied.map(({ object }) => object)]).catch((error: Error) => left.push(error.message));
  }
  return { madeNamespaces: madeNamespaces.map(({ metadata }) => metadata.name), refused, changed, left };
}

/** What an equal, further apply changes about an object. */
async function changesOf(cluster: Cluster, document: Document): Promise<string[]> {
  const tell = (text: string) => [`${placeOf(document)}: ${text}`];
  const apply = () => cluster.apply(document.object, { yaml: document.text });
  const before = await cluster.get(document.object);
  const again = await apply();
  if (!again.accepted) return tell(again.refusal.message);
  if (!before) return tell('the object was gone before the second apply');
  // Real controllers write status at any time, so only on our own servers is every other difference the apply's doing.
  if (cluster.foreign) {
    const [one, other] = [before.metadata.generation, again.object.metadata.generation];
    return one === other ? [] : tell(`changed .metadata.generation from ${one} to ${other}`);
  }
  const fields = changedFields(before, again.object);
  if (fields.length > 0) return tell(`changed ${fields.join(', ')}`);
  if (before.metadata.resourceVersion === again.object.metadata.resourceVersion) return [];
  // The server stores some objects (a PersistentVolumeClaim) in other bytes at their first update, with nothing changed in them.
  const third = await apply();
  const settled = third.accepted && third.object.metadata.resourceVersion === again.object.metadata.resourceVersion;
  return settled ? [] : tell('its resourceVersion changes with every apply');
}

/** Makes the namespaces that objects name and none of them is. */
export async function makeMissingNamespaces(cluster: Cluster, objects: readonly KubeObject[]): Promise<KubeObject[]> {
  const own = new Set(objects.filter(isNamespace).map(({ metadata }) => metadata?.name));
  const named = new Set(objects.map(({ metadata }) => metadata?.namespace));
  const made: KubeObject[] = [];
  for (const name of [...named].sort()) {
    if (name === undefined || own.has(name)) continue;
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'cdk8s-serverless-mesh-cluster-test' } },
    };
    if (await cluster.create(namespace)) made.push(namespace);
  }
  return made;
}

function placeOf({ file, object }: Document): string {
  return `${file}: ${nameOf(object)}`;
}

/** Fields in which two states of an object differ, bookkeeping aside. */
export function changedFields(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after) || BOOKKEEPING.includes(path)) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) {
    return [`${path} from ${JSON.stringify(before)} to ${JSON.stringify(after)}`];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap(key => changedFields((before as KubeObject)[key], (after as KubeObject)[key], `${path}.${key}`));
}
