import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Manifest, render } from '../core/rendering';

/** One object of the app with the construct that stands for it. */
export interface ModelObject {
  readonly manifest: Manifest;
  readonly construct: IConstruct;
  /** Path of the construct that the user wrote: the object's parent unless that is a chart. */
  readonly path: string;
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
      if (manifest) objects.push({ manifest, construct, path: ownerPath(construct) });
      if (failure) unrenderable.push({ construct, path: ownerPath(construct), error: failure });
    }
    return new ManifestModel(root, objects, unrenderable);
  }

  private readonly byKind = new Map<string, ModelObject[]>();

  private constructor(
    public readonly root: IConstruct,
    public readonly objects: readonly ModelObject[],
    public readonly unrenderable: readonly Unrenderable[],
  ) {
    for (const object of objects) {
      const key = kindKey(groupOf(object.manifest.apiVersion), object.manifest.kind);
      const bucket = this.byKind.get(key);
      if (bucket) bucket.push(object);
      else this.byKind.set(key, [object]);
    }
  }

  /** Objects of a kind, whatever the version. */
  public ofKind(group: string, kind: string): readonly ModelObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function ownerPath(apiObject: IConstruct): string {
  const parent = apiObject.node.scope;
  return !parent || !parent.node.scope || Chart.isChart(parent) ? apiObject.node.path : parent.node.path;
}
