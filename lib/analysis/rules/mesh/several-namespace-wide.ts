import { isNamespaceWide, namespaceOf, peerAuthentications } from './policies';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule } from '../../rule';

/** How many of the others a message names. */
const SHOWN = 3;

export const severalNamespaceWide: Rule = {
  code: 'SM0221',
  title: 'two PeerAuthentications for one namespace',
  explanation: 'Of several PeerAuthentications without a selector in one namespace only the oldest counts (istio pilot/pkg/model/authentication.go), '
    + 'and which one that is does not stand in any manifest.',
  severity: Severity.WARNING,
  peers: ['KIA0002'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  mtls: { mode: PERMISSIVE }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  mtls: { mode: PERMISSIVE }
`,
  },
  check(context) {
    const byNamespace = new Map<string, ModelObject[]>();
    for (const policy of peerAuthentications(context.model).filter(isNamespaceWide)) {
      const known = byNamespace.get(namespaceOf(policy));
      if (known) known.push(policy);
      else byNamespace.set(namespaceOf(policy), [policy]);
    }
    for (const [namespace, policies] of byNamespace) {
      if (policies.length < 2) continue;
      for (const policy of policies) {
        const others = policies.slice(0, SHOWN + 1).filter(other => other !== policy).slice(0, SHOWN).map(other => other.path);
        const more = policies.length - 1 - others.length;
        context.report(policy, {
          field: 'spec.selector',
          reason: `${others.join(', ')}${more > 0 ? ` and ${more} more` : ''} also ${others.length + more > 1 ? 'hold' : 'holds'} for the whole namespace ${namespace}; `
            + 'only the one that was created first counts, the others are ignored',
          fix: 'keep one PeerAuthentication without a selector per namespace, named default, and give the others a selector',
        });
      }
    }
  },
};
