import { eachOfSecurity } from './each';
import { Severity } from '../../../../core/problem';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Fields, fieldsOf, textOf } from '../../../workloads';

const PRIVATE_PARTS: Readonly<Record<string, string>> = { RSA: 'd', EC: 'd', OKP: 'd', oct: 'k' };

export const jwtRules: Rule = {
  code: 'SM1070',
  title: 'JWT rule without a source of keys',
  explanation: 'A rule names the issuer or the jwksUri, and jwks is a JSON Web Key Set; a key in it that is private gives away what it protects '
    + '(validateJwtRule in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec:
  jwtRules:
    - audiences: [shop]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec:
  jwtRules:
    - issuer: https://login.example.com
      audiences: [shop]
`,
  },
  check: eachOfSecurity('RequestAuthentication', spec => entriesOf(spec.jwtRules, 'spec.jwtRules').flatMap(({ field, value }) => {
    const found: Finding[] = [];
    if (textOf(value.issuer) === undefined && textOf(value.jwksUri) === undefined && textOf(value.jwks_uri) === undefined) {
      found.push({ field: `${field}.issuer`, reason: 'it says neither who issues the tokens nor where the keys are', fix: 'write issuer: https://... or jwksUri: https://...' });
    }
    const jwks = textOf(value.jwks);
    return jwks === undefined ? found : [...found, ...inKeySet(jwks, `${field}.jwks`)];
  })),
};

// the keys themselves are never shown
function inKeySet(jwks: string, field: string): Finding[] {
  const set = parsed(jwks);
  if (set === undefined) return [{ field, reason: 'it is no JSON Web Key Set', fix: 'write { "keys": [...] } as JSON' }];
  const keys = Array.isArray(set.keys) ? set.keys.map(fieldsOf) : [set];
  return keys.flatMap((key, index) => {
    const part = PRIVATE_PARTS[String(key.kty)];
    if (part === undefined || textOf(key[part]) === undefined) return [];
    return [{ field, reason: `key ${index} is private, and whoever reads this object can issue tokens`, fix: 'write the public key alone, and replace the pair', severity: Severity.WARNING, peers: ['IST0133'] }];
  });
}

function parsed(jwks: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(jwks);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : undefined;
  } catch {
    return undefined;
  }
}
