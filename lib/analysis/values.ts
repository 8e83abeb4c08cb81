/** Manifests may be anything: these read what is there and give nothing for what has another shape. */

export type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = Object.freeze({});

/** Whether a value is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a map; none where the value is something else. */
export function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : NO_FIELDS;
}

/** The fields at the end of a path of keys. */
export function fieldsAt(value: unknown, ...keys: readonly string[]): Fields {
  let at = fieldsOf(value);
  for (const key of keys) at = fieldsOf(at[key]);
  return at;
}

/** The entries of a list; none where the value is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of a list, each as a map. */
export function mapsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** The entries of a list, each as a map, with where it stands. */
export function entriesOf(value: unknown, field: string): Entry[] {
  // most lists that rules ask for are not there
  return Array.isArray(value) ? value.map((entry, index) => ({ field: `${field}[${index}]`, value: fieldsOf(entry) })) : [];
}

/** An entry of a list with its path. */
export interface Entry {
  readonly field: string;
  readonly value: Fields;
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return value === '' ? undefined : stringOf(value);
}

/** A text, be it empty. */
export function stringOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

/** A whole number, also where it is written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return isText(value) && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** A map of texts, such as labels; values of other types are left out. */
export function textMapOf(value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const map = fieldsOf(value);
  for (const key of Object.keys(map)) {
    const text = map[key];
    if (isText(text)) found[key] = text;
  }
  return found;
}

/** A map of texts, with numbers and booleans as the text that their author meant. */
export function scalarMapOf(value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const map = fieldsOf(value);
  for (const key of Object.keys(map)) {
    const scalar = map[key];
    if (isText(scalar) || typeof scalar === 'number' || typeof scalar === 'boolean') found[key] = String(scalar);
  }
  return found;
}

/** Whether a field is there at all: null counts as absent, as the API server has it. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a field holds more than what its type starts out with, which a program in Go cannot tell from a field that is left out. */
export function isSet(value: unknown): boolean {
  return isGiven(value) && value !== false && value !== '' && value !== 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
