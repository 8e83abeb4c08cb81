import { Address, Range } from './addresses';
import { CelLibrary, Environment } from './library';
import { FORMAT_NAMES, NamedFormat, namedFormat } from './named-formats';
import { Version } from './semver';
import { registerNamespace } from './text-functions';
import { GoUrl } from './urls';
import { parseQuantity } from '../quantity';

class Amount {
  constructor(public readonly nano: bigint) {}
}

/** The types that Kubernetes adds to CEL (apiserver pkg/cel/library): URLs, quantities, addresses, formats, versions. */
export function registerKubernetesFunctions(environment: Environment, { Optional }: CelLibrary): void {
  const define = (signature: string, handler: (...args: never[]) => unknown) => environment.registerFunction(signature, handler);

  environment.registerType('URL', GoUrl);
  define('isURL(string): bool', (text: string) => GoUrl.parse(text) !== undefined);
  define('url(string): URL', (text: string) => found(GoUrl.parse(text), `URL parse error: ${text}`));
  define('URL.getScheme(): string', (url: GoUrl) => url.scheme);
  define('URL.getHost(): string', (url: GoUrl) => url.host);
  define('URL.getHostname(): string', (url: GoUrl) => url.hostname);
  define('URL.getPort(): string', (url: GoUrl) => url.port);
  define('URL.getEscapedPath(): string', (url: GoUrl) => url.escapedPath);
  define('URL.getQuery(): map<string, list<string>>', (url: GoUrl) => url.query);

  registerQuantities(environment, define);
  registerAddresses(environment, define);

  environment.registerType('NamedFormat', NamedFormat);
  define('NamedFormat.validate(string): optional<list<string>>', (format: NamedFormat, text: string) => {
    const wrong = format.validate(text);
    return wrong.length > 0 ? Optional.of(wrong) : Optional.none();
  });
  registerNamespace(environment, 'format', {
    ...Object.fromEntries(FORMAT_NAMES.map(name => [`${name}(): NamedFormat`, () => namedFormat(name)])),
    'named(string): optional<NamedFormat>': (_: unknown, name: string) => {
      const format = namedFormat(name);
      return format ? Optional.of(format) : Optional.none();
    },
  });

  environment.registerType('Semver', Version);
  for (const more of ['', ', bool']) {
    define(`isSemver(string${more}): bool`, (text: string, lenient?: boolean) => Version.parse(text, lenient) !== undefined);
    define(`semver(string${more}): Semver`, (text: string, lenient?: boolean) => found(Version.parse(text, lenient), `Invalid version: ${text}`));
  }
  define('Semver.major(): int', (version: Version) => version.major);
  define('Semver.minor(): int', (version: Version) => version.minor);
  define('Semver.patch(): int', (version: Version) => version.patch);
  define('Semver.compareTo(Semver): int', (a: Version, b: Version) => BigInt(a.compareTo(b)));
  define('Semver.isLessThan(Semver): bool', (a: Version, b: Version) => a.compareTo(b) < 0);
  define('Semver.isGreaterThan(Semver): bool', (a: Version, b: Version) => a.compareTo(b) > 0);
}

type Define = (signature: string, handler: (...args: never[]) => unknown) => void;

function registerQuantities(environment: Environment, define: Define): void {
  const whole = 1_000_000_000n;
  const amount = (text: string) => new Amount(found(parseQuantity(text), `quantities must match the regular expression, got ${text}`).nano);
  environment.registerType('Quantity', Amount);
  environment.registerOperator('Quantity == Quantity', (a: Amount, b: Amount) => a.nano === b.nano);
  define('quantity(string): Quantity', amount);
  define('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined);
  define('Quantity.sign(): int', ({ nano }: Amount) => nano < 0n ? -1n : nano > 0n ? 1n : 0n);
  define('Quantity.isInteger(): bool', ({ nano }: Amount) => nano % whole === 0n && nano / whole < 2n ** 63n);
  define('Quantity.asInteger(): int', ({ nano }: Amount) => {
    if (nano % whole !== 0n) throw new Error('cannot convert value to integer');
    return nano / whole;
  });
  define('Quantity.asApproximateFloat(): double', ({ nano }: Amount) => Number(nano) / 1e9);
  define('Quantity.add(Quantity): Quantity', (a: Amount, b: Amount) => new Amount(a.nano + b.nano));
  define('Quantity.add(int): Quantity', (a: Amount, b: bigint) => new Amount(a.nano + b * whole));
  define('Quantity.sub(Quantity): Quantity', (a: Amount, b: Amount) => new Amount(a.nano - b.nano));
  define('Quantity.sub(int): Quantity', (a: Amount, b: bigint) => new Amount(a.nano - b * whole));
  define('Quantity.isLessThan(Quantity): bool', (a: Amount, b: Amount) => a.nano < b.nano);
  define('Quantity.isGreaterThan(Quantity): bool', (a: Amount, b: Amount) => a.nano > b.nano);
  define('Quantity.compareTo(Quantity): int', (a: Amount, b: Amount) => a.nano < b.nano ? -1n : a.nano > b.nano ? 1n : 0n);
}

function registerAddresses(environment: Environment, define: Define): void {
  const address = (text: string) => found(Address.parse(text), `IP Address '${text}' parse error`);
  const range = (text: string) => found(Range.parse(text), `network address parse error: ${text}`);
  environment.registerType('IP', Address);
  environment.registerType('CIDR', Range);
  environment.registerOperator('IP == IP', (a: Address, b: Address) => a.equals(b));
  environment.registerOperator('CIDR == CIDR', (a: Range, b: Range) => a.toString() === b.toString());
  define('isIP(string): bool', (text: string) => Address.parse(text) !== undefined);
  define('ip(string): IP', address);
  define('isCIDR(string): bool', (text: string) => Range.parse(text) !== undefined);
  define('cidr(string): CIDR', range);
  define('string(IP): string', (ip: Address) => ip.toString());
  define('string(CIDR): string', (cidr: Range) => cidr.toString());
  define('IP.family(): int', (ip: Address) => BigInt(ip.family));
  define('IP.isUnspecified(): bool', (ip: Address) => ip.isUnspecified);
  define('IP.isLoopback(): bool', (ip: Address) => ip.isLoopback);
  define('IP.isLinkLocalMulticast(): bool', (ip: Address) => ip.isLinkLocalMulticast);
  define('IP.isLinkLocalUnicast(): bool', (ip: Address) => ip.isLinkLocalUnicast);
  define('IP.isGlobalUnicast(): bool', (ip: Address) => ip.isGlobalUnicast);
  define('CIDR.containsIP(IP): bool', (cidr: Range, ip: Address) => cidr.contains(ip));
  define('CIDR.containsIP(string): bool', (cidr: Range, ip: string) => cidr.contains(address(ip)));
  define('CIDR.containsCIDR(CIDR): bool', (cidr: Range, other: Range) => cidr.containsRange(other));
  define('CIDR.containsCIDR(string): bool', (cidr: Range, other: string) => cidr.containsRange(range(other)));
  define('CIDR.ip(): IP', (cidr: Range) => cidr.address);
  define('CIDR.masked(): CIDR', (cidr: Range) => cidr.masked());
  define('CIDR.prefixLength(): int', (cidr: Range) => BigInt(cidr.prefix));
  registerNamespace(environment, 'ip', { 'isCanonical(string): bool': (_: unknown, text: string) => address(text).toString() === text });
}

function found<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}
