import type { Connection } from './connection';
import { until } from './waiting';

const REMOVAL_SECONDS = 60;

/** The API server itself acts on these; all others wait for controllers. */
const SERVED_FINALIZERS = ['customresourcecleanup.apiextensions.k8s.io'];

/**
 * Deletes an object and waits until it is gone. On servers of our own nobody else acts on finalizers, a namespace's included,
 * so they are struck here; on a foreign cluster its controllers do their work and finalizers are theirs.
 */
export async function removeObject(connection: Connection, path: string, name: string, foreign: boolean): Promise<void> {
  const deletion = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', gracePeriodSeconds: 0 };
  const { status, body } = await connection.request('DELETE', path, { body: JSON.stringify(deletion) });
  if (status === 404) return;
  if (status >= 300) throw new Error(`${name}: deleting it, the server answers ${status}: ${body.message ?? JSON.stringify(body)}`);

  await until(`${name} is gone`, REMOVAL_SECONDS, async () => {
    const found = await connection.request('GET', path);
    if (found.status === 404) return true;
    if (!foreign) await strikeFinalizers(connection, path, found.body);
    throw new Error(`its finalizers: ${JSON.stringify([...found.body.metadata?.finalizers ?? [], ...found.body.spec?.finalizers ?? []])}`);
  });
}

async function strikeFinalizers(connection: Connection, path: string, object: any): Promise<void> {
  const finalizers: string[] = object.metadata?.finalizers ?? [];
  if (finalizers.some(finalizer => !SERVED_FINALIZERS.includes(finalizer))) {
    await connection.request('PATCH', path, {
      contentType: 'application/merge-patch+json',
      body: JSON.stringify({ metadata: { finalizers: finalizers.filter(finalizer => SERVED_FINALIZERS.includes(finalizer)) } }),
    });
  }
  if (object.apiVersion === 'v1' && object.kind === 'Namespace' && object.spec?.finalizers?.length) {
    await connection.request('PUT', `${path}/finalize`, { body: JSON.stringify({ ...object, spec: { finalizers: [] } }) });
  }
}
