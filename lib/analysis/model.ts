import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { FileObject } from './reading/file-object';
import { isClusterScoped } from './scopes';
import { isMap, textOf } from './values';
import { derived, Manifest, render } from '../core/rendering';

/** One object of the app with the construct that stands for it. */
export interface ModelObject {
  readonly manifest: Manifest;
  readonly construct: IConstruct;
  /** Path of the construct that the user wrote: the object's parent unless that is a chart. For an object of a file, the file and the line. */
  readonly path: string;
  readonly group: string;
  /** The namespace that it will be in, `default` where it names none; undefined for kinds that belong to none. */
  readonly namespace?: string;
  readonly name?: string;
}

/** An object that could not be rendered. */
export interface Unrenderable {
  readonly construct: IConstruct;
  readonly path: string;
  readonly error: Error;
}

/** Everything that an app will write, indexed as the rules ask for it. */
export class ManifestModel {
  public static of(root: IConstruct): ManifestModel {
    const objects: ModelObject[] = [];
    const unrenderable: Unrenderable[] = [];
    for (const construct of root.node.findAll()) {
      if (!ApiObject.isApiObject(construct)) continue;
      const { manifest, failure } = render(construct as ApiObject);
      if (manifest) objects.push(objectOf(construct, manifest));
      if (failure) unrenderable.push({ construct, path: ownerPath(construct), error: failure });
    }
    return new ManifestModel(root, objects, unrenderable);
  }

  private readonly byKind = new Map<string, ModelObject[]>();
  private readonly known = new Map<unknown, unknown>();

  private constructor(
    public readonly root: IConstruct,
    public readonly objects: readonly ModelObject[],
    public readonly unrenderable: readonly Unrenderable[],
  ) {
    for (const object of objects) push(this.byKind, kindKey(object.group, object.manifest.kind), object);
  }

  /** Objects of a kind, whatever the version. */
  public ofKind(group: string, kind: string): readonly ModelObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  /** The object of a kind, namespace (undefined for kinds that belong to none) and name; the first, where several claim to be it. */
  public byName(group: string, kind: string, namespace: string | undefined, name: string): ModelObject | undefined {
    return this.derived(identities).get(identityKey(group, kind, namespace, name));
  }

  /** All objects of a namespace; of `default` also those that name none. */
  public inNamespace(namespace: string): readonly ModelObject[] {
    return this.derived(namespaces).get(namespace) ?? [];
  }

  /** What is computed from the whole model, computed once: an index of a rule is a function, and the function is its key. */
  public derived<T>(compute: (model: ManifestModel) => T): T {
    if (!this.known.has(compute)) this.known.set(compute, compute(this));
    return this.known.get(compute) as T;
  }
}

/** The model of an app; while its manifests are shared, everybody gets the same one. */
export function modelOf(root: IConstruct): ManifestModel {
  return derived(root, build);
}

function build(root: IConstruct): ManifestModel {
  return ManifestModel.of(root);
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

function objectOf(construct: IConstruct, rendered: Manifest): ModelObject {
  // patches and files may leave anything there, and rules should not have to ask
  const manifest = isMap(rendered.metadata) ? rendered : { ...rendered, metadata: {} };
  const group = groupOf(String(manifest.apiVersion));
  const { name, namespace } = manifest.metadata;
  return {
    manifest,
    construct,
    path: ownerPath(construct),
    group,
    ...isClusterScoped(group, manifest.kind) ? {} : { namespace: textOf(namespace) ?? 'default' },
    ...textOf(name) === undefined ? {} : { name },
  };
}

function identities(model: ManifestModel): Map<string, ModelObject> {
  const found = new Map<string, ModelObject>();
  for (const object of model.objects) {
    if (object.name === undefined) continue;
    const key = identityKey(object.group, object.manifest.kind, object.namespace, object.name);
    if (!found.has(key)) found.set(key, object);
  }
  return found;
}

function namespaces(model: ManifestModel): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const object of model.objects) {
    if (object.namespace !== undefined) push(found, object.namespace, object);
  }
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function identityKey(group: string, kind: string, namespace: string | undefined, name: string): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}

function ownerPath(apiObject: IConstruct): string {
  if (FileObject.is(apiObject)) return `${apiObject.document.file}:${apiObject.document.line}`;
  const parent = apiObject.node.scope;
  return !parent || !parent.node.scope || Chart.isChart(parent) ? apiObject.node.path : parent.node.path;
}
