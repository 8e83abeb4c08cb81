/** What a manifest holds at a place where anything may stand. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

/** The fields of an object; none where there is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : NOTHING;
}

/** The entries of a list; none where there is no list. */
export function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Labels or annotations, with scalars as the text that their author meant. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value))
    .filter(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry))
    .map(([key, entry]) => [key, String(entry)]));
}

/** Whether a field holds more than what its type starts out with, which Knative cannot tell from a field that is left out. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

/** Whether a field is there at all. */
export function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
