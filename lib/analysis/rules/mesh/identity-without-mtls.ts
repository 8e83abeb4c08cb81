import { authorizationPolicies, firstSet, isNamespaceWide, namespaceOf, peerAuthentications, rulesOf, selectorOf, sourcesOf, specOf } from './policies';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, mapsOf, stringOf, textsOf } from '../../values';

const IDENTITY_LISTS = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts', 'notServiceAccounts', 'trustDomains', 'notTrustDomains'];
const IDENTITY_KEYS = ['source.principal', 'source.namespace', 'source.serviceAccount', 'source.trustDomain'];

export const identityWithoutMtls: Rule = {
  code: 'SM0228',
  title: 'callers named where mutual TLS is off',
  explanation: 'Principals, namespaces and service accounts are read from the caller\'s certificate (istio/api security/v1beta1/authorization_policy.proto, Source). '
    + 'Where a PeerAuthentication disables mutual TLS there is none: a list of callers then holds for nobody, and a list of exceptions for everybody '
    + '(istio pilot/pkg/security/authz/model/model.go).',
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
      const { excludes, ...place } = named;
      context.report(policy, {
        ...place,
        reason: `${off.path} disables mutual TLS for these pods, so callers have no identity and ${excludes ? 'everybody' : 'nobody'} meets this condition`,
        fix: 'set the mode of the PeerAuthentication to STRICT or PERMISSIVE, or decide by something else than who calls (a token, an address)',
      });
    }
  },
};

/** Where a policy asks who calls, and whether it does so to leave some out. */
function identityIn(policy: ModelObject): { field: string; value: string; excludes: boolean } | undefined {
  for (const { field, part } of sourcesOf(policy)) {
    const list = firstSet(part, IDENTITY_LISTS);
    if (list !== undefined) return { field: `${field}.${list}`, value: textsOf(part[list]).join(', '), excludes: list.startsWith('not') };
  }
  for (const [r, rule] of rulesOf(policy).entries()) {
    const conditions = mapsOf(rule.when);
    const at = conditions.findIndex(condition => IDENTITY_KEYS.includes(stringOf(condition.key) ?? ''));
    if (at < 0) continue;
    return { field: `spec.rules[${r}].when[${at}].key`, value: stringOf(conditions[at].key)!, excludes: textsOf(conditions[at].values).length === 0 };
  }
  return undefined;
}

/** The PeerAuthentication that decides for the pods of a policy, where it switches mutual TLS off; the closest one that says something wins. */
function disabledBy(model: ManifestModel, policy: ModelObject, root: string): ModelObject | undefined {
  const peers = model.derived(decidingPeers);
  const deciding = [podsKey(policy), namespaceOf(policy), root].map(key => peers.get(key)).find(peer => peer !== undefined);
  return deciding !== undefined && modeOf(deciding) === 'DISABLE' ? deciding : undefined;
}

/** The first PeerAuthentication that says something, by namespace, and of those with a selector by namespace and selector. */
function decidingPeers(model: ManifestModel): Map<string, ModelObject> {
  const found = new Map<string, ModelObject>();
  for (const peer of peerAuthentications(model)) {
    const key = isNamespaceWide(peer) ? namespaceOf(peer) : podsKey(peer);
    if ((modeOf(peer) ?? 'UNSET') !== 'UNSET' && !found.has(key)) found.set(key, peer);
  }
  return found;
}

function podsKey(policy: ModelObject): string {
  const selector = Object.entries(selectorOf(policy)).map(([key, value]) => `${key}=${value}`).sort();
  return [namespaceOf(policy), ...selector].join('/');
}

function modeOf(peer: ModelObject): string | undefined {
  return stringOf(fieldsOf(specOf(peer).mtls).mode);
}
