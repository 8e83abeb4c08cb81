import { enforcedLevel, isInjected } from './namespace-labels';
import { ClusterProfile } from '../../../core/cluster-profile';
import { MeshMode } from '../../../core/mesh-mode';
import { Rule } from '../../rule';

export const initContainerAgainstPodSecurity: Rule = {
  code: 'SM0501',
  title: 'sidecars that the namespace\'s pod security refuses',
  explanation: 'Without the CNI plug-in the injector adds the init container istio-init, which runs as root with NET_ADMIN and NET_RAW; the levels baseline and restricted '
    + 'refuse these capabilities (istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml; '
    + 'kubernetes.io/docs/concepts/security/pod-security-standards).',
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    pod-security.kubernetes.io/enforce: baseline
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    pod-security.kubernetes.io/enforce: privileged
`,
    profile: ClusterProfile.sidecar({ istioCni: false }),
  },
  check(context) {
    for (const namespace of context.model.ofKind('', 'Namespace')) {
      const profile = context.profile(namespace);
      const level = enforcedLevel(namespace);
      if (profile.mesh === MeshMode.NONE || profile.istioCni || !isInjected(namespace) || !['baseline', 'restricted'].includes(level ?? '')) continue;
      context.report(namespace, {
        field: "metadata.labels['pod-security.kubernetes.io/enforce']",
        value: level,
        reason: 'every pod of the namespace gets the init container istio-init, which needs NET_ADMIN, NET_RAW and root, so the API server refuses every pod',
        fix: 'install Istio with its CNI plug-in and declare istioCni: true in the cluster profile, use ambient mode (istio.io/dataplane-mode: ambient), or enforce '
          + 'level privileged (with the constructs, PodSecurityLevel.PRIVILEGED)',
      });
    }
  },
};
