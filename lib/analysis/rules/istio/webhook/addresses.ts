import { isIP, isIPv4 } from 'net';

/** Whether a text is an IP address. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Whether a text is an IP address or a block of them, such as 10.0.0.0/8. */
export function isAddressOrBlock(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isAddress(text);
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  return isAddress(address) && !address.includes('%') && /^(?:0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (isIPv4(address) ? 32 : 128);
}

/** What keeps the rest of an address after `unix://` from being one. */
export function socketFault(path: string): string | undefined {
  if (path.startsWith('@')) return undefined;
  return !path.startsWith('/') || path.endsWith('/') ? 'a socket is the absolute path of a file' : undefined;
}

export function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}
