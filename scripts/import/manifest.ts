import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';

/** What the files of imports/ must be, and a hash of the importer that made them. */
export interface ImportManifest {
  readonly importer: string;
  readonly files: Record<string, string>;
  readonly notice: string;
}

export const MANIFEST_FILE = 'manifest.json';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Changes whenever the catalogue or another source file of the importer does. */
export function importerHash(): string {
  const sources = fs.readdirSync(__dirname).filter(name => name.endsWith('.ts')).sort();
  return sha256(sources.map(name => `${name}\n${fs.readFileSync(path.join(__dirname, name), 'utf8')}`).join('\n'));
}

export function manifest(files: ReadonlyMap<string, string>, notice: string): ImportManifest {
  return {
    importer: importerHash(),
    files: Object.fromEntries([...files].map(([name, content]) => [name, sha256(content)])),
    notice: sha256(notice),
  };
}
