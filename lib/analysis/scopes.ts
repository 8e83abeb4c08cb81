import * as fs from 'fs';
import * as path from 'path';

interface KnownKind {
  readonly group: string;
  readonly kind: string;
  readonly scope: string;
}

let clusterScoped: Set<string> | undefined;

/** Whether objects of a kind belong to no namespace, as the imported schemas say; a kind that they do not know is taken to have namespaces. */
export function isClusterScoped(group: string, kind: string): boolean {
  clusterScoped ??= new Set(knownKinds().filter(known => known.scope === 'Cluster').map(known => `${known.group}/${known.kind}`));
  return clusterScoped.has(`${group}/${kind}`);
}

/** The folder of the imported schemas, which is not compiled and so lies beside the sources as well as beside the build. */
export function schemasFolder(): string {
  for (let at = __dirname; ; at = path.dirname(at)) {
    const folder = path.join(at, 'imports', 'schemas');
    if (fs.existsSync(path.join(folder, 'index.json'))) return folder;
    if (at === path.dirname(at)) throw new Error(`imports/schemas is not above ${__dirname}`);
  }
}

function knownKinds(): KnownKind[] {
  return JSON.parse(fs.readFileSync(path.join(schemasFolder(), 'index.json'), 'utf8')).kinds;
}
