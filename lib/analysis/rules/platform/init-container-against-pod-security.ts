import { enforcedLevel, initContainerIn } from './namespace-labels';
import { ClusterProfile } from '../../../core/cluster-profile';
import { Rule } from '../../rule';

const NEEDS = { 'istio-init': 'NET_ADMIN, NET_RAW and root', 'linkerd-init': 'NET_ADMIN and NET_RAW' };

export const initContainerAgainstPodSecurity: Rule = {
  code: 'SM0501',
  title: 'sidecars that the namespace\'s pod security refuses',
  explanation: 'Without the CNI plug-in the injector adds an init container, istio-init or linkerd-init, with NET_ADMIN and NET_RAW; the levels baseline and restricted '
    + 'refuse these capabilities (istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml; '
    + 'linkerd2 charts/partials/templates/_proxy-init.tpl; kubernetes.io/docs/concepts/security/pod-security-standards).',
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
      const container = initContainerIn(namespace, profile);
      if (container === undefined || !['baseline', 'restricted'].includes(level ?? '')) continue;
      context.report(namespace, {
        field: "metadata.labels['pod-security.kubernetes.io/enforce']",
        value: level,
        reason: `every pod of the namespace gets the init container ${container}, which needs ${NEEDS[container]}, so the API server refuses every pod`,
        fix: container === 'istio-init'
          ? 'install Istio with its CNI plug-in and declare istioCni: true in the cluster profile, use ambient mode (istio.io/dataplane-mode: ambient), or enforce '
            + 'level privileged (with the constructs, PodSecurityLevel.PRIVILEGED)'
          : 'install Linkerd with its CNI plug-in and declare linkerdCni: true in the cluster profile, or enforce level privileged (with the constructs, PodSecurityLevel.PRIVILEGED)',
      });
    }
  },
};
