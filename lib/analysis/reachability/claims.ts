import { matchesText } from './patterns';
import { Truth } from './truth';
import { Fields, fieldsOf, textsOf } from '../values';

/** Claims whose text is a list of words (istio pilot/pkg/security/authn/policy_applier.go, buildSpaceDelimitedClaims). */
const WORDS: readonly unknown[] = ['scope', 'permission'];

/** Whether a pattern matches a claim, or one of its values where it is a list. Only texts match. */
export function matchesClaim(pattern: string, claims: Fields | undefined, names: readonly string[]): boolean {
  const value = names.reduce<unknown>((at, name) => fieldsOf(at)[name], claims);
  if (typeof value === 'string' && WORDS.includes(names[names.length - 1])) return value.split(' ').some(word => matchesText(pattern, word) === true);
  if (typeof value === 'string') return matchesText(pattern, value) === true;
  return textsOf(value).some(one => matchesText(pattern, one) === true);
}

/** Whether `<issuer>/<subject>` matches a token; issuers may hold slashes themselves (requestPrincipalGenerator in istio). */
export function matchesRequestPrincipal(pattern: string, claims: Fields | undefined): Truth {
  const { iss, sub } = fieldsOf(claims);
  if (typeof iss !== 'string' || typeof sub !== 'string' || iss === '' || sub === '') return false;
  const slash = pattern.lastIndexOf('/');
  const [issuer, subject] = slash < 0 ? [pattern, ''] : [pattern.slice(0, slash), pattern.slice(slash + 1)];
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) {
    return slash < 0 ? matchesText(pattern, sub) : matchesText(issuer, iss) === true && subject === sub;
  }
  if (pattern.endsWith('*')) {
    return slash < 0 ? matchesText(pattern, iss) : issuer === iss && matchesText(subject, sub) === true;
  }
  return issuer === iss && subject === sub;
}
