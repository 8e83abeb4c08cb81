import { isNamespaceWide, peerAuthentications, specOf } from './policies';
import { Rule } from '../../rule';
import { fieldsOf } from '../../values';

export const portMtlsWithoutSelector: Rule = {
  code: 'SM0220',
  title: 'portLevelMtls without a selector',
  explanation: 'Ports are those of a workload, so the API server refuses a PeerAuthentication with portLevelMtls and no selector '
    + '(CEL rule of the CRD; ValidatePeerAuthentication in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  mtls: { mode: STRICT }
  portLevelMtls:
    9100: { mode: PERMISSIVE }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  mtls: { mode: STRICT }
  portLevelMtls:
    9100: { mode: PERMISSIVE }
`,
  },
  check(context) {
    for (const policy of peerAuthentications(context.model)) {
      const ports = Object.keys(fieldsOf(specOf(policy).portLevelMtls));
      if (ports.length === 0 || !isNamespaceWide(policy)) continue;
      context.report(policy, {
        field: 'spec.portLevelMtls',
        value: ports.join(', '),
        reason: 'a mode for single ports needs a selector that says whose ports they are; the API server refuses it without',
        fix: 'add spec.selector.matchLabels of the workload; or, with the constructs, name the target, new MutualTls(..., { target, ports }) or MeshPolicy.exemptPort(workload, port)',
      });
    }
  },
};
