import { asksForHttp } from './admission';
import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, namespaceOf, rulesOf, selectorOf } from './policies';
import { ClusterProfile } from '../../../core/cluster-profile';
import { Intents } from '../../../core/intents';
import { membershipFromPodLabels, namespaceMembership } from '../../../core/membership';
import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { podTemplates } from '../platform/pod-templates';

export const httpInAmbient: Rule = {
  code: 'SM0229',
  title: 'an HTTP rule that ztunnel cannot enforce',
  explanation: 'In ambient mode ztunnel stands before the pods. It knows identities, addresses and ports; of an ALLOW policy it leaves out every rule that asks for HTTP, '
    + 'of a DENY policy it drops the HTTP part (istio pilot/pkg/serviceregistry/ambient/authorization.go).',
  severity: Severity.WARNING,
  peers: ['KIA0109', 'KIA0110'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source: { principals: [cluster.local/ns/shop/sa/checkout] }
      to:
        - operation: { methods: [GET] }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector:
    matchLabels: { app: ledger }
  rules:
    - from:
        - source: { principals: [cluster.local/ns/shop/sa/checkout] }
      to:
        - operation: { ports: ["8080"] }
`,
    profile: ClusterProfile.ambient(),
  },
  check(context) {
    for (const policy of authorizationPolicies(context.model)) {
      if (hasTargetRefs(policy)) continue;
      if (membershipOf(context.model, policy) !== MeshMembership.AMBIENT) continue;
      for (const [r, rule] of rulesOf(policy).entries()) {
        const asked = asksForHttp(rule);
        if (asked === undefined) continue;
        const effect = actionOf(policy) === 'DENY' ? 'denies more than it says' : 'never matches, and what it should admit is denied';
        context.report(policy, {
          field: `spec.rules[${r}]`,
          value: asked,
          reason: `ztunnel does not see ${asked}: the rule ${effect}`,
          fix: 'decide by callers and ports alone, or deploy a waypoint and name the Service in targetRefs',
        });
      }
    }
  },
};

/** How the pods of a policy are in the mesh: as their own labels say, otherwise as their namespace has it. */
function membershipOf(model: ManifestModel, policy: ModelObject): MeshMembership | undefined {
  const namespace = namespaceOf(policy);
  const selected = (pods: Readonly<Record<string, string>>) => Object.entries(selectorOf(policy)).every(([key, value]) => pods[key] === value);
  if (!isNamespaceWide(policy)) {
    const workload = Intents.of(policy.construct).workloads.all.find(known => known.workloadNamespace === namespace && selected(known.podSelector));
    if (workload !== undefined) return workload.meshMembership;
    const pods = podTemplates(model).find(template => namespaceOf(template.object) === namespace && selected(template.labels));
    const own = pods && membershipFromPodLabels(pods.labels);
    if (own !== undefined) return own;
  }
  return namespaceMembership(policy.construct, namespace) ?? ClusterProfile.of(policy.construct).defaultMembership;
}
