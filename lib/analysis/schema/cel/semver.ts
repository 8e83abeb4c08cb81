const STRICT = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** A semantic version. */
export class Version {
  /** With `lenient` a leading v, leading zeros and missing parts are put right first. */
  public static parse(text: string, lenient = false): Version | undefined {
    const parts = STRICT.exec(lenient ? normalized(text) : text);
    return parts ? new Version(BigInt(parts[1]), BigInt(parts[2]), BigInt(parts[3]), parts[4]?.split('.') ?? []) : undefined;
  }

  private constructor(
    public readonly major: bigint,
    public readonly minor: bigint,
    public readonly patch: bigint,
    private readonly prerelease: readonly string[],
  ) {}

  public compareTo(other: Version): number {
    for (const [a, b] of [[this.major, other.major], [this.minor, other.minor], [this.patch, other.patch]]) {
      if (a !== b) return a < b ? -1 : 1;
    }
    if (this.prerelease.length === 0 || other.prerelease.length === 0) return Math.sign(other.prerelease.length - this.prerelease.length);
    for (let i = 0; i < Math.max(this.prerelease.length, other.prerelease.length); i++) {
      const order = comparePart(this.prerelease[i], other.prerelease[i]);
      if (order !== 0) return order;
    }
    return 0;
  }
}

function normalized(text: string): string {
  const [, numbers, rest] = /^v?([\d.]*)([^]*)$/.exec(text)!;
  const parts = numbers.split('.').map(part => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumberA && isNumberB) return Number(a) < Number(b) ? -1 : 1;
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : 1;
}
