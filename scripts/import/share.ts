import { Schema } from './crds';
import { canonical } from './json';

/** Below this many characters a reference saves too little to be worth following. */
const WORTH_SHARING = 200;

interface Shared {
  readonly schemas: Schema[];
  readonly definitions: Record<string, Schema>;
}

/** Moves sub-trees that occur more than once into definitions. A reference stands alone, so `#/definitions/NAME` is all a reader resolves. */
export function share(schemas: readonly Schema[]): Shared {
  const uses = new Map<string, number>();
  const count = (node: Schema): void => {
    const key = canonical(node);
    const before = uses.get(key) ?? 0;
    uses.set(key, before + 1);
    // what lies below a repeated sub-tree counts once: it is written once
    if (before === 0) children(node).forEach(([, child]) => count(child));
  };
  schemas.forEach(count);

  const names = new Map<string, string>();
  const definitions: Record<string, Schema> = {};
  const write = (node: Schema, hint: string): Schema => {
    const key = canonical(node);
    if (uses.get(key)! < 2 || key.length < WORTH_SHARING) return withChildren(node, write, hint);
    let name = names.get(key);
    if (!name) {
      name = freeName(hint, definitions);
      names.set(key, name);
      definitions[name] = {};
      definitions[name] = withChildren(node, write, hint);
    }
    return { $ref: `#/definitions/${name}` };
  };
  return { schemas: schemas.map(schema => withChildren(schema, write, 'root')), definitions };
}

function children(node: Schema): [string, Schema][] {
  return [
    ...Object.entries(node.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    ...(node.items ? [['', node.items] as [string, Schema]] : []),
    ...(typeof node.additionalProperties === 'object' ? [['', node.additionalProperties] as [string, Schema]] : []),
  ];
}

function withChildren(node: Schema, write: (child: Schema, hint: string) => Schema, hint: string): Schema {
  const copy: Schema = { ...node };
  if (node.properties) {
    copy.properties = Object.fromEntries(children({ properties: node.properties }).map(([key, child]) => [key, write(child, key)]));
  }
  if (node.items) copy.items = write(node.items, hint);
  if (typeof node.additionalProperties === 'object') copy.additionalProperties = write(node.additionalProperties, hint);
  return copy;
}

function freeName(hint: string, taken: Record<string, Schema>): string {
  const base = hint.replace(/[^A-Za-z0-9]/g, '') || 'field';
  let name = base;
  for (let number = 2; name in taken; number++) name = `${base}${number}`;
  return name;
}
