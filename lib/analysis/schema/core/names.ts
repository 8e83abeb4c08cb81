import { say } from './facts';
import { Complaint } from '../violation';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PORT_NAME = /^(?!-)(?!.*--)(?=.*[a-z])[a-z0-9-]{1,15}(?<!-)$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;

const LOWER = 'use lower case letters, digits and hyphens, beginning and ending with a letter or digit';

/** The checks of names, of which the API server has a few, each with its own idea of a name (apimachinery pkg/util/validation). */
export function dnsLabel(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || (value.length <= 63 && LABEL.test(value)) ? undefined
    : say('the name is no DNS label', `${LOWER}, at most 63 characters`);
}

export function dnsSubdomain(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || (value.length <= 253 && SUBDOMAIN.test(value)) ? undefined
    : say('the name is no DNS subdomain', `${LOWER} between dots, at most 253 characters`);
}

export function dns1035Label(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || (value.length <= 63 && SERVICE.test(value)) ? undefined
    : say('the name is no DNS-1035 label', 'use lower case letters, digits and hyphens, beginning with a letter, at most 63 characters');
}

/** What a path of the API can hold. */
export function pathSegment(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || !(value === '.' || value === '..' || /[/%]/.test(value)) ? undefined
    : say('the name cannot be part of a path', 'leave / and % out');
}

/** A key of a label or annotation: a name of at most 63 characters, after an optional DNS subdomain and a slash. */
export function qualifiedName(value: unknown): Complaint | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = value.split('/');
  const name = parts[parts.length - 1];
  const rightPrefix = parts.length === 1 || (parts.length === 2 && dnsSubdomain(parts[0]) === undefined && parts[0] !== '');
  return rightPrefix && name.length <= 63 && QUALIFIED.test(name) ? undefined
    : say(`${JSON.stringify(value)} is no key`, 'use letters, digits, hyphens, underscores and dots (at most 63), after a DNS subdomain and / if there is a prefix');
}

export function labelValue(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || value === '' || (value.length <= 63 && QUALIFIED.test(value)) ? undefined
    : say('the text is no value of a label', 'use at most 63 letters, digits, hyphens, underscores and dots, beginning and ending with a letter or digit; put anything else into an annotation');
}

export function portName(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || PORT_NAME.test(value) ? undefined
    : say('the name is none of a port', 'use at most 15 lower case letters, digits and single hyphens, with at least one letter');
}

/** A key of a ConfigMap or Secret, which becomes the name of a file. */
export function configKey(value: unknown): Complaint | undefined {
  return typeof value !== 'string' || (value.length <= 253 && CONFIG_KEY.test(value) && value !== '.' && !value.startsWith('..')) ? undefined
    : say(`${JSON.stringify(value)} is no key`, 'use letters, digits, hyphens, underscores and dots');
}
