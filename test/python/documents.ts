import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Document, readDocuments } from '../cluster/documents';

const MOST = 10;

/** How the documents of a folder differ from those of another one, in which files they are and in which order included. */
export function differences(actual: string, expected: string): string[] {
  if (!existsSync(actual)) return ['nothing was written'];
  const [found, wanted] = [readDocuments(actual), readDocuments(expected)];
  if (wanted.length === 0) return [`${expected} holds no document`];
  const names = found.map(nameOf);
  const wantedNames = wanted.map(nameOf);
  const at = Array.from({ length: Math.max(names.length, wantedNames.length) }).findIndex((_, index) => names[index] !== wantedNames[index]);
  if (at >= 0) {
    return [`${names.length} documents, expected ${wantedNames.length}; number ${at + 1} is ${names[at] ?? 'missing'}, expected ${wantedNames[at] ?? 'none'}`];
  }
  return wanted.flatMap((document, index) => differencesIn(found[index].object, document.object, nameOf(document))).slice(0, MOST);
}

function nameOf({ file, object }: Document): string {
  return `${file}: ${object.kind} ${object.metadata?.name}`;
}

function differencesIn(actual: unknown, expected: unknown, path: string): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isMap(actual) || !isMap(expected)) return [`${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
  return [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
    .flatMap(key => differencesIn(actual[key], expected[key], `${path}.${key}`));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
