import * as fs from 'fs';
import * as path from 'path';
import { Schema } from '../../../lib/analysis/schema/structural';
import { schemasFolder } from '../../../lib/analysis/scopes';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
  readonly definitions: Record<string, Schema>;
}

const TEXTS = ['a', 'x-y', 'foo', '80', 'true', '10s', '1h', '500m', '50%', '/a', 'a/b', 'a.example.com', '*.example.com', '192.0.2.1', 'http://a.example.com/b', 'Abc', 'v1', '',
  'a'.repeat(70), '2026-01-31T12:00:00Z', 'aGVsbG8=', 'oci://a/b'];

const FORMATTED: Record<string, string> = { 'date-time': '2026-01-31T12:00:00Z', 'byte': 'aGVsbG8=', 'duration': '10s' };

/** The same sequence for the same seed, on every machine. */
export class Dice {
  constructor(private state: number) {}

  public next(): number {
    this.state = (this.state * 1664525 + 1013904223) % 2 ** 32;
    return this.state / 2 ** 32;
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)];
  }
}

export function customKinds(): CustomKind[] {
  return fs.readdirSync(schemasFolder()).filter(file => !/^(index|kubernetes)\.json$/.test(file)).sort().flatMap(file => {
    const { group, kinds, definitions } = JSON.parse(fs.readFileSync(path.join(schemasFolder(), file), 'utf8'));
    return Object.entries<Json>(kinds).map(([kind, { version, schema }]) => ({ apiVersion: `${group}/${version}`, kind, schema, definitions }));
  });
}

/** An object that mostly is what its schema asks for, and sometimes is not. */
export function generated({ apiVersion, kind, schema, definitions }: CustomKind, dice: Dice): Json {
  const body = valueFor(schema, definitions, dice, 0);
  return { ...typeof body === 'object' && !Array.isArray(body) ? body : {}, apiVersion, kind, metadata: { name: 'generated' } };
}

function valueFor(schema: Schema, definitions: Record<string, Schema>, dice: Dice, depth: number): Json {
  if (schema.$ref) return valueFor(definitions[schema.$ref.split('/')[2]], definitions, dice, depth);
  if (dice.next() < 0.004) return dice.pick<Json>([5, 'x', true, [], {}]);
  if (schema['x-kubernetes-int-or-string']) return dice.next() < 0.5 ? 80 : textFor(schema, dice);
  switch (schema.type) {
    case 'object': return fieldsFor(schema, definitions, dice, depth);
    case 'array': {
      const count = Math.max(schema.minItems ?? 0, Math.floor(dice.next() * 3));
      return Array.from({ length: Math.min(count, schema.maxItems ?? count) }, () => valueFor(schema.items ?? {}, definitions, dice, depth + 1));
    }
    case 'integer': case 'number': {
      const least = schema.minimum ?? 0;
      return dice.next() < 0.02 ? least - 1 : least + Math.floor(dice.next() * Math.min((schema.maximum ?? least + 100) - least + 1, 1000));
    }
    case 'boolean': return dice.next() < 0.5;
    case 'string': return textFor(schema, dice);
    default: return {};
  }
}

function fieldsFor(schema: Schema, definitions: Record<string, Schema>, dice: Dice, depth: number): Json {
  const fields: Json = {};
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const likely = schema.required?.includes(name) ? 0.99 : depth > 4 ? 0.05 : 0.2;
    if (dice.next() < likely) fields[name] = valueFor(part, definitions, dice, depth + 1);
  }
  if (typeof schema.additionalProperties === 'object' && dice.next() < 0.5) fields.key = valueFor(schema.additionalProperties, definitions, dice, depth + 1);
  if (dice.next() < 0.01) fields.unknownField = 1;
  return fields;
}

function textFor(schema: Schema, dice: Dice): string {
  if (schema.enum && dice.next() < 0.98) return dice.pick(schema.enum) as string;
  if (schema.format && FORMATTED[schema.format]) return FORMATTED[schema.format];
  const fitting = TEXTS.filter(text => text.length >= (schema.minLength ?? 0) && text.length <= (schema.maxLength ?? 100));
  return dice.pick(fitting.length > 0 ? fitting : TEXTS);
}
