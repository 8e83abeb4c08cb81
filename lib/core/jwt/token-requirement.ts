import { ClaimRequirement } from './claim';
import { JwtIssuer } from './jwt-issuer';

/** What the token of a request has to say. */
export interface TokenRequirement {
  /** Who issued it. */
  readonly issuer: JwtIssuer;

  /**
   * Whom it was issued to (`sub`), exactly.
   * @default - anybody
   */
  readonly subject?: string;

  /**
   * What its claims have to be, all of it.
   * @default - nothing is asked of them
   */
  readonly claims?: ClaimRequirement[];
}

/** Claims that meet a requirement. */
export function sampleClaims({ issuer, subject, claims = [] }: TokenRequirement): { [name: string]: unknown } {
  const sample: { [name: string]: unknown } = { iss: issuer.issuer, sub: subject ?? 'somebody' };
  if (issuer._props.audiences?.length) sample.aud = issuer._props.audiences[0];
  for (const { claim, patterns, negated } of claims) {
    if (negated) continue;
    const [last, ...parents] = claim.path.reverse();
    const holder = parents.reverse().reduce<{ [name: string]: unknown }>((at, name) => at[name] = { ...at[name] as object }, sample);
    holder[last] = patterns[0] === '*' ? 'x' : patterns[0]?.replace(/^\*|\*$/, 'x');
  }
  return sample;
}
