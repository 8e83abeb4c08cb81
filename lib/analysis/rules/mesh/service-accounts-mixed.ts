import { authorizationPolicies, firstSet, sourcesOf } from './policies';
import { strings } from './shape';
import { Rule } from '../../rule';

const ACCOUNTS = ['serviceAccounts', 'notServiceAccounts'];
const IDENTITIES = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'];

export const serviceAccountsMixed: Rule = {
  code: 'SM0224',
  title: 'serviceAccounts beside principals or namespaces',
  explanation: 'One source names its callers in one way (CEL rule of the CRD; ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source:
            serviceAccounts: [shop/checkout]
            namespaces: [shop]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source:
            serviceAccounts: [shop/checkout]
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      for (const { field, part } of sourcesOf(policy)) {
        const accounts = firstSet(part, ACCOUNTS);
        const identities = firstSet(part, IDENTITIES);
        if (accounts === undefined || identities === undefined) continue;
        context.report(policy, {
          field: `${field}.${accounts}`,
          value: strings(part[accounts]).join(', '),
          reason: `the API server refuses ${accounts} beside ${identities} in one source`,
          fix: `write the callers as ${identities} alone, or put ${accounts} into a source of its own`,
        });
      }
    }
  },
};
