/** Whether a value of a manifest is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map, or an empty one where the manifest has something else. */
export function mapOf(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A map of texts; what is no text is left out. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(mapOf(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** The first names of a list that may be long. */
export function someOf(names: readonly string[]): string {
  const rest = names.length - 3;
  return rest > 1 ? `${names.slice(0, 3).join(', ')} and ${rest} more` : names.join(', ');
}
