import { BlockList, isIP } from 'net';

/** Whether a text is an address or a block of addresses. */
export function isBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Whether an address lies in a block; a single address is a block of its own. */
export function isWithin(block: string, address: string): boolean {
  const [network, bits] = block.split('/');
  const version = isIP(network);
  if (!isBlock(block) || isIP(address) === 0) return false;
  const list = new BlockList();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, bits === undefined ? (version === 4 ? 32 : 128) : Number(bits), family);
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a block holds every address of its kind. */
export function isEverywhere(block: string): boolean {
  return block.endsWith('/0');
}
