const NANOSECONDS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const DURATION = /^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?(\d+(\.\d*)?|\.\d+))?$/;

export const MAX_INT32 = 2147483647;

/** Nanoseconds of a duration as Go writes it (`1m30s`); undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const sum = [...text.matchAll(PART)].reduce((total, [, amount, unit]) => total + Number(amount) * NANOSECONDS[unit], 0);
  return text.startsWith('-') ? -sum : sum;
}

export function isWholeSeconds(nanoseconds: number): boolean {
  return nanoseconds % 1e9 === 0;
}

export const SECOND = 1e9;
export const HOUR = 3600e9;

/** An integer in decimal digits; undefined where it is none. */
export function parseInteger(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

export function parseFloatingPoint(text: string): number | undefined {
  return FLOAT.test(text) ? Number(text) : undefined;
}

/** Whether a text is an amount of a resource (`100m`, `1.5Gi`). */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}
