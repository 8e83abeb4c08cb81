import { asksForHttp, HTTP_FIELDS, L4_KEYS } from './admission';
import { actionOf, authorizationPolicies, hasTargetRefs, isNamespaceWide, namespaceOf, rulesOf, selectorOf } from './policies';
import { ClusterProfile } from '../../../core/cluster-profile';
import { Intents } from '../../../core/intents';
import { membershipFromPodLabels, namespaceMembership, podMembership } from '../../../core/membership';
import { MeshMembership } from '../../../core/mesh-mode';
import { Severity } from '../../../core/problem';
import { IWorkload } from '../../../core/workload';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { Fields, fieldsOf, mapsOf, stringOf } from '../../values';
import { mapSelector, workloadsOf } from '../../workloads';

export const httpInAmbient: Rule = {
  code: 'SM0229',
  title: 'an HTTP rule that ztunnel cannot enforce',
  explanation: 'In ambient mode ztunnel stands before the pods. It knows identities, addresses and ports; of an ALLOW policy it leaves out every rule that asks for HTTP, '
    + 'which denies what the rule should admit. Of a DENY rule it drops the HTTP part: where from, to or when asked for nothing else, the rule has no effect at all; otherwise it denies '
    + 'more than it says (istio pilot/pkg/serviceregistry/ambient/authorization.go).',
  severity: Severity.WARNING,
  intents: ['SM0207'],
  peers: ['KIA0109', 'KIA0110', 'KIA1317'],
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
      const asking = rulesOf(policy).map((rule, r) => ({ r, asked: asksForHttp(rule) })).filter(({ asked }) => asked !== undefined);
      if (asking.length === 0 || membershipOf(context.model, policy) !== MeshMembership.AMBIENT) continue;
      for (const { r, asked } of asking) {
        const effect = actionOf(policy) === 'DENY' ? effectOfDeny(rulesOf(policy)[r]) : 'never matches, and what it should admit is denied';
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

/** A clause of which nothing is left matches nothing, and a rule needs all of its clauses. */
function effectOfDeny(rule: Fields): string {
  const clauses = [
    ...mapsOf(rule.to).length > 0 ? [mapsOf(rule.to).map(to => fieldsOf(to.operation))] : [],
    ...mapsOf(rule.from).length > 0 ? [mapsOf(rule.from).map(from => fieldsOf(from.source))] : [],
    ...mapsOf(rule.when).map(condition => [L4_KEYS.includes(stringOf(condition.key) ?? '') ? condition : {}]),
  ];
  const remains = (part: Fields) => Object.keys(part).some(key => !HTTP_FIELDS.includes(key));
  return clauses.every(clause => clause.some(remains)) ? 'denies more than it says' : 'has no effect, and what it should deny is let through';
}

/** How the pods of a policy are in the mesh: as they and their namespace say, otherwise as is usual in the cluster. */
function membershipOf(model: ManifestModel, policy: ModelObject): MeshMembership | undefined {
  const namespace = namespaceOf(policy);
  const given = namespaceMembership(policy.construct, namespace);
  if (!isNamespaceWide(policy)) {
    const selector = selectorOf(policy);
    const workload = model.derived(intendedWorkloads).get(firstLabel(namespace, selector))
      ?.find(known => Object.entries(selector).every(([key, value]) => known.podSelector[key] === value));
    if (workload !== undefined) return workload.meshMembership;
    const [pods] = workloadsOf(model).selectedBy(mapSelector(selector), namespace);
    if (pods && (given ?? membershipFromPodLabels(pods.labels)) !== undefined) {
      return podMembership(pods.object.construct, namespace, pods.labels, pods.spec.hostNetwork === true);
    }
  }
  return given ?? ClusterProfile.of(policy.construct).defaultMembership;
}

/** The workloads that constructs stand for, by namespace and each label of their pods. */
function intendedWorkloads(model: ManifestModel): Map<string, IWorkload[]> {
  const found = new Map<string, IWorkload[]>();
  for (const workload of Intents.of(model.root).workloads.all) {
    for (const label of Object.entries(workload.podSelector)) {
      const key = firstLabel(workload.workloadNamespace, Object.fromEntries([label]));
      const known = found.get(key);
      if (known) known.push(workload);
      else found.set(key, [workload]);
    }
  }
  return found;
}

function firstLabel(namespace: string, selector: Readonly<Record<string, string>>): string {
  return [namespace, ...Object.entries(selector)[0]].join('/');
}
