import { allowed, Answer, denied } from './answer';
import { ModelObject } from '../model';
import { entriesOf, Fields, fieldsOf, isGiven, textOf, textsOf } from '../values';

/** A token as a question brings it. */
export interface Token {
  readonly claims: Fields;
  /** Whether its signature and its dates are good. */
  readonly valid: boolean;
}

/** What a proxy makes of the token of a request. */
export interface Authentication {
  readonly answer: Answer;
  /** The claims of a token that was verified. */
  readonly claims?: Fields;
  /** Whether the request goes on without it. */
  readonly taken?: boolean;
}

/**
 * What the RequestAuthentications of a proxy say to a token: one that none of them accepts is refused, none at all passes and leaves the
 * request without a principal (istio/api security/v1beta1/request_authentication.proto; convertToEnvoyJwtConfig in istio).
 */
export function authenticate(policies: readonly ModelObject[], token: Token | undefined): Authentication | undefined {
  const rules = policies.flatMap(policy => entriesOf(fieldsOf(policy.manifest.spec).jwtRules, '').map(({ value }) => ({ policy, rule: value })));
  if (rules.length === 0) return undefined;
  if (token === undefined) return { answer: allowed('the request brings no token, which passes and gives it no principal') };
  const issuer = textOf(token.claims.iss);
  const accepting = token.valid ? rules.find(({ rule }) => accepts(rule, token.claims)) : undefined;
  if (accepting) return { claims: token.claims, taken: accepting.rule.forwardOriginalToken !== true, answer: allowed(`the token of ${issuer ?? 'an issuer that is not named'} is accepted`, accepting.policy) };
  const why = token.valid ? 'no rule accepts its issuer and audience' : 'it is not valid';
  return { answer: denied(`the token of ${issuer ?? 'no issuer'} is refused: ${why}`, rules[0].policy) };
}

function accepts(rule: Fields, claims: Fields): boolean {
  if (isGiven(rule.issuer) && rule.issuer !== claims.iss) return false;
  const audiences = textsOf(rule.audiences);
  const named = typeof claims.aud === 'string' ? [claims.aud] : textsOf(claims.aud);
  return audiences.length === 0 || named.some(audience => audiences.includes(audience));
}
