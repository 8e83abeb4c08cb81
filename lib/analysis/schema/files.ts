import * as fs from 'fs';
import * as path from 'path';
import { schemasFolder } from '../scopes';

const parsed = new Map<string, unknown>();

/** A file of imports/schemas, read when the first object needs it. */
export function schemaFile<T>(name: string): T {
  let content = parsed.get(name);
  if (content === undefined) {
    content = JSON.parse(fs.readFileSync(path.join(schemasFolder(), name), 'utf8'));
    parsed.set(name, content);
  }
  return content as T;
}

/** The CEL library as one CommonJS file: the package itself cannot be required everywhere. */
export function celBundle(): string {
  return path.join(schemasFolder(), '..', '..', 'vendor', 'cel-js.cjs');
}
