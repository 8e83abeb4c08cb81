const UNITS: Readonly<Record<string, number>> = { h: 3600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, μs: 1e3, ns: 1 };
const PART = /(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/gy;

/** How many nanoseconds a duration such as 1m30s is; nothing where it is none, which is for the schema to say. */
export function nanoseconds(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  let total = 0;
  PART.lastIndex = 0;
  for (let at = 0; at < unsigned.length; at = PART.lastIndex) {
    const part = PART.exec(unsigned);
    if (!part) return undefined;
    total += Number(part[1]) * UNITS[part[2]];
  }
  if (unsigned === '') return undefined;
  return Math.round(text.startsWith('-') ? -total : total);
}
