import { membershipFromLabels, MESH_LABELS } from '../../../../core/membership';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { Labels, labelsOf, Workload, workloadsOf } from '../../../workloads';

const REDIRECTION = 'ambient.istio.io/redirection';

export const sidecarAndAmbient: Rule = {
  code: 'SM1327',
  title: 'pods that ask for a sidecar and for ambient mode',
  explanation: 'ztunnel leaves pods alone that have a sidecar (istio cni/pkg/util/podutil.go), so the label for ambient mode does nothing.',
  severity: Severity.WARNING,
  peers: ['KIA1311', 'KIA1314', 'KIA1315', 'KIA1316'],
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
    for (const workload of workloadsOf(context.model).all) {
      const { object, labels, annotations, path } = workload;
      const namespace = labelsOf(context.model.byName('', 'Namespace', undefined, workload.namespace)?.manifest.metadata.labels);
      if (!hasSidecar(workload, namespace) || isGateway(annotations)) continue;
      const label = { field: `${path}metadata.labels['${MESH_LABELS.dataplaneMode}']`, value: labels[MESH_LABELS.dataplaneMode] };
      if (label.value === 'ambient') {
        context.report(object, {
          ...label,
          reason: 'these pods get a sidecar, and ztunnel leaves pods with a sidecar alone: this label does nothing',
          fix: `keep one of the labels, ${MESH_LABELS.podInjection} or ${MESH_LABELS.dataplaneMode}`,
        });
      } else if (annotations[REDIRECTION] === 'enabled') {
        context.report(object, {
          field: `${path}metadata.annotations['${REDIRECTION}']`,
          value: 'enabled',
          peers: ['KIA1314'],
          reason: 'these pods get a sidecar, and this annotation is what Istio itself writes on pods whose traffic ztunnel takes: it stands on them before that is so',
          fix: 'leave the annotation to Istio',
        });
      } else if (label.value === undefined && membershipFromLabels(namespace) === MeshMembership.AMBIENT) {
        context.report(object, {
          field: `${path}metadata.labels['${MESH_LABELS.podInjection}']`,
          value: labels[MESH_LABELS.podInjection],
          severity: Severity.INFO,
          peers: ['KIA1316'],
          reason: `namespace ${workload.namespace} is in ambient mode, and these pods get a sidecar: ztunnel leaves them alone`,
          fix: `remove the label, unless that is meant; ${MESH_LABELS.dataplaneMode}: none beside it says so`,
        });
      }
    }
  },
};

/** Whether the injector takes pods: it looks at their label, then at their namespace, and never at the label for ambient mode (istio pkg/kube/inject/inject.go). */
function hasSidecar({ labels, spec }: Workload, namespace: Labels): boolean {
  if (spec.hostNetwork === true) return false;
  const own = labels[MESH_LABELS.podInjection];
  return own === 'true' || (own !== 'false' && membershipFromLabels(namespace) === MeshMembership.SIDECAR);
}

// what is injected there is no sidecar
function isGateway(annotations: Labels): boolean {
  return annotations['inject.istio.io/templates'] !== undefined;
}
