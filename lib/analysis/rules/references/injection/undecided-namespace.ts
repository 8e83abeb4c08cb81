import { MESH_LABELS } from '../../../../core/membership';
import { MeshMode } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { Rule } from '../../../rule';
import { labelsOf } from '../../../workloads';

export const undecidedNamespace: Rule = {
  code: 'SM0878',
  title: 'a namespace that does not say whether it is in the mesh',
  explanation: 'Pods of a namespace without a label of the mesh get no sidecar, unless they ask for one themselves. Saying so, either way, shows that it is meant '
    + '(istio pkg/config/analysis/analyzers/injection/injection.go).',
  severity: Severity.INFO,
  peers: ['IST0102'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
`,
  },
  check(context) {
    for (const namespace of context.model.ofKind('', 'Namespace')) {
      const profile = context.profile(namespace);
      if (!profile.hasIstio || isForeign(namespace.name ?? '', profile)) continue;
      const labels = labelsOf(namespace.manifest.metadata.labels);
      if ([MESH_LABELS.namespaceInjection, MESH_LABELS.revision, MESH_LABELS.dataplaneMode].some(key => labels[key] !== undefined)) continue;
      context.report(namespace, {
        field: 'metadata.labels',
        reason: 'without a label of the mesh its pods stay outside, and nobody can see whether that is meant',
        fix: profile.mesh === MeshMode.AMBIENT
          ? `write ${MESH_LABELS.dataplaneMode}: ambient, or none`
          : `write ${MESH_LABELS.namespaceInjection}: enabled, or disabled`,
      });
    }
  },
};
