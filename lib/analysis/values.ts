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
  return fieldsOf(keys.reduce<unknown>((at, key) => fieldsOf(at)[key], value));
}

/** The entries of a list; none where the value is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of a list, each as a map. */
export function mapsOf(value: unknown): Fields[] {
  return listOf(value).map(fieldsOf);
}

/** The entries of a list, each as a map, with where it stands. */
export function entriesOf(value: unknown, field: string): Entry[] {
  return mapsOf(value).map((entry, index) => ({ field: `${field}[${index}]`, value: entry }));
}

/** An entry of a list with its path. */
export interface Entry {
  readonly field: string;
  readonly value: Fields;
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return listOf(value).filter(isText);
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
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter((pair): pair is [string, string] => isText(pair[1])));
}

/** A map of texts, with numbers and booleans as the text that their author meant. */
export function scalarMapOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value))
    .filter(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry))
    .map(([key, entry]) => [key, String(entry)]));
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
