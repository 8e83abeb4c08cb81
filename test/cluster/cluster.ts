import { binaries } from './binaries';
import { Connection, Reply, connectByKubeconfig } from './connection';
import { Discovery, Resource, pathOf } from './discovery';
import { KubeObject, isCrd, isNamespace, nameOf } from './objects';
import { removeObject } from './removal';
import { startServers } from './servers';
import { until } from './waiting';

export const FIELD_MANAGER = 'cdk8s-serverless-mesh';
const CRD_SECONDS = 300;

export interface ApplyOptions {
  /** The server judges and stores nothing. @default false */
  readonly dryRun?: boolean;
  /** The document's own text: the server then reads the YAML, and no reader of ours comes between. @default - the object as JSON */
  readonly yaml?: string;
}

/** What the server says about one object. */
export type Verdict =
  | { readonly accepted: true; readonly object: KubeObject; readonly warnings: readonly string[] }
  | { readonly accepted: false; readonly refusal: Refusal; readonly warnings: readonly string[] };

export interface Refusal {
  /** The HTTP status; 0 when no request could be made. */
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly { readonly field?: string; readonly message?: string }[];
}

export interface ClusterOptions {
  readonly tell?: (text: string) => void;
}

/** A running API server: servers of our own, or with KUBECONFIG those of somebody else. */
export async function startCluster({ tell = () => undefined }: ClusterOptions = {}): Promise<Cluster> {
  const foreign = process.env.KUBECONFIG;
  if (foreign) {
    return new Cluster(await connectByKubeconfig(), foreign, true, async () => undefined);
  }
  const servers = await startServers(await binaries(tell));
  return new Cluster(servers.connection, servers.kubeconfig, false, () => servers.stop());
}

export class Cluster {
  /** What this run created and has not removed yet. */
  private readonly created = new Map<string, KubeObject>();
  /** Changes that the server has not answered yet. */
  private readonly pending = new Set<Promise<unknown>>();
  private discovered?: Discovery;
  private stopping?: Promise<void>;

  constructor(
    public readonly connection: Connection,
    /** For other processes: the path (or paths) to set as KUBECONFIG. */
    public readonly kubeconfig: string,
    /** Somebody else's: it has controllers, and objects that are none of our business. */
    public readonly foreign: boolean,
    private readonly stopServers: () => Promise<void>,
  ) {}

  public async version(): Promise<string> {
    return (await this.connection.request('GET', '/version')).body.gitVersion;
  }

  /** Server-side apply with strict field validation. What the server refuses is a verdict, not an exception. */
  public async apply(object: KubeObject, options: ApplyOptions = {}): Promise<Verdict> {
    if (!object.metadata?.name) return refused(0, 'Invalid', 'the document has no metadata.name');
    const resource = await this.resource(object.apiVersion, object.kind);
    if (!resource) return refused(0, 'NotFound', `the server serves no kind ${object.kind} in ${object.apiVersion}; is its CRD installed?`);

    if (!options.dryRun && !this.created.has(nameOf(object)) && await this.get(object)) {
      return refused(0, 'AlreadyExists', 'the object is in the cluster and this run did not create it, so it is left alone');
    }
    const query = new URLSearchParams({ fieldManager: FIELD_MANAGER, force: 'true', fieldValidation: 'Strict' });
    if (options.dryRun) query.set('dryRun', 'All');
    const reply = await this.change(options.dryRun ? undefined : object, () =>
      this.connection.request('PATCH', `${pathOf(object, resource)}?${query}`, {
        contentType: 'application/apply-patch+yaml',
        body: options.yaml ?? JSON.stringify(object),
      }));
    if (!succeeded(reply)) {
      const { reason = '', message = JSON.stringify(reply.body), details } = reply.body ?? {};
      return { ...refused(reply.status, reason, message, details?.causes), warnings: reply.warnings };
    }
    if (!options.dryRun && isCrd(object)) await this.untilServed([object]);
    return { accepted: true, object: reply.body, warnings: reply.warnings };
  }

  /** The object as it is now, or undefined. */
  public async get(object: KubeObject): Promise<KubeObject | undefined> {
    const resource = await this.resource(object.apiVersion, object.kind);
    if (!resource) return undefined;
    const { status, body } = await this.connection.request('GET', pathOf(object, resource));
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`${nameOf(object)}: the server answers ${status}: ${body.message ?? JSON.stringify(body)}`);
    return body;
  }

  /** Creates an object unless it is there already; true if this call created it. */
  public async create(object: KubeObject): Promise<boolean> {
    const resource = await this.resource(object.apiVersion, object.kind);
    if (!resource) throw new Error(`the server serves no kind ${object.kind} in ${object.apiVersion}`);
    const collection = pathOf(object, resource).replace(/\/[^/]+$/, '');
    const reply = await this.change(object, () =>
      this.connection.request('POST', `${collection}?fieldManager=${FIELD_MANAGER}&fieldValidation=Strict`, { body: JSON.stringify(object) }));
    if (succeeded(reply)) return true;
    if (reply.status === 409 && reply.body.reason === 'AlreadyExists') return false;
    throw new Error(`${nameOf(object)}: the server answers ${reply.status}: ${reply.body.message ?? JSON.stringify(reply.body)}`);
  }

  /** Removes objects that this run created, in the opposite order, namespaces last, and waits until they are gone. */
  public async remove(objects: readonly KubeObject[]): Promise<void> {
    const mine = objects.filter(object => this.created.has(nameOf(object))).reverse();
    const failures: string[] = [];
    for (const object of [...mine.filter(one => !isNamespace(one)), ...mine.filter(isNamespace)]) {
      try {
        const resource = await this.resource(object.apiVersion, object.kind);
        if (this.foreign && isCrd(object) && await this.hasObjects(object)) {
          throw new Error(`CRD ${object.metadata.name} stays: the cluster has objects of it that this run did not create`);
        }
        if (resource) await removeObject(this.connection, pathOf(object, resource), nameOf(object), this.foreign);
        this.created.delete(nameOf(object));
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  }

  /** Waits until the server serves the kinds of these CRDs, in discovery and in OpenAPI. */
  public async untilServed(crds: readonly KubeObject[]): Promise<void> {
    const served = crds.flatMap(crd => crd.spec.versions
      .filter((version: { served: boolean }) => version.served)
      .map((version: { name: string }) => ({ crd, apiVersion: `${crd.spec.group}/${version.name}`, kind: crd.spec.names.kind })));
    // Discovery has a kind once its CRD is established, and is far cheaper to ask than every CRD.
    let missing = served;
    await until('discovery knows the CRDs', CRD_SECONDS, async () => {
      this.discovered = await Discovery.of(this.connection);
      missing = served.filter(({ apiVersion, kind }) => !this.discovered?.find(apiVersion, kind));
      return missing.length === 0 ? true : undefined;
    }).catch(async (error: Error) => {
      const reasons = await Promise.all(missing.map(async ({ crd, apiVersion }) => `${apiVersion} ${crd.metadata.name}: ${await this.conditions(crd)}`));
      throw new Error(`${error.message}\n${reasons.join('\n')}`);
    });
    await until('OpenAPI knows the CRDs', CRD_SECONDS, async () => {
      const { paths } = (await this.connection.request('GET', '/openapi/v3')).body;
      const unknown = served.filter(({ apiVersion }) => !paths?.[`apis/${apiVersion}`]);
      if (unknown.length > 0) throw new Error(`missing: ${unknown.map(({ apiVersion }) => apiVersion).join(', ')}`);
      return true;
    });
  }

  /** Ends our own servers; leaves a foreign cluster without anything that this run created. */
  public async stop(): Promise<void> {
    this.stopping ??= (async () => {
      try {
        await Promise.allSettled(this.pending);
        if (this.foreign) await this.remove([...this.created.values()]);
      } finally {
        this.connection.close();
        await this.stopServers();
      }
    })();
    return this.stopping;
  }

  /** Once stopping, nothing more is created: it would be left behind. */
  private async change(creates: KubeObject | undefined, request: () => Promise<Reply>): Promise<Reply> {
    if (this.stopping) throw new Error('the cluster is being stopped');
    const answered = request().then(reply => {
      if (creates && succeeded(reply)) this.created.set(nameOf(creates), creates);
      return reply;
    });
    this.pending.add(answered);
    try {
      return await answered;
    } finally {
      this.pending.delete(answered);
    }
  }

  private async conditions(crd: KubeObject): Promise<string> {
    const conditions: { type: string; status: string; message: string }[] = (await this.get(crd))?.status?.conditions ?? [];
    return conditions.map(({ type, status, message }) => `${type} ${status} (${message})`).join(', ') || 'no condition yet';
  }

  private async hasObjects({ metadata, spec }: KubeObject): Promise<boolean> {
    const { name } = spec.versions.find((version: { storage: boolean }) => version.storage);
    return until(`the objects of CRD ${metadata.name} are known`, CRD_SECONDS, async () => {
      const { status, body } = await this.connection.request('GET', `/apis/${spec.group}/${name}/${spec.names.plural}?limit=1`);
      // Not served yet, so nobody can have made one.
      if (status === 404) return false;
      if (status !== 200) throw new Error(`the server answers ${status}: ${body.message ?? JSON.stringify(body)}`);
      return body.items.length > 0;
    });
  }

  private async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const known = this.discovered?.find(apiVersion, kind);
    if (known) return known;
    this.discovered = await Discovery.of(this.connection);
    return this.discovered.find(apiVersion, kind);
  }
}

function succeeded({ status }: Reply): boolean {
  return status === 200 || status === 201;
}

function refused(status: number, reason: string, message: string, causes: Refusal['causes'] = []): Verdict {
  return { accepted: false, refusal: { status, reason, message, causes }, warnings: [] };
}
