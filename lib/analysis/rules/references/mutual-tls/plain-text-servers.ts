import { anyServiceOf, clientTls } from './client-side';
import { peerAuthentications, peerMode, peerSelector } from './server-side';
import { Rule } from '../../../rule';
import { selectsAll } from '../../../workloads';

const MUTUAL = ['ISTIO_MUTUAL', 'MUTUAL'];

export const plainTextServers: Rule = {
  code: 'SM0825',
  title: 'clients told to use mutual TLS where only plain text is taken',
  explanation: 'A PeerAuthentication with mode DISABLE takes plain text and nothing else. A DestinationRule that has sidecars use mutual TLS for the same Services '
    + 'makes every request fail (istio security/v1beta1/peer_authentication.proto; networking/v1alpha3/destination_rule.proto).',
  peers: ['KIA0505', 'KIA0506'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: DISABLE }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: mutual, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: mutual, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
`,
  },
  check(context) {
    for (const peer of peerAuthentications(context.model)) {
      if (peerMode(peer) !== 'DISABLE' || !selectsAll(peerSelector(peer))) continue;
      const profile = context.profile(peer);
      const forMesh = peer.namespace === profile.istioNamespace;
      const sent = clientTls(context.model, forMesh ? `*.svc.${profile.clusterDomain}` : anyServiceOf(peer.namespace ?? 'default', profile));
      if (sent === undefined || !MUTUAL.includes(sent.mode)) continue;
      context.report(peer, {
        field: 'spec.mtls.mode',
        value: 'DISABLE',
        peers: [forMesh ? 'KIA0506' : 'KIA0505'],
        reason: `${sent.rule.path} has every client use mutual TLS (${sent.mode}), which these pods do not take`,
        fix: 'set the mode to PERMISSIVE or STRICT, or remove the TLS settings of the DestinationRule',
      });
    }
  },
};
