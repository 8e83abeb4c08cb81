import { RequestAuthenticationSpecJwtRules } from '../../../imports/security.istio.io';
import { JwtIssuer, TokenLocation } from '../../core/jwt/jwt-issuer';

/** A rule of a RequestAuthentication. */
export function renderIssuer(issuer: JwtIssuer): RequestAuthenticationSpecJwtRules {
  const { audiences, keys, tokensFrom = [], forwardOriginalToken, payloadHeader, claimHeaders = {}, spaceDelimitedClaims, keysTimeout } = issuer._props;
  const headers = inPlace(tokensFrom, 'header').map(({ name, prefix }) => ({ name, prefix }));
  const claims = Object.entries(claimHeaders).map(([header, claim]) => ({ header, claim: claim.path.join('.') }));
  return {
    issuer: issuer.issuer,
    audiences: some(audiences),
    jwksUri: keys?.uri,
    jwks: keys?.jwks,
    fromHeaders: some(headers),
    fromParams: some(inPlace(tokensFrom, 'parameter').map(({ name }) => name)),
    fromCookies: some(inPlace(tokensFrom, 'cookie').map(({ name }) => name)),
    // what is not said is said by Istio, which takes the token away
    forwardOriginalToken: forwardOriginalToken || undefined,
    outputPayloadToHeader: payloadHeader,
    outputClaimToHeaders: some(claims),
    spaceDelimitedClaims: some(spaceDelimitedClaims),
    timeout: keysTimeout && `${keysTimeout.toSeconds({ integral: false })}s`,
  };
}

function inPlace(locations: readonly TokenLocation[], place: TokenLocation['_place']): TokenLocation[] {
  return locations.filter(location => location._place === place);
}

function some<T>(list: readonly T[] | undefined): T[] | undefined {
  return list?.length ? [...list] : undefined;
}
