import type { SchemaNode } from './node';
import { isFields } from './structural';
import { canonical } from './values';
import { Walk } from './walk';

/** Entries of a list that share what has to be unique: the keys of a list-map, the whole entry of a list-set. */
export function listComplaints(node: SchemaNode, list: readonly unknown[], walk: Walk, onlyApply: boolean): void {
  if (list.length < 2) return;
  const seen = new Map<string, number>();
  for (let i = 0; i < list.length; i++) {
    const identity = node.listType === 'set' ? list[i] : keysOf(node, list[i]);
    if (identity === undefined) continue;
    const key = textOf(identity);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, i);
      continue;
    }
    walk.report('duplicate', {
      reason: node.listType === 'set' ? `entry ${first} is the same` : `entry ${first} has the same ${node.listKeys.join(' and ')}`,
      fix: node.listType === 'set' ? 'remove one of the two' : `give each entry another ${node.listKeys.join(' or ')}, or remove one of the two`,
    }, identity, [i], onlyApply);
  }
}

function keysOf({ items, listKeys }: SchemaNode, entry: unknown): Record<string, unknown> | undefined {
  if (!isFields(entry) || !items) return undefined;
  return Object.fromEntries(listKeys.map(key => [key, items.effective(key, entry)]).filter(([, value]) => value !== undefined));
}

/** Most keys are a single text, for which JSON is a detour. */
function textOf(identity: unknown): string {
  if (typeof identity === 'string') return identity;
  const values = isFields(identity) ? Object.values(identity) : [];
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : canonical(identity);
}
