import type * as kplus from 'cdk8s-plus-28';
import { Expected, SIZE } from '../core/wrong-type';

export const CPU: Expected<kplus.Cpu> = {
  what: 'a Cpu of cdk8s-plus',
  fix: 'write the unit down, as in kplus.Cpu.millis(100)',
  holds: (value): value is kplus.Cpu => typeof (value as kplus.Cpu | undefined)?.amount === 'string',
};

/** An amount as Kubernetes spells it. */
export function quantity(amount: unknown): string | undefined {
  if (CPU.holds(amount)) return amount.amount;
  if (!SIZE.holds(amount)) return undefined;
  const kibibytes = amount.toKibibytes();
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
}
