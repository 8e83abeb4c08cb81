import { Schema } from './crds';
import { ImportRefusal } from './refusal';

const ANYTHING: Schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * Makes sub-trees of a schema free-form. A path reads `spec.containers[].env`; `[]` steps into items, `{}` into the values of a map,
 * `*` stands for every property. A list keeps its being a list.
 */
export function collapse(schema: Schema, paths: readonly string[], owner: string): Schema {
  const copy = structuredClone(schema);
  for (const path of paths) {
    const steps = path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? [];
    if (replace(copy, steps) === 0) {
      throw new ImportRefusal('collapse-missing', `${owner} has no field ${path} to collapse`, 'Correct the path in scripts/import/catalogue.ts');
    }
  }
  return copy;
}

function replace(node: Schema, steps: readonly string[]): number {
  const [step, ...rest] = steps;
  let replaced = 0;
  for (const [container, key] of slots(node, step)) {
    const child = container[key];
    if (rest.length > 0) {
      replaced += replace(child, rest);
    } else {
      container[key] = child.type === 'array' ? { type: 'array', items: { ...ANYTHING } } : { ...ANYTHING };
      replaced += 1;
    }
  }
  return replaced;
}

/** The places below a node that one step of a path names. */
function slots(node: Schema, step: string): [Record<string, Schema>, string][] {
  const holder = node as unknown as Record<string, Schema>;
  if (step === '[]') return node.items ? [[holder, 'items']] : [];
  if (step === '{}') return typeof node.additionalProperties === 'object' ? [[holder, 'additionalProperties']] : [];
  const properties = node.properties ?? {};
  const keys = step === '*' ? Object.keys(properties) : Object.keys(properties).filter(key => key === step);
  return keys.map(key => [properties, key]);
}
