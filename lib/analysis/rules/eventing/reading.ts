/** Reading manifests that may be any garbage. */
export type Fields = { readonly [field: string]: unknown };

/** The fields of a map; none where the value is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}

/** The entries of a list; none where the value is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a field is there at all: null counts as absent, as the API server has it. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
