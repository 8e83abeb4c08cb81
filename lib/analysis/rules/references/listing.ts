import { ModelObject } from '../../model';

/** The first few of some texts, and how many there are beyond. */
export function listing(texts: readonly string[], most = 3): string {
  const rest = texts.length - most;
  if (rest > 0) return `${texts.slice(0, most).join(', ')} and ${rest} more`;
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`;
}

/** Where the first few of some objects come from. */
export function paths(objects: readonly ModelObject[]): string {
  return listing(objects.map(({ path }) => path));
}

/** The first few objects that satisfy a condition, and how many there may be. */
export function firstFew(objects: Iterable<ModelObject>, holds: (object: ModelObject) => boolean, most = 4): ModelObject[] {
  const found: ModelObject[] = [];
  for (const object of objects) {
    if (!holds(object)) continue;
    found.push(object);
    if (found.length === most) break;
  }
  return found;
}
