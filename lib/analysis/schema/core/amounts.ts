import { isIPv6 } from 'net';
import { say } from './facts';
import { portName } from './names';
import { isCidr, isIpv4 } from '../formats';
import { oneOf, ValueCheck } from '../values';

/** One of some words. */
export function choice(...allowed: string[]): ValueCheck {
  const complaint = oneOf(allowed);
  return value => typeof value !== 'string' || allowed.includes(value) ? undefined : complaint;
}

export function range(least: number, most: number): ValueCheck {
  const complaint = say('the number is out of range', `write a number from ${least} to ${most}`);
  return value => typeof value !== 'number' || (value >= least && value <= most) ? undefined : complaint;
}

export function atLeast(least: number): ValueCheck {
  const complaint = say('the number is too small', `write a number of at least ${least}`);
  return value => typeof value !== 'number' || value >= least ? undefined : complaint;
}

export const port = range(1, 65535);

/** Zero is a port that is not set. */
export const portOrNone = range(0, 65535);

/** Users and groups. */
export const id = range(0, 2 ** 31 - 1);

/** A number of a port, or the name of one. */
export const portOrName: ValueCheck = value => typeof value === 'string' ? portName(value) : port(value);

/** A count, or a share in percent. */
export const countOrPercent: ValueCheck = value => {
  if (typeof value === 'number') return atLeast(0)(value);
  return typeof value !== 'string' || /^\d+%$/.test(value) ? undefined : say('the text is no share', 'write a number, or a percentage such as 25%');
};

/** As above, and no more than all. */
export const countOrShare: ValueCheck = value => countOrPercent(value)
  ?? (typeof value === 'string' && Number(value.slice(0, -1)) > 100 ? say('the share is more than all', 'write at most 100%') : undefined);

export const ip: ValueCheck = value => typeof value !== 'string' || isIpv4(value) || isIPv6(value) ? undefined
  : say('the text is no address', 'write an IP address such as 192.0.2.1');

export const cidr: ValueCheck = value => typeof value !== 'string' || isCidr(value) ? undefined
  : say('the text is no range of addresses', 'write it like 192.0.2.0/24');
