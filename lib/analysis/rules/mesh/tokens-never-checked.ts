import { actionOf, rulesOf } from './policies';
import { fieldOnTokens, mayMeet, policiesOnTokens, requestAuthentications } from './tokens';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

const POLICY = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source: { requestPrincipals: ["*"] }
`;

export const tokensNeverChecked: Rule = {
  code: 'SM1287',
  title: 'a policy on tokens that nobody checks',
  explanation: 'Who a request is by its token, and what its claims are, is known once a RequestAuthentication has verified the token. Where none holds for the pods, '
    + 'there is no principal and no claim (istio pilot/pkg/security/authz/model): an ALLOW rule never matches, and a DENY rule on missing tokens matches everything.',
  severity: Severity.WARNING,
  example: {
    refused: POLICY,
    accepted: `${POLICY}---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  jwtRules:
    - issuer: https://login.example.com
      audiences: [ledger]
`,
  },
  check(context) {
    const checking = requestAuthentications(context.model);
    for (const policy of policiesOnTokens(context.model)) {
      const { istioNamespace } = context.profile(policy);
      // CUSTOM is refused for looking at tokens at all
      if (actionOf(policy) === 'CUSTOM' || checking.some(authentication => mayMeet(authentication, policy, istioNamespace))) continue;
      const at = rulesOf(policy).findIndex(rule => fieldOnTokens(rule) !== undefined);
      context.report(policy, {
        field: `spec.rules[${at}].${fieldOnTokens(rulesOf(policy)[at])}`,
        reason: 'no RequestAuthentication checks the tokens of these requests, so none of them ever has a principal or a claim',
        fix: 'add a RequestAuthentication for the same pods with the issuer of the tokens, or, with the constructs, grant with Caller.jwt, which adds it',
      });
    }
  },
};
