import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ManifestModel } from '../../../model';
import { Rule } from '../../../rule';
import { mapsOf } from '../../../values';
import { mapSelector, membershipOf, servicesOf, textOf, Workload, workloadsOf } from '../../../workloads';
import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, namespaceOf, selectorOf, specOf } from '../../mesh/policies';

const policy = (selector: string) => `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: orders, image: "registry.example.com/orders:1.2.0" }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template: { metadata: { labels: { app: ledger } }, spec: { containers: [{ name: ledger, image: "registry.example.com/ledger:1.2.0" }] } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: shop }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec:
  ${selector}rules: [{ from: [{ source: { namespaces: [shop] } }] }]
`;

export const uncoveredWorkload: Rule = {
  code: 'SM0289',
  title: 'a workload that the policies of its namespace leave open',
  explanation: 'Pods that no AuthorizationPolicy is for take requests from everybody. Where others of the namespace have policies, that may well be an oversight (istio.io, concepts/security, '
    + 'implicit enablement; kiali business/checkers/workloads/uncovered_workload_checker.go). Only for pods in the mesh that a Service sends requests to, and in namespaces that have policies.',
  severity: Severity.INFO,
  peers: ['KIA1301'],
  example: { refused: policy('selector: { matchLabels: { app: orders } }\n  '), accepted: policy('') },
  check(context) {
    const { model } = context;
    const covered = new Set<Workload>();
    const open = new Set<string>();
    for (const object of authorizationPolicies(model).filter(one => actionOf(one) !== 'AUDIT')) {
      const namespace = namespaceOf(object);
      // what is for the whole mesh or a whole namespace leaves nothing open
      if (isNamespaceWide(object) && !hasTargetRefs(object)) {
        if (namespace === context.profile(object).istioNamespace) return;
        open.delete(namespace);
        for (const workload of workloadsOf(model).inNamespace(namespace)) covered.add(workload);
        continue;
      }
      open.add(namespace);
      const pods = hasTargetRefs(object) ? behind(model, namespace, specOf(object)) : workloadsOf(model).selectedBy(mapSelector(selectorOf(object)), namespace);
      for (const workload of pods) covered.add(workload);
    }
    for (const namespace of open) {
      // a policy of a gateway or a waypoint alone says nothing of the others
      const own = workloadsOf(model).inNamespace(namespace);
      if (!own.some(workload => covered.has(workload))) continue;
      for (const workload of own) {
        if (covered.has(workload) || servicesOf(model).ofWorkload(workload).length === 0 || workload.annotations['inject.istio.io/templates'] !== undefined) continue;
        if (![MeshMembership.SIDECAR, MeshMembership.AMBIENT].includes(membershipOf(model, workload)!)) continue;
        context.report(workload.object, {
          field: `${workload.path}metadata.labels`,
          reason: `no AuthorizationPolicy is for these pods, though others of namespace ${namespace} have one: they take requests from everybody`,
          fix: 'write one that names the callers, or one without rules and selector for the namespace, which denies what no other allows',
        });
      }
    }
  },
};

function behind(model: ManifestModel, namespace: string, spec: Readonly<Record<string, unknown>>): readonly Workload[] {
  return mapsOf(spec.targetRefs).flatMap(({ kind, name }) => {
    // a gateway or a waypoint may be before all of them
    if (kind !== 'Service') return workloadsOf(model).inNamespace(namespace);
    const service = servicesOf(model).find(namespace, textOf(name) ?? '');
    return service ? servicesOf(model).podsOf(service) : [];
  });
}
