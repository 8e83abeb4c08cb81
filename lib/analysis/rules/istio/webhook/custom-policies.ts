import { count, eachOfSecurity } from './each';
import { conditionsOf, sourcesOf } from './policy-parts';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf, isGiven, textOf } from '../../../workloads';

const IDENTITIES = ['namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts', 'trustDomains', 'notTrustDomains', 'principals', 'notPrincipals',
  'requestPrincipals', 'notRequestPrincipals'];
const KEYS = ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal'];

export const customPolicies: Rule = {
  code: 'SM1061',
  title: 'external authorization without a provider, or by identity',
  explanation: 'A policy with action CUSTOM names a provider of the mesh, others name none; external providers are asked before callers are identified, so CUSTOM '
    + 'does not look at identities (ValidateAuthorizationPolicy in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  action: CUSTOM
  rules:
    - to: [{ operation: { paths: [/admin] } }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  action: CUSTOM
  provider: { name: opa }
  rules:
    - to: [{ operation: { paths: [/admin] } }]
`,
  },
  check: eachOfSecurity('AuthorizationPolicy', spec => {
    if (spec.action !== 'CUSTOM') {
      return isGiven(spec.provider) ? [{ field: 'spec.provider', reason: 'providers are asked with action CUSTOM alone', fix: 'write action: CUSTOM, or leave provider out' }] : [];
    }
    const found: Finding[] = [];
    if (entriesOf(spec.rules, '').length > 0 && textOf(fieldsOf(spec.provider).name) === undefined) {
      found.push({ field: 'spec.provider.name', reason: 'it does not say who is asked', fix: 'write provider: { name: ... } with one of the extensionProviders of the mesh' });
    }
    for (const { field, value } of sourcesOf(spec)) {
      found.push(...IDENTITIES.filter(name => count(value[name]) > 0)
        .map(name => ({ field: `${field}.${name}`, reason: 'CUSTOM does not look at identities', fix: 'let the provider decide on them, or write a second policy with action DENY' })));
    }
    for (const { field, value } of conditionsOf(spec)) {
      const key = textOf(value.key);
      if (key === undefined || !KEYS.includes(key) && !key.startsWith('request.auth.')) continue;
      found.push({ field: `${field}.key`, value: key, reason: 'CUSTOM does not look at identities', fix: 'let the provider decide on them, or write a second policy with action DENY' });
    }
    return found;
  }),
};
