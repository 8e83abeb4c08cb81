import { Schema } from './crds';
import { fieldName } from './naming';

/** Stands in a prepared schema for "any other field"; polish.ts turns it into an index signature. */
export const OPEN_MARKER = 'anyOtherFieldMarker';

/** A schema that cdk8s renders without loss, and the real keys of the fields that had to be given another one for that. */
export interface PreparedSchema {
  readonly schema: Schema;
  readonly aliases: ReadonlyMap<string, string>;
}

export function prepare(schema: Schema): PreparedSchema {
  const aliases = new Map<string, string>();
  return { schema: prepareNode(structuredClone(schema), aliases), aliases };
}

function prepareNode(node: Schema, aliases: Map<string, string>): Schema {
  // cdk8s would make a Date of it, which its own ApiObject then refuses to render
  if (node.format === 'date-time') delete node.format;
  // a combination constrains what `properties` already declare; cdk8s would take some of them for union types
  for (const keyword of ['allOf', 'anyOf', 'not', 'oneOf']) delete node[keyword];
  if (node['x-kubernetes-int-or-string']) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  if (node.enum && losesValues(node.enum)) delete node.enum;
  if (node.items) node.items = prepareNode(node.items, aliases);
  if (typeof node.additionalProperties === 'object') node.additionalProperties = prepareNode(node.additionalProperties, aliases);
  if (!node.properties) return node;

  const fields = Object.entries(node.properties);
  const used = new Set(fields.map(([key]) => key).filter(key => fieldName(key) === key));
  node.properties = {};
  for (const [key, field] of fields) {
    // two keys that differ in case or separators alone get one name from cdk8s, and the second is lost
    const name = key === fieldName(key) || !used.has(fieldName(key)) ? key : alias(key, aliases);
    used.add(fieldName(key));
    node.properties[name] = prepareNode(field, aliases);
  }
  // an interface without fields would render nothing, free-form objects are `any`
  if (fields.length === 0) delete node.properties;
  else if (node['x-kubernetes-preserve-unknown-fields']) node.properties[OPEN_MARKER] = {};
  return node;
}

function alias(key: string, aliases: Map<string, string>): string {
  const name = `aliasedField${'x'.repeat(aliases.size + 1)}`;
  aliases.set(name, key);
  return name;
}

/** cdk8s leaves out empty values and all but the first of those that differ only in case. */
function losesValues(values: readonly unknown[]): boolean {
  const folded = new Set(values.map(value => String(value).toLowerCase()));
  return folded.has('') || folded.size < values.length;
}
