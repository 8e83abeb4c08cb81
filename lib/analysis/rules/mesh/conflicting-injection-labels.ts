import { MESH_LABELS } from '../../../core/membership';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { textMapOf } from '../../values';

export const conflictingInjectionLabels: Rule = {
  code: 'SM0234',
  title: 'a namespace that asks for the mesh in two ways',
  explanation: 'Injection by revision happens only where istio-injection is absent (istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml), '
    + 'and pods with a sidecar are not captured by ztunnel (cni/pkg/util/enablement_selector.go), so one of the labels does nothing.',
  severity: Severity.WARNING,
  peers: ['IST0123'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    istio.io/rev: canary
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio.io/rev: canary
`,
  },
  check(context) {
    for (const namespace of context.model.ofKind('', 'Namespace')) {
      const { istioNamespace } = context.profile(namespace);
      if (namespace.manifest.metadata?.name === istioNamespace) continue;
      const set = textMapOf(namespace.manifest.metadata?.labels);
      const injection = set[MESH_LABELS.namespaceInjection];
      // any value but `enabled` keeps the injector out on purpose
      if (injection !== undefined && injection !== 'enabled') continue;
      const asked = [MESH_LABELS.namespaceInjection, MESH_LABELS.revision, MESH_LABELS.dataplaneMode].filter(key => set[key] !== undefined);
      if (asked.length < 2) continue;
      context.report(namespace, {
        field: 'metadata.labels',
        value: asked.map(key => `${key}=${set[key]}`).join(', '),
        reason: `these labels exclude each other: ${asked[0]} wins and the rest does nothing`,
        fix: 'keep istio-injection for the default revision, istio.io/rev for another one, or istio.io/dataplane-mode for ambient, one of them alone',
      });
    }
  },
};
