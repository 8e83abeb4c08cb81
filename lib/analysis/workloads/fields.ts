/** Manifests may be anything: these read what is there and give nothing for what has another shape. */

export type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = Object.freeze({});

/** The fields of a map; none where the value is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : NO_FIELDS;
}

/** The fields at the end of a path of keys. */
export function fieldsAt(value: unknown, ...keys: readonly string[]): Fields {
  return fieldsOf(keys.reduce<unknown>((at, key) => fieldsOf(at)[key], value));
}

/** The entries of a list, each as a map, with where it stands. */
export function entriesOf(value: unknown, field: string): Entry[] {
  return Array.isArray(value) ? value.map((entry, index) => ({ field: `${field}[${index}]`, value: fieldsOf(entry) })) : [];
}

/** An entry of a list with its path. */
export interface Entry {
  readonly field: string;
  readonly value: Fields;
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number, also where it is written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Whether a field is there at all: null counts as absent, as the API server has it. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
