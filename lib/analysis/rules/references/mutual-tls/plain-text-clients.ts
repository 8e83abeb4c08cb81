import { wideRules } from './client-side';
import { namespaceMode } from './server-side';
import { Rule } from '../../../rule';

export const plainTextClients: Rule = {
  code: 'SM0824',
  title: 'clients told to send plain text where only mutual TLS is taken',
  explanation: 'A DestinationRule with tls.mode DISABLE has sidecars send plain text. Pods for which a PeerAuthentication says STRICT refuse that, so nothing in the mesh '
    + 'reaches them (istio.io, ops/common-problems/network-issues, "503 errors after setting destination rule").',
  peers: ['KIA0207', 'KIA0208'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: plain, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: DISABLE } }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: PERMISSIVE }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: plain, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: DISABLE } }
`,
  },
  check(context) {
    for (const { rule, namespace } of wideRules(context.model, 'DISABLE')) {
      const root = context.profile(rule).istioNamespace;
      const taken = namespaceMode(context.model, namespace ?? root, root);
      if (taken?.mode !== 'STRICT') continue;
      context.report(rule, {
        field: 'spec.trafficPolicy.tls.mode',
        value: 'DISABLE',
        peers: [taken.peer.namespace === root ? 'KIA0208' : 'KIA0207'],
        reason: `${taken.peer.path} takes mutual TLS only, and this rule has every client send plain text`,
        fix: 'remove the rule: sidecars choose mutual TLS by themselves wherever the other side takes it',
      });
    }
  },
};
