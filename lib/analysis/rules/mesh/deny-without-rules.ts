import { actionOf, authorizationPolicies, specOf } from './policies';
import { Rule } from '../../rule';

export const denyWithoutRules: Rule = {
  code: 'SM0225',
  title: 'DENY or CUSTOM without rules',
  explanation: 'An ALLOW policy without rules denies everything, but a DENY or CUSTOM policy without rules never matches; Istio\'s webhook refuses it '
    + '(ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  action: DENY
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  action: DENY
  rules:
    - {}
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      const action = actionOf(policy);
      const { rules } = specOf(policy);
      if (!['DENY', 'CUSTOM'].includes(action) || (Array.isArray(rules) && rules.length > 0)) continue;
      context.report(policy, {
        field: 'spec.rules',
        reason: `a ${action} policy without rules matches no request, so Istio refuses it`,
        fix: action === 'DENY'
          ? 'add an empty rule ({}) to deny everything, or leave out action and rules: an ALLOW policy without rules denies everything'
          : 'add an empty rule ({}) to ask the provider about every request',
      });
    }
  },
};
