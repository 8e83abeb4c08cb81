import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Cluster } from './cluster';
import { KubeObject, isCrd } from './objects';
import { eachOf } from './waiting';

const AT_ONCE = 6;

export interface InstalledCrds {
  readonly created: readonly KubeObject[];
  readonly found: readonly KubeObject[];
}

/**
 * Creates the CRDs of a folder and its subfolders that the cluster lacks, and waits until all are served.
 * A CRD that is there already stays as it is.
 */
export async function installCrds(cluster: Cluster, folder: string): Promise<InstalledCrds> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.ya?ml$/.test(file)).sort();
  const fileOf = new Map<string, string>();
  const created: KubeObject[] = [];
  const found: KubeObject[] = [];
  // Each file is read just before it is sent: parsing 10 MB of YAML takes seconds that the server can use.
  await eachOf(files, AT_ONCE, async file => {
    const crd = parse(readFileSync(join(folder, file), 'utf8')) as KubeObject;
    if (!isCrd(crd)) throw new Error(`${join(folder, file)} holds no CustomResourceDefinition`);
    const other = fileOf.get(crd.metadata.name);
    if (other) throw new Error(`${other} and ${file} both hold the CRD ${crd.metadata.name}`);
    fileOf.set(crd.metadata.name, file);
    (await cluster.create(withoutConversionWebhook(crd)) ? created : found).push(crd);
  });
  if (files.length === 0) throw new Error(`${folder} holds no YAML file`);
  await cluster.untilServed(created);
  return { created, found };
}

/** Nothing answers such a webhook here, so any object not written in the storage version would be refused. */
function withoutConversionWebhook(crd: KubeObject): KubeObject {
  if (crd.spec.conversion?.strategy !== 'Webhook') return crd;
  return { ...crd, spec: { ...crd.spec, conversion: { strategy: 'None' } } };
}
