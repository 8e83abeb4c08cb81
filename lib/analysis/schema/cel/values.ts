import { CelProgram } from './program';
import type { SchemaNode } from '../node';
import { Fields, isFields } from '../structural';

const RESERVED = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop',
  'package', 'namespace', 'return', 'var', 'void', 'while']);
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const escapes = new Map<string, string>();

/**
 * A value as rules see it: with defaults filled in, nulls that may not be there left out, whole numbers as integers, and fields under the
 * names that CEL can say (`__namespace__`). Of an object only the fields that are spoken of are taken along.
 */
export function celValue(value: unknown, node: SchemaNode | undefined, names: ReadonlySet<string>): unknown {
  if (value === null || value === undefined) return null;
  if (!node) return value;
  switch (node.kind) {
    case 'integer': return Number.isInteger(value) ? BigInt(value as number) : value;
    case 'int-or-string': return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
    case 'string': return typeof value === 'string' ? celText(value, node.schema.format) : value;
    case 'array': return Array.isArray(value) ? value.map(entry => celValue(entry, node.items, names)) : value;
    case 'object': return isFields(value) ? celFields(value, node, names) : value;
    default: return isFields(value) && node.names.length > 0 ? celFields(value, node, names) : value;
  }
}

function celFields(value: Fields, node: SchemaNode, names: ReadonlySet<string>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name of node.names) {
    const escaped = celName(name);
    if (!names.has(escaped)) continue;
    const found = node.effective(name, value);
    // a null counts as not there, even where it may be there
    if (found === undefined || found === null) continue;
    result[escaped] = celValue(found, node.field(name), names);
  }
  const { rest } = node;
  if (rest) {
    for (const [key, found] of Object.entries(value)) {
      if (found !== undefined && (found !== null || rest.nullable)) result[key] = celValue(found, rest, names);
    }
  }
  return result;
}

/** Formats that are types of their own in CEL. */
function celText(text: string, format: string | undefined): unknown {
  switch (format) {
    case 'date-time': case 'date': return new Date(text);
    case 'duration': {
      const outcome = CelProgram.of('duration(self)').evaluate(text);
      return 'value' in outcome ? outcome.value : text;
    }
    case 'byte': return Uint8Array.from(Buffer.from(text, 'base64'));
    default: return text;
  }
}

/** The name of a field as rules have to write it. */
export function celName(name: string): string {
  let escaped = escapes.get(name);
  if (escaped === undefined) {
    escaped = RESERVED.has(name) ? `__${name}__`
      : IDENTIFIER.test(name) && !name.includes('__') ? name
        : name.replace(/__/g, '__underscores__').replace(/\./g, '__dot__').replace(/-/g, '__dash__').replace(/\//g, '__slash__');
    escapes.set(name, escaped);
  }
  return escaped;
}
