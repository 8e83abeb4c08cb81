const PATTERN = /^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$/;
const MILLISECONDS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];

/** Whether a value is a duration as Prometheus writes it. */
export function isPromDuration(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && PATTERN.test(value);
}

/** Milliseconds of a duration as Prometheus writes it. */
export function promMilliseconds(value: unknown): number | undefined {
  if (!isPromDuration(value)) return undefined;
  const groups = PATTERN.exec(value)!;
  return MILLISECONDS.reduce((sum, size, index) => sum + size * Number(groups[3 + 2 * index] ?? 0), 0);
}
