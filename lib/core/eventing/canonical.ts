/** A value as text with the keys of its maps in one order, so that equal ones read the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) => typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
    : inner) ?? '';
}
