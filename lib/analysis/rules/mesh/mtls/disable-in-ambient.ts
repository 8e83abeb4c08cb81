import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { Fields, fieldsOf, stringOf } from '../../../values';
import { mapSelector, membershipOf, workloadsOf } from '../../../workloads';
import { isAmbient } from '../ambient/waypoint-use';
import { isNamespaceWide, namespaceOf, peerAuthentications, selectorOf, specOf } from '../policies';

export const disableInAmbient: Rule = {
  code: 'SM0235',
  title: 'mutual TLS switched off in ambient mode',
  explanation: 'ztunnel has no such mode: between two pods of the mesh it is always mutual TLS. DISABLE for all ports counts as PERMISSIVE there, and for one port it does not lift what the '
    + 'namespace asks for (istio pilot/pkg/serviceregistry/ambient/authorization.go; istio.io/latest/docs/reference/config/security/peer_authentication).',
  severity: Severity.WARNING,
  intents: ['SM0211'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: DISABLE }
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: PERMISSIVE }
`,
  },
  check(context) {
    for (const policy of peerAuthentications(context.model)) {
      const fields = disabledIn(specOf(policy));
      if (fields.length === 0 || !isForAmbientPods(context, policy)) continue;
      for (const field of fields) {
        context.report(policy, {
          field,
          value: 'DISABLE',
          reason: 'these pods are in ambient mode, where mutual TLS cannot be switched off',
          fix: 'write PERMISSIVE to accept plain text too',
        });
      }
    }
  },
};

function disabledIn(spec: Fields): string[] {
  const isOff = (tls: unknown) => stringOf(fieldsOf(tls).mode) === 'DISABLE';
  const ports = Object.entries(fieldsOf(spec.portLevelMtls)).filter(([, tls]) => isOff(tls)).map(([port]) => `spec.portLevelMtls["${port}"].mode`);
  return [...isOff(spec.mtls) ? ['spec.mtls.mode'] : [], ...ports];
}

function isForAmbientPods(context: RuleContext, policy: ModelObject): boolean {
  // that of the mesh is for pods of every kind
  if (policy.namespace === context.profile(policy).istioNamespace) return false;
  const pods = isNamespaceWide(policy) ? [] : workloadsOf(context.model).selectedBy(mapSelector(selectorOf(policy)), namespaceOf(policy));
  return pods.length > 0 ? pods.every(workload => membershipOf(context.model, workload) === MeshMembership.AMBIENT) : isAmbient(context, policy);
}
