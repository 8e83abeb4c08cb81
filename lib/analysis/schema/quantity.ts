/** An amount as Kubernetes writes it (`500m`, `1.5Gi`, `2e3`); undefined where a text is none. */
export interface Quantity {
  /** The amount in billionths, the finest that the API server keeps, rounded up. */
  readonly nano: bigint;
}

const FORM = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([KMGTPE]i)|([numkMGTPE]))?$/;
const BINARY: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const known = new Map<string, Quantity | undefined>();

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function parseQuantity(text: string): Quantity | undefined {
  if (!known.has(text)) known.set(text, parse(text));
  return known.get(text);
}

function parse(text: string): Quantity | undefined {
  const found = FORM.exec(text);
  if (!found) return undefined;
  const [, sign, digits, exponent, binary, decimal] = found;
  const [whole, fraction = ''] = digits.split('.');
  let power = 9 - fraction.length + (decimal ? DECIMAL[decimal] : exponent ? Number(exponent.slice(1)) : 0);
  // no amount that anybody has is as large; the bound keeps the arithmetic small
  power = Math.max(-400, Math.min(400, power));
  let amount = BigInt(whole + fraction || '0');
  if (binary) amount *= 2n ** BINARY[binary];
  const nano = power >= 0 ? amount * 10n ** BigInt(power) : roundedUp(amount, 10n ** BigInt(-power));
  return { nano: sign === '-' ? -nano : nano };
}

function roundedUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}
