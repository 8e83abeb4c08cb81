import { dns1035Label, dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../core/names';
import { formatComplaint, isDate, isDateTime } from '../formats';
import { ValueCheck } from '../values';
import { GoUrl } from './urls';

/** A format that CEL knows by name (`format.dns1123Label()`), which validates a text. */
export class NamedFormat {
  constructor(private readonly check: ValueCheck) {}

  /** What is wrong with a text; nothing where it is right. */
  public validate(text: string): string[] {
    const complaint = this.check(text);
    return complaint ? [complaint.reason] : [];
  }
}

const fails = (what: string, holds: (text: string) => boolean): ValueCheck => text => holds(String(text)) ? undefined : { reason: `no ${what}`, fix: '' };
const prefix = (check: ValueCheck): ValueCheck => text => check(String(text).replace(/-$/, 'a'));

const FORMATS: Record<string, ValueCheck> = {
  dns1123Label: dnsLabel,
  dns1123Subdomain: dnsSubdomain,
  dns1035Label,
  qualifiedName,
  dns1123LabelPrefix: prefix(dnsLabel),
  dns1123SubdomainPrefix: prefix(dnsSubdomain),
  dns1035LabelPrefix: prefix(dns1035Label),
  labelValue,
  uri: fails('URI', text => GoUrl.parse(text) !== undefined),
  uuid: text => formatComplaint('uuid', String(text)),
  byte: fails('base64', text => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)),
  date: fails('date', isDate),
  datetime: fails('point in time', isDateTime),
};

export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

export function namedFormat(name: string): NamedFormat | undefined {
  const check = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  return check && new NamedFormat(check);
}
