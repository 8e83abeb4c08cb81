import { authorizationPolicies, operationsOf } from './policies';
import { pathPatternFlaw } from '../../../core/path-pattern';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { textsOf } from '../../values';

export const pathNeverMatches: Rule = {
  code: 'SM0231',
  title: 'a path that matches no request',
  explanation: 'Paths of policies are exact, or have one asterisk as their first or last character; an asterisk elsewhere stands for itself '
    + '(istio pilot/pkg/security/authz/matcher/string.go). The path of a request starts with a slash (RFC 9112, section 3.2.1).',
  severity: Severity.WARNING,
  intents: ['SM0206'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { paths: ['/v1/*/items'] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { paths: ['/v1/{*}/items'] }
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      for (const { field, part } of operationsOf(policy)) {
        for (const list of ['paths', 'notPaths']) {
          for (const path of textsOf(part[list])) {
            const flaw = pathPatternFlaw(path);
            if (flaw === undefined) continue;
            context.report(policy, {
              field: `${field}.${list}`,
              value: path,
              reason: `the path ${flaw}`,
              fix: 'write an exact path (/v1/orders), a prefix (/v1/*), a suffix (*.json) or a template of whole segments (/v1/{*}/items)',
            });
          }
        }
      }
    }
  },
};
