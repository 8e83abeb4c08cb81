import { authorizationPolicies, firstSet, namespaceOf, sourcesOf } from './policies';
import { ClusterProfile } from '../../../core/cluster-profile';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';
import { Fields, textsOf } from '../../values';

const ACCOUNTS = ['serviceAccounts', 'notServiceAccounts'];
const IDENTITIES = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'];

export const serviceAccountsMixed: Rule = {
  code: 'SM0224',
  title: 'serviceAccounts beside principals or namespaces',
  explanation: 'One source names its callers in one way (CEL rule of the CRD; ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go). All that a '
    + 'source says has to hold, while of several sources one is enough (istio/api security/v1beta1/authorization_policy.proto).',
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
            principals: [cluster.local/ns/shop/sa/checkout]
            namespaces: [shop]
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
          value: textsOf(part[accounts]).join(', '),
          reason: `the API server refuses ${accounts} beside ${identities} in one source`,
          fix: `${withoutAccounts(accounts, part, policy, context.profile(policy))}; a second source would be an alternative, not a further condition`,
        });
      }
    }
  },
};

/** How a source says the same without service accounts, which principals name too. */
function withoutAccounts(accounts: string, source: Fields, policy: ModelObject, { trustDomain }: ClusterProfile): string {
  const principals = accounts === 'serviceAccounts' ? 'principals' : 'notPrincipals';
  // what both lists ask for is in both of them; what both leave out is in either
  if (principals === 'principals' && textsOf(source.principals).length > 0) return 'leave serviceAccounts out, and keep those principals alone that are among them';
  const names = textsOf(source[accounts]).map(account => account.includes('/') ? account.split('/') : [namespaceOf(policy), account]);
  return `move them to ${principals} of the same source: ${names.map(([namespace, name]) => `${trustDomain}/ns/${namespace}/sa/${name}`).join(', ')}`;
}
