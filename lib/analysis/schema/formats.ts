import { isIPv6 } from 'net';
import { Complaint } from './violation';

type Check = (text: string) => boolean;

interface Format {
  readonly holds: Check;
  readonly what: string;
  readonly fix: string;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const HOSTNAME = /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$/u;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const EMAIL = /^(?:.*<)?[^\s@<>",;:\\[\]()]+@[^\s@<>",;:\\()]+>?$/;
const MAC = /^(?:[0-9a-fA-F]{2}([:-])(?:[0-9a-fA-F]{2}\1){4}[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4})$/;
const SHORT_NAME = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LONG_NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const WORDY_DURATION = /\d+\s*(?:ns|nano\w*|us|µs|micro\w*|ms|milli\w*|s|sec\w*|m|min\w*|h|hr|hour\w*|d|day\w*|w|wk|week\w*)(?![A-Za-zµ])/i;

/** The formats that the API server enforces in CRDs, without hyphens; it takes no notice of any other, `int32` and `double` included. */
const FORMATS: Record<string, Format> = {
  'datetime': { holds: isDateTime, what: 'a point in time (RFC 3339)', fix: 'write it like 2026-01-31T12:00:00Z' },
  'date': { holds: isDate, what: 'a date', fix: 'write it like 2026-01-31' },
  'duration': { holds: isDuration, what: 'a duration', fix: 'write it like 30s, 5m or 1h30m' },
  'ipv4': { holds: isIpv4, what: 'an IPv4 address', fix: 'write it like 192.0.2.1' },
  'ipv6': { holds: text => isIPv6(text.split('%')[0]), what: 'an IPv6 address', fix: 'write it like 2001:db8::1' },
  'cidr': { holds: isCidr, what: 'a range of addresses', fix: 'write it like 192.0.2.0/24' },
  'uri': { holds: isRequestUri, what: 'a URI', fix: 'write it like https://example.com/path' },
  'hostname': { holds: isHostname, what: 'a host name', fix: 'write it like www.example.com' },
  'email': { holds: text => EMAIL.test(text), what: 'an e-mail address', fix: 'write it like ops@example.com' },
  'mac': { holds: text => MAC.test(text), what: 'a MAC address', fix: 'write it like 00:00:5e:00:53:01' },
  'byte': { holds: text => BASE64.test(text), what: 'data in base64', fix: 'encode it with base64' },
  'uuid': { holds: text => UUID.test(text), what: 'a UUID', fix: 'write it as 32 hexadecimal digits in five groups' },
  'uuid3': { holds: text => UUID.test(text) && /^.{8}-?.{4}-?3/.test(text), what: 'a UUID of version 3', fix: 'write one of version 3' },
  'uuid4': { holds: text => UUID.test(text) && /^.{8}-?.{4}-?4.{3}-?[89ab]/i.test(text), what: 'a UUID of version 4', fix: 'write one of version 4' },
  'uuid5': { holds: text => UUID.test(text) && /^.{8}-?.{4}-?5.{3}-?[89ab]/i.test(text), what: 'a UUID of version 5', fix: 'write one of version 5' },
  'hexcolor': { holds: text => /^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text), what: 'a colour', fix: 'write it like #1a2b3c' },
  'k8s-short-name': { holds: text => SHORT_NAME.test(text), what: 'a short name', fix: 'write at most 63 lower case letters, digits and hyphens' },
  'k8s-long-name': { holds: text => LONG_NAME.test(text), what: 'a long name', fix: 'write lower case letters, digits, hyphens and dots' },
};

/** What a format that the API server enforces has against a text. */
export function formatComplaint(format: string, text: string): Complaint | undefined {
  const known = FORMATS[format] ?? FORMATS[format.replace(/-/g, '')];
  return !known || known.holds(text) ? undefined : { reason: `expected ${known.what}`, fix: known.fix };
}

/** Whether the API server enforces a format at all. */
export function isEnforced(format: string): boolean {
  return format in FORMATS || format.replace(/-/g, '') in FORMATS;
}

export function isDateTime(text: string): boolean {
  const found = DATE_TIME.exec(text);
  return found !== null && isDate(found[1]) && Number(found[2]) < 24 && Number(found[3]) < 60 && Number(found[4]) < 60;
}

export function isDate(text: string): boolean {
  const found = DATE.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A duration as Go's time.ParseDuration reads it. */
export function isGoDuration(text: string): boolean {
  return GO_DURATION.test(text);
}

function isDuration(text: string): boolean {
  return isGoDuration(text) || WORDY_DURATION.test(text);
}

/** Leading zeros are read as decimals here, as the API server does for the sake of what is stored already. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^\d{1,}$/.test(part) && Number(part) <= 255);
}

export function isCidr(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  if (rest.length > 0 || length === undefined || !/^\d{1,3}$/.test(length)) return false;
  return isIpv4(address) ? Number(length) <= 32 : isIPv6(address) && Number(length) <= 128;
}

function isRequestUri(text: string): boolean {
  if (text === '' || /[\x00-\x20\x7f]/.test(text)) return false;
  return text.startsWith('/') || /^[a-zA-Z][a-zA-Z0-9+.-]*:./.test(text);
}

function isHostname(text: string): boolean {
  return HOSTNAME.test(text) && Buffer.byteLength(text) <= 255 && text.split('.').every(part => Buffer.byteLength(part) <= 63);
}
