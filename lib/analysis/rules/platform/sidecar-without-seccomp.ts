import { enforcedLevel, isInjected } from './namespace-labels';
import { podTemplates } from './pod-templates';
import { MESH_LABELS } from '../../../core/membership';
import { Rule } from '../../rule';
import { fieldsOf } from '../../values';

const PROFILES = ['RuntimeDefault', 'Localhost'];

export const sidecarWithoutSeccomp: Rule = {
  code: 'SM0502',
  title: 'pods that restricted refuses because of their sidecar',
  explanation: 'Level restricted asks a seccomp profile of every container. Istio\'s containers have none unless its value global.proxy.seccompProfile is set, so they need '
    + 'the pod\'s (istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml and values.yaml; '
    + 'kubernetes.io/docs/concepts/security/pod-security-standards).',
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: v1
kind: Pod
metadata: { name: checkout, namespace: shop }
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: checkout
      image: registry.example.com/shop/checkout:1.0.0
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: { drop: [ALL] }
        seccompProfile: { type: RuntimeDefault }
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: v1
kind: Pod
metadata: { name: checkout, namespace: shop }
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile: { type: RuntimeDefault }
  containers:
    - name: checkout
      image: registry.example.com/shop/checkout:1.0.0
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: { drop: [ALL] }
`,
  },
  check(context) {
    const restricted = new Map(context.model.ofKind('', 'Namespace')
      .filter(namespace => isInjected(namespace) && enforcedLevel(namespace) === 'restricted')
      .map(namespace => [namespace.manifest.metadata.name ?? '', namespace]));
    if (restricted.size === 0) return;
    for (const { object, path, labels, spec } of podTemplates(context.model)) {
      const profile = context.profile(object);
      const namespace = restricted.get(object.manifest.metadata?.namespace ?? 'default');
      if (namespace === undefined || profile.sidecarSeccompProfile || !profile.hasIstio) continue;
      const seccompProfile = fieldsOf(fieldsOf(spec.securityContext).seccompProfile).type;
      if (labels[MESH_LABELS.podInjection] === 'false' || PROFILES.includes(String(seccompProfile))) continue;
      context.report(object, {
        field: `${path}spec.securityContext.seccompProfile`,
        reason: `namespace ${namespace.manifest.metadata.name} enforces pod security level restricted, which asks a seccomp profile of every container, and the sidecar that Istio adds `
          + 'has none, so the API server refuses the pods',
        fix: 'set Istio\'s value global.proxy.seccompProfile.type to RuntimeDefault and declare sidecarSeccompProfile: true in the cluster profile, set '
          + 'seccompProfile.type: RuntimeDefault on the pod, or enforce level baseline (with the constructs, PodSecurityLevel.BASELINE)',
      });
    }
  },
};
