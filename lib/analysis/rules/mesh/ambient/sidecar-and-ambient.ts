import { MESH_LABELS } from '../../../../core/membership';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { workloadsOf } from '../../../workloads';

export const sidecarAndAmbient: Rule = {
  code: 'SM1327',
  title: 'pods that ask for a sidecar and for ambient mode',
  explanation: 'ztunnel leaves pods alone that have a sidecar (istio cni/pkg/util/podutil.go), so the label for ambient mode does nothing.',
  severity: Severity.WARNING,
  peers: ['KIA1311', 'KIA1315'],
  example: {
    refused: `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger, sidecar.istio.io/inject: "true", istio.io/dataplane-mode: ambient } }
    spec: { containers: [{ name: app, image: "registry.example.com/ledger:1.0.0" }] }
`,
    accepted: `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger, istio.io/dataplane-mode: ambient } }
    spec: { containers: [{ name: app, image: "registry.example.com/ledger:1.0.0" }] }
`,
  },
  check(context) {
    for (const { object, labels, path } of workloadsOf(context.model).all) {
      if (labels[MESH_LABELS.podInjection] !== 'true' || labels[MESH_LABELS.dataplaneMode] !== 'ambient') continue;
      context.report(object, {
        field: `${path}metadata.labels['${MESH_LABELS.dataplaneMode}']`,
        value: 'ambient',
        reason: 'these pods get a sidecar, and ztunnel leaves pods with a sidecar alone: this label does nothing',
        fix: `keep one of the labels, ${MESH_LABELS.podInjection} or ${MESH_LABELS.dataplaneMode}`,
      });
    }
  },
};
