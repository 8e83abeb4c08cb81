import type { Connection } from './connection';
import type { KubeObject } from './objects';

// The aggregated form: all groups, versions and kinds in one answer.
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** What the server serves, by apiVersion and kind. */
export class Discovery {
  public static async of(connection: Connection): Promise<Discovery> {
    const resources = new Map<string, Resource>();
    for (const root of ['/api', '/apis']) {
      const { status, body } = await connection.request('GET', root, { accept: AGGREGATED });
      if (status !== 200 || body.kind !== 'APIGroupDiscoveryList') {
        throw new Error(`GET ${root} answers ${status} without aggregated discovery; the server must be Kubernetes 1.30 or later`);
      }
      for (const group of body.items) {
        for (const version of group.versions) {
          const apiVersion = group.metadata?.name ? `${group.metadata.name}/${version.version}` : version.version;
          for (const resource of version.resources ?? []) {
            // A version of which the server only knows that it exists has no kind yet.
            if (!resource.responseKind?.kind) continue;
            const served: Resource = { plural: resource.resource, namespaced: resource.scope === 'Namespaced' };
            resources.set(`${apiVersion} ${resource.responseKind.kind}`, served);
          }
        }
      }
    }
    return new Discovery(resources);
  }

  private constructor(private readonly resources: ReadonlyMap<string, Resource>) {}

  public find(apiVersion: string, kind: string): Resource | undefined {
    return this.resources.get(`${apiVersion} ${kind}`);
  }
}

/** Where an object lives; `default` is the namespace of namespaced objects that name none, as with kubectl. */
export function pathOf(object: KubeObject, resource: Resource): string {
  const { apiVersion, metadata: { name, namespace } } = object;
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace ?? 'default')}` : '';
  return `${group}${place}/${resource.plural}/${encodeURIComponent(name)}`;
}
