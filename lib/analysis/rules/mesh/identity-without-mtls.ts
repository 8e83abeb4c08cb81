import { authorizationPolicies, firstSet, isNamespaceWide, namespaceOf, peerAuthentications, rulesOf, selectorOf, sourcesOf, specOf } from './policies';
import { entries, fields, labels, strings, text } from './shape';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';

const IDENTITY_LISTS = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts', 'trustDomains', 'notTrustDomains'];
const IDENTITY_KEYS = ['source.principal', 'source.namespace', 'source.serviceAccount', 'source.trustDomain'];

export const identityWithoutMtls: Rule = {
  code: 'SM0228',
  title: 'callers named where mutual TLS is off',
  explanation: 'Principals, namespaces and service accounts are read from the caller\'s certificate. Where a PeerAuthentication disables mutual TLS there is none, '
    + 'so no such rule ever matches (istio.api security/v1beta1/authorization_policy.proto: "requires mTLS enabled").',
  peers: ['KIA0105'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: DISABLE }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source: { principals: [cluster.local/ns/shop/sa/checkout] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source: { principals: [cluster.local/ns/shop/sa/checkout] }
`,
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      const named = identityIn(policy);
      if (named === undefined) continue;
      const off = disabledBy(context.model, policy, context.profile(policy).istioNamespace);
      if (off === undefined) continue;
      context.report(policy, {
        ...named,
        reason: `${off.path} disables mutual TLS for these pods, so callers have no identity and the rule never matches`,
        fix: 'set the mode of the PeerAuthentication to STRICT or PERMISSIVE, or decide by something else than who calls (a token, an address)',
      });
    }
  },
};

function identityIn(policy: ModelObject): { field: string; value: string } | undefined {
  for (const { field, part } of sourcesOf(policy)) {
    const list = firstSet(part, IDENTITY_LISTS);
    if (list !== undefined) return { field: `${field}.${list}`, value: strings(part[list]).join(', ') };
  }
  for (const [r, rule] of rulesOf(policy).entries()) {
    const at = entries(rule.when).findIndex(condition => IDENTITY_KEYS.includes(text(condition.key) ?? ''));
    if (at >= 0) return { field: `spec.rules[${r}].when[${at}].key`, value: text(entries(rule.when)[at].key)! };
  }
  return undefined;
}

/** The PeerAuthentication that decides for the pods of a policy, where it switches mutual TLS off; the closest one that says something wins. */
function disabledBy(model: ManifestModel, policy: ModelObject, root: string): ModelObject | undefined {
  const namespace = namespaceOf(policy);
  const all = peerAuthentications(model);
  const closestFirst = [
    ...all.filter(peer => namespaceOf(peer) === namespace && !isNamespaceWide(peer) && isSameSelector(selectorOf(peer), selectorOf(policy))),
    ...all.filter(peer => namespaceOf(peer) === namespace && isNamespaceWide(peer)),
    ...all.filter(peer => namespaceOf(peer) === root && isNamespaceWide(peer)),
  ];
  const deciding = closestFirst.find(peer => (modeOf(peer) ?? 'UNSET') !== 'UNSET');
  return deciding !== undefined && modeOf(deciding) === 'DISABLE' ? deciding : undefined;
}

function modeOf(peer: ModelObject): string | undefined {
  return text(fields(specOf(peer).mtls).mode);
}

function isSameSelector(a: Record<string, string>, b: Record<string, string>): boolean {
  const [left, right] = [labels(a), labels(b)];
  return Object.keys(left).length === Object.keys(right).length && Object.entries(left).every(([key, value]) => right[key] === value);
}
