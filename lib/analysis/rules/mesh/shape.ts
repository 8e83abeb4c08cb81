/** Manifests may be anything: these read what is there and give nothing for what has another shape. */

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}

export function entries(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A map of labels or annotations; values of other types are left out. */
export function labels(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
