import { Finding } from '../../../rule';
import { Fields, fieldsOf } from '../../../workloads';

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const LABEL_NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/** Whether a text is one label of a host name (istio pkg/config/labels/instance.go). */
export function isLabel(text: string): boolean {
  return text.length <= LONGEST_LABEL && LABEL.test(text);
}

/** What keeps a text from being a full host name; nothing where it is one. */
export function domainFault(domain: string): string | undefined {
  return lengthFault(domain) ?? labelsFault(domain);
}

/** The same where the first label may be an asterisk, or begin with one. */
export function wildcardDomainFault(domain: string): string | undefined {
  const long = lengthFault(domain);
  if (long !== undefined) return long;
  const dot = domain.indexOf('.');
  const first = dot < 0 ? domain : domain.slice(0, dot);
  if (first.length > LONGEST_LABEL || !WILDCARD_LABEL.test(first)) return `'${first}' cannot be the first part of a host`;
  return dot < 0 ? undefined : labelsFault(domain.slice(dot + 1));
}

/** Labels of pods or subsets that no pod can have. */
export function labelFaults(labels: unknown, field: string): Finding[] {
  return Object.entries(fieldsOf(labels) as Fields).flatMap(([key, value]) => {
    const at = `${field}[${key}]`;
    if (!isLabelKey(key)) return [{ field: at, value: key, reason: 'this is no key of a label', fix: 'write letters, digits, -, _ and dots, after a host name and a slash if need be' }];
    if (typeof value !== 'string' || value === '' || LABEL_NAME.test(value)) return [];
    return [{ field: at, value, reason: 'no label has this value', fix: 'write letters, digits, -, _ and dots, beginning and ending with a letter or digit' }];
  });
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (!LABEL_NAME.test(name) || name.length > LONGEST_LABEL) return false;
  return prefix === undefined || prefix.length <= 253 && prefix.split('.').every(part => LABEL.test(part));
}

function lengthFault(domain: string): string | undefined {
  if (domain === '') return 'a host cannot be empty';
  return domain.length > LONGEST_NAME ? `a host has at most ${LONGEST_NAME} characters` : undefined;
}

function labelsFault(domain: string): string | undefined {
  const parts = domain.split('.');
  const last = parts[parts.length - 1];
  if (/^[+-]?\d+$/.test(last)) return `the last part of a host cannot be a number, as '${last}' is`;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part === '') return undefined;
    if (!isLabel(part)) return part.includes('*') ? 'an asterisk may stand at the beginning alone' : `'${part}' cannot be a part of a host`;
  }
  return undefined;
}
