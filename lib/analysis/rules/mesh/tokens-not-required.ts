import { specOf } from './policies';
import { mayMeet, policiesOnTokens, requestAuthentications } from './tokens';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { mapsOf } from '../../values';

const AUTHENTICATION = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  jwtRules:
    - issuer: https://login.example.com
      audiences: [ledger]
`;

export const tokensNotRequired: Rule = {
  code: 'SM1286',
  title: 'tokens that are checked and not asked for',
  explanation: 'A RequestAuthentication turns away requests with a bad token. A request without any is accepted, and has no principal; only an AuthorizationPolicy '
    + 'can ask for one (istio/api security/v1beta1/request_authentication.proto).',
  severity: Severity.WARNING,
  example: {
    refused: AUTHENTICATION,
    accepted: `${AUTHENTICATION}---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  action: DENY
  rules:
    - from:
        - source: { notRequestPrincipals: ["*"] }
`,
  },
  check(context) {
    const asking = policiesOnTokens(context.model);
    for (const authentication of requestAuthentications(context.model)) {
      if (mapsOf(specOf(authentication).jwtRules).length === 0) continue;
      const { istioNamespace } = context.profile(authentication);
      if (asking.some(policy => mayMeet(authentication, policy, istioNamespace))) continue;
      context.report(authentication, {
        field: 'spec.jwtRules',
        reason: 'no AuthorizationPolicy asks for a token: requests that bring none are let in',
        fix: 'add a policy with action DENY and from.source.notRequestPrincipals: ["*"], or, with the constructs, use JwtAuthentication, which adds it',
      });
    }
  },
};
