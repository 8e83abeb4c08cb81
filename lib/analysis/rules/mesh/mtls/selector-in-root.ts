import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { isNamespaceWide, namespaceOf, peerAuthentications, selectorOf } from '../policies';

export const selectorInRoot: Rule = {
  code: 'SM0238',
  title: 'a PeerAuthentication for pods of the namespace of the mesh',
  explanation: 'In the namespace of Istio\'s configuration only the PeerAuthentication without a selector counts, which is that of the mesh; those with one are left out, for pods of '
    + 'that namespace too (istio pilot/pkg/security/authn/policy_applier.go, ComposePeerAuthentication; security/v1beta1/peer_authentication.proto).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: istio-system }
spec:
  selector:
    matchLabels: { app: ledger }
  mtls: { mode: STRICT }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  mtls: { mode: STRICT }
`,
  },
  check(context) {
    for (const policy of peerAuthentications(context.model)) {
      if (isNamespaceWide(policy) || namespaceOf(policy) !== context.profile(policy).istioNamespace) continue;
      context.report(policy, {
        field: 'spec.selector',
        value: Object.entries(selectorOf(policy)).map(([key, value]) => `${key}=${value}`).join(','),
        reason: `${namespaceOf(policy)} holds the configuration of the mesh, where a PeerAuthentication with a selector is ignored`,
        fix: 'put it into the namespace of the pods; for pods of this namespace leave the selector out, which is then for the whole mesh',
      });
    }
  },
};
