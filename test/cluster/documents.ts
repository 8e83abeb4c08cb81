import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { KubeObject } from './objects';

/** One document of a YAML file. */
export interface Document {
  readonly file: string;
  /** As it stands in the file, for the server to read. */
  readonly text: string;
  readonly object: KubeObject;
}

/** The documents of a folder and its subfolders, files by name, documents in their order. */
export function readDocuments(folder: string): Document[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
    .flatMap(file => documentsOf(file, readFileSync(join(folder, file), 'utf8')));
}

/** The same split as kubectl's: a line that begins with `---` is never content. */
export function documentsOf(file: string, text: string): Document[] {
  return text.split(/^---(?=\s|$)/m).flatMap((part, index) => {
    // Repeated keys are the server's to refuse; here the text is read only to know what object it is.
    const object = parseDocument(part, { version: '1.1', uniqueKeys: false, logLevel: 'error' }).toJS();
    if (object === null) return [];
    if (typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') {
      throw new Error(`${file}, document ${index + 1}: no object of Kubernetes, it lacks apiVersion or kind`);
    }
    return [{ file, text: part, object: object as KubeObject }];
  });
}
