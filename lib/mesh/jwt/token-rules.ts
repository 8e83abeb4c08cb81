import { AuthorizationPolicySpecRulesWhen } from '../../../imports/security.istio.io';
import { TokenRequirement } from '../../core/jwt/token-requirement';

/** Who a request is by its token. Istio parts issuer and subject at the last slash, so a subject with one is asked for as a claim. */
export function requestPrincipals([token]: readonly TokenRequirement[]): string[] {
  if (token === undefined) return [];
  return [`${token.issuer.issuer}/${isPlain(token.subject) ? token.subject : '*'}`];
}

/** What is asked of a token beside who it is. A request has one token, so what a second requirement says of it is asked as well. */
export function claimConditions(tokens: readonly TokenRequirement[]): AuthorizationPolicySpecRulesWhen[] {
  const conditions = tokens.flatMap(({ issuer, subject, claims = [] }, index) => [
    ...index > 0 ? [{ key: 'request.auth.claims[iss]', values: [issuer.issuer] }] : [],
    ...subject !== undefined && (index > 0 || !isPlain(subject)) ? [{ key: 'request.auth.claims[sub]', values: [subject] }] : [],
    ...claims.map(({ claim, patterns, negated }) => ({ key: claim._key, [negated ? 'notValues' : 'values']: patterns })),
  ]);
  return [...new Map(conditions.map(condition => [JSON.stringify(condition), condition])).values()];
}

function isPlain(subject: string | undefined): subject is string {
  return subject !== undefined && !subject.includes('/') && !subject.startsWith('*') && !subject.endsWith('*');
}
