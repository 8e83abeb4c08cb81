import type * as kplus from 'cdk8s-plus-28';
import { Expected, SIZE } from '../core/wrong-type';

export const CPU: Expected<kplus.Cpu> = {
  what: 'a Cpu of cdk8s-plus',
  fix: 'write the unit down, as in kplus.Cpu.millis(100)',
  holds: (value): value is kplus.Cpu => typeof (value as kplus.Cpu | undefined)?.amount === 'string',
};

/** An amount in the form to which Kubernetes brings it, so that what is in the cluster does not differ from what was written. */
export function quantity(amount: unknown): string | undefined {
  if (CPU.holds(amount)) return canonicalCpu(amount.amount);
  if (!SIZE.holds(amount)) return undefined;
  let size = amount.toKibibytes();
  let unit = 0;
  while (size !== 0 && size % 1024 === 0 && unit < BINARY.length - 1) {
    size /= 1024;
    unit++;
  }
  return size === 0 ? '0' : `${size}${BINARY[unit]}`;
}

function canonicalCpu(amount: string): string {
  const thousandths = millis(amount);
  if (thousandths === undefined || thousandths !== Number(((amountOf(amount) ?? 0) * 1000).toFixed(6))) return amount;
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const UNITS: { readonly [unit: string]: number } = {
  'n': 1e-9,
  'u': 1e-6,
  'm': 1e-3,
  '': 1,
  'k': 1e3,
  'M': 1e6,
  'G': 1e9,
  'T': 1e12,
  'P': 1e15,
  'E': 1e18,
  'Ki': 2 ** 10,
  'Mi': 2 ** 20,
  'Gi': 2 ** 30,
  'Ti': 2 ** 40,
  'Pi': 2 ** 50,
  'Ei': 2 ** 60,
};
const QUANTITY = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]{0,2})$/;

/** CPU in thousandths, rounded up as Kubernetes does. */
export function millis(amount: unknown): number | undefined {
  const units = amountOf(amount);
  // a fraction of a thousandth that only binary arithmetic sees must not round up
  return units === undefined ? undefined : Math.ceil(Number((units * 1000).toFixed(6)));
}

/** Memory in bytes, rounded up as Kubernetes does. */
export function bytes(amount: unknown): number | undefined {
  const units = amountOf(amount);
  return units === undefined ? undefined : Math.ceil(Number(units.toFixed(3)));
}

function amountOf(amount: unknown): number | undefined {
  const [, digits, unit] = QUANTITY.exec(String(amount ?? '')) ?? [];
  const factor = UNITS[unit];
  const number = Number(digits);
  return factor === undefined || Number.isNaN(number) ? undefined : number * factor;
}
