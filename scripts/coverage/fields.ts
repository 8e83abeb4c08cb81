import * as fs from 'fs';
import * as path from 'path';
import { Json } from './table';

const SCHEMAS = path.join(__dirname, '..', '..', 'imports', 'schemas');

/** The paths of all fields of a kind's spec that hold no further fields: `[]` stands for the entries of a list, `{}` for those of a map. */
export function fieldsOfKind(group: string, kind: string): string[] {
  const { definitions = {}, kinds } = JSON.parse(fs.readFileSync(path.join(SCHEMAS, `${group}.json`), 'utf8'));
  const found = new Set<string>();
  walk(kinds[kind].schema.properties.spec, 'spec');
  return [...found];

  function walk(given: Json, at: string): void {
    const schema = given.$ref ? { ...definitions[given.$ref.split('/').at(-1)], ...given } : given;
    if (schema.properties) Object.entries(schema.properties).forEach(([name, field]) => walk(field, `${at}.${name}`));
    else if (schema.items) walk(schema.items, `${at}[]`);
    else if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${at}{}`);
    else found.add(at);
  }
}

/** The paths among `fields` that a manifest has. */
export function fieldsIn(manifest: Json, fields: readonly string[]): Set<string> {
  return new Set(fields.filter(field => has(manifest, field.split('.').flatMap(part => part.split(/(?=\[\]|\{\})/)))));
}

function has(value: Json, [first, ...rest]: string[]): boolean {
  if (value === undefined || value === null) return false;
  if (first === undefined) return true;
  if (first === '[]') return Array.isArray(value) && value.some(entry => has(entry, rest));
  if (first === '{}') return Object.values(value).some(entry => has(entry, rest));
  return has(value[first], rest);
}
