/** Copies a value with the keys of all its objects in order; arrays keep theirs, because theirs has a meaning. */
export function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)])) as T;
}

export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Compact JSON that starts a new line for each entry down to `depth`, so that a diff names what changed. */
export function compactJson(value: unknown, depth: number): string {
  return `${lines(sorted(value), depth)}\n`;
}

function lines(value: unknown, depth: number): string {
  if (depth === 0 || value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map(inner => lines(inner, depth - 1))
    : Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${lines(inner, depth - 1)}`);
  if (parts.length === 0) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${close}`;
}
