import { AUTHORIZATION_POLICY, choosesPlatform, chosenPods, isAttached, scopeOf, SelectingKind, SELECTING_KINDS, selectorOf } from './selectors';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Finding, Rule } from '../../../rule';
import { membershipOf, selectorText, selectsAll, Workload, workloadsOf } from '../../../workloads';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop, labels: { tier: backend } }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger } }
    spec:
      containers: [{ name: ledger, image: example.com/ledger:1.2.0 }]
---
`;

export const policyWithoutPods: Rule = {
  code: 'SM0830',
  title: 'a policy for pods that are not there',
  explanation: 'Policies, telemetry and sidecar settings of Istio choose pods of their own namespace by the labels of the pods, not by those of the Deployment or the Service. One that '
    + 'finds none protects nothing, without a word. Advice where the app writes no pods into the namespace (istio pkg/config/analysis/analyzers/authz/authorizationpolicies.go, '
    + 'sidecar/selector.go, telemetry/selector.go).',
  severity: Severity.WARNING,
  peers: ['IST0101', 'IST0127', 'KIA0004'],
  example: {
    refused: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { tier: backend } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
    accepted: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },
  check(context) {
    for (const kind of SELECTING_KINDS) {
      for (const object of context.model.ofKind(kind.group, kind.kind)) {
        const finding = isAttached(object) ? undefined : flaw(context.model, object, kind, context.profile(object));
        if (finding) context.report(object, { peers: kind.peers, ...finding });
      }
    }
  },
};

function flaw(model: ManifestModel, object: ModelObject, kind: SelectingKind, profile: ClusterProfile): Finding | undefined {
  const selector = selectorOf(object, kind);
  const scope = scopeOf(object, kind, profile);
  const pods = chosenPods(model, object, kind, profile);
  const place = scope === undefined ? 'the app' : `namespace ${scope}`;
  if (selectsAll(selector)) {
    return kind === AUTHORIZATION_POLICY && scope !== undefined ? emptyNamespace(model, pods, scope, profile) : undefined;
  }
  const field = kind.labels.join('.');
  if (pods.length === 0) {
    if (choosesPlatform(object, kind, profile)) return undefined;
    // those of the whole mesh, and those in the namespaces of others, are for the pods of others too
    const candidates = scope === undefined || isForeign(scope, profile) ? [] : workloadsOf(model).inNamespace(scope).filter(({ complete }) => complete);
    return {
      field,
      value: selectorText(selector),
      severity: candidates.length > 0 ? Severity.WARNING : Severity.INFO,
      reason: `no pods of the app ${scope === undefined ? '' : `in ${place} `}have these labels`,
      fix: candidates.length > 0
        ? `use labels that a pod template has, such as ${nearest(candidates)}`
        : 'put the object into the namespace of the pods, or check the labels if they are part of another app',
    };
  }
  return kind === AUTHORIZATION_POLICY && pods.every(isOutside(model)) ? {
    field,
    value: selectorText(selector),
    reason: `the pods with these labels (${pods[0].object.path}) are not in the mesh, so nothing enforces the policy`,
    fix: 'put them into the mesh: label the namespace istio-injection: enabled or the pods sidecar.istio.io/inject: "true"',
  } : undefined;
}

function emptyNamespace(model: ManifestModel, pods: readonly Workload[], namespace: string, profile: ClusterProfile): Finding | undefined {
  if (isForeign(namespace, profile)) return undefined;
  if (pods.length > 0) {
    return pods.every(isOutside(model)) ? {
      field: 'metadata.namespace',
      value: namespace,
      reason: 'no pods of this namespace are in the mesh, so nothing enforces the policy',
      fix: 'label the namespace istio-injection: enabled, or istio.io/dataplane-mode: ambient',
    } : undefined;
  }
  // an app that writes no pods at all leaves them to others
  return workloadsOf(model).all.length === 0 ? undefined : {
    field: 'metadata.namespace',
    value: namespace,
    severity: Severity.INFO,
    reason: 'the app writes no pods into this namespace',
    fix: 'put the policy into the namespace of the pods that it is for',
  };
}

function isOutside(model: ManifestModel): (workload: Workload) => boolean {
  return workload => membershipOf(model, workload) === MeshMembership.OUTSIDE;
}

function nearest(candidates: readonly Workload[]): string {
  const texts = candidates.map(({ labels }) => Object.entries(labels)[0]).filter(label => label !== undefined).map(([key, value]) => `${key}: ${value}`);
  return texts.length === 0 ? 'app: <name>' : [...new Set(texts)].slice(0, 3).join(' or ');
}
