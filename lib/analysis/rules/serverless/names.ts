const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

export const DNS_1035 = 'lower-case letters, digits and dashes, begins with a letter, ends with a letter or digit and has at most 63 characters';

export function isDns1123Subdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

export function isDns1123Label(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** A name of Kubernetes with an optional prefix, as labels have it. */
export function isQualifiedName(text: string): boolean {
  const [name, prefix, ...more] = text.split('/').reverse();
  return more.length === 0 && (prefix === undefined || isDns1123Subdomain(prefix)) && name.length <= 63 && QUALIFIED.test(name);
}
