/* eslint-disable no-bitwise */
import { isIPv6 } from 'net';

/** An address or a range of addresses, as CEL's types `net.IP` and `net.CIDR` know them. */
export class Address {
  /** Go's netip.ParseAddr: no leading zeros, no zone, no IPv4 within IPv6. */
  public static parse(text: string): Address | undefined {
    if (/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)) {
      return new Address(4, text.split('.').reduce((bits, part) => bits << 8n | BigInt(part), 0n));
    }
    return isIPv6(text) && !text.includes('%') && !text.includes('.') ? new Address(6, bitsOfIpv6(text)) : undefined;
  }

  private constructor(public readonly family: 4 | 6, public readonly bits: bigint) {}

  public get width(): number {
    return this.family === 4 ? 32 : 128;
  }

  public masked(prefix: number): Address {
    const rest = BigInt(this.width - prefix);
    return new Address(this.family, this.bits >> rest << rest);
  }

  public isIn(network: Address, prefix: number): boolean {
    return this.family === network.family && this.masked(prefix).bits === network.masked(prefix).bits;
  }

  public equals(other: Address): boolean {
    return this.family === other.family && this.bits === other.bits;
  }

  public get isUnspecified(): boolean {
    return this.bits === 0n;
  }

  public get isLoopback(): boolean {
    return this.family === 4 ? this.bits >> 24n === 127n : this.bits === 1n;
  }

  public get isLinkLocalMulticast(): boolean {
    return this.family === 4 ? this.bits >> 8n === 0xe00000n : this.bits >> 112n === 0xff02n;
  }

  public get isLinkLocalUnicast(): boolean {
    return this.family === 4 ? this.bits >> 16n === 0xa9fen : this.bits >> 118n === 0x3fan;
  }

  public get isGlobalUnicast(): boolean {
    const multicast = this.family === 4 ? this.bits >> 28n === 14n : this.bits >> 120n === 0xffn;
    return !this.isUnspecified && !this.isLoopback && !this.isLinkLocalUnicast && !multicast && !(this.family === 4 && this.bits === 0xffffffffn);
  }

  public toString(): string {
    if (this.family === 4) return [24n, 16n, 8n, 0n].map(shift => this.bits >> shift & 255n).join('.');
    const parts = Array.from({ length: 8 }, (_, i) => (this.bits >> BigInt(112 - 16 * i) & 0xffffn).toString(16));
    const zeros = [...parts.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map(found => found[0]).sort((a, b) => b.length - a.length)[0];
    return zeros ? parts.join(':').replace(new RegExp(`(?:^|:)${zeros}(?::|$)`), '::') : parts.join(':');
  }
}

/** A range, with the bits of the address beyond the prefix kept. */
export class Range {
  public static parse(text: string): Range | undefined {
    const [address, prefix, ...rest] = text.split('/');
    const parsed = Address.parse(address);
    if (!parsed || rest.length > 0 || !/^(?:0|[1-9]\d*)$/.test(prefix ?? '') || Number(prefix) > parsed.width) return undefined;
    return new Range(parsed, Number(prefix));
  }

  private constructor(public readonly address: Address, public readonly prefix: number) {}

  public contains(address: Address): boolean {
    return address.isIn(this.address, this.prefix);
  }

  public containsRange(other: Range): boolean {
    return other.prefix >= this.prefix && this.contains(other.address);
  }

  public masked(): Range {
    return new Range(this.address.masked(this.prefix), this.prefix);
  }

  public toString(): string {
    return `${this.address.toString()}/${this.prefix}`;
  }
}

function bitsOfIpv6(text: string): bigint {
  const [before, after] = text.split('::').map(half => half === '' ? [] : half.split(':'));
  const parts = after === undefined ? before : [...before, ...new Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return parts.reduce((bits, part) => bits << 16n | BigInt(parseInt(part, 16)), 0n);
}
