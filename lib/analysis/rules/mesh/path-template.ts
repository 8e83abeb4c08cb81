import { authorizationPolicies, operationsOf } from './policies';
import { Rule } from '../../rule';
import { textsOf } from '../../values';

const LITERAL = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

export const pathTemplate: Rule = {
  code: 'SM0230',
  title: 'a path template that Istio refuses',
  explanation: 'Braces are only for the whole segments {*} and {**}, the latter at most once and last, and no other wildcard stands beside them '
    + '(CheckValidPathTemplate in istio pkg/config/security/security.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { paths: ['/v1/orders/{id}'] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - to:
        - operation: { paths: ['/v1/orders/{*}'] }
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      for (const { field, part } of operationsOf(policy)) {
        for (const list of ['paths', 'notPaths']) {
          for (const path of textsOf(part[list])) {
            const flaw = templateFlaw(path);
            if (flaw === undefined) continue;
            context.report(policy, {
              field: `${field}.${list}`,
              value: path,
              reason: `Istio refuses the path: ${flaw}`,
              fix: 'use {*} for one segment and {**} for all that follow, each as a whole segment, as in /v1/{*}/items or /files/{**}',
            });
          }
        }
      }
    }
  },
};

function templateFlaw(path: string): string | undefined {
  const isTemplate = /\{\*\*?\}/.test(path);
  let open = true;
  for (const segment of path.replace(/^\/+|\/+$/g, '').split('/')) {
    if (segment === '{*}' || segment === '{**}') {
      if (!open) return '{**} must be the last wildcard';
      open = segment === '{*}';
    } else if (/[{}]/.test(segment)) {
      return `segment ${segment} has braces that are neither {*} nor {**} alone`;
    } else if (isTemplate && !LITERAL.test(segment)) {
      return `segment ${segment || '(empty)'} stands beside a template and may hold neither * nor other special characters`;
    }
  }
  return undefined;
}
