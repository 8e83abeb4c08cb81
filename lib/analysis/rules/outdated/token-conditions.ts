import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { entriesOf, fieldsOf, isGiven, Labels, mapSelector, fieldsAt, selectsAll, textOf, workloadsOf } from '../../workloads';
import { inSources } from '../references/policies/sources';

const POLICY = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
    - from: [{ source: { requestPrincipals: ["*"] } }]
`;

export const tokenConditions: Rule = {
  code: 'SM0907',
  title: 'conditions on a token that nobody reads',
  explanation: 'requestPrincipals and request.auth.* come from a token that a RequestAuthentication for the same pods has verified. Without one they are never set: a policy that allows by them '
    + 'denies everybody. One in the namespace of the mesh\'s configuration may belong to another app (istio pilot/pkg/security/authz/model; istio.io, tasks/security/authorization/authz-jwt).',
  severity: Severity.WARNING,
  example: {
    refused: POLICY,
    accepted: `${POLICY}---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  jwtRules: [{ issuer: https://login.example.com, jwksUri: https://login.example.com/jwks.json, audiences: [shop] }]
`,
  },
  check(context) {
    for (const policy of context.model.ofKind('security.istio.io', 'AuthorizationPolicy')) {
      const condition = tokenIn(policy);
      if (condition === undefined || readers(context, policy).length > 0) continue;
      context.report(policy, {
        ...condition,
        reason: 'no RequestAuthentication of the app is for these pods, so no request has claims and the condition holds for none',
        fix: 'write a RequestAuthentication for the same pods with jwtRules (issuer, jwksUri, audiences)',
      });
    }
  },
};

function tokenIn(policy: ModelObject): { readonly field: string; readonly value: string } | undefined {
  const [source] = inSources(policy, 'requestPrincipals', 'notRequestPrincipals');
  if (source) return source;
  return entriesOf(fieldsOf(policy.manifest.spec).rules, 'spec.rules')
    .flatMap(rule => entriesOf(rule.value.when, `${rule.field}.when`))
    .map(({ field, value }) => ({ field: `${field}.key`, value: textOf(value.key) ?? '' }))
    .find(({ value }) => value.startsWith('request.auth.'));
}

/** RequestAuthentications that are for pods of a policy. */
function readers(context: RuleContext, policy: ModelObject): ModelObject[] {
  const root = context.profile(policy).istioNamespace;
  return context.model.ofKind('security.istio.io', 'RequestAuthentication')
    .filter(reader => reader.namespace === policy.namespace || reader.namespace === root)
    .filter(reader => isForSame(context.model, policy, reader));
}

function isForSame(model: ManifestModel, policy: ModelObject, reader: ModelObject): boolean {
  const [targets, readTargets] = [policy, reader].map(targetsOf);
  // one that is attached and one that selects may well mean the same pods
  if (targets.length === 0 !== (readTargets.length === 0)) return true;
  if (targets.length > 0) return targets.some(target => readTargets.includes(target));
  const [wanted, read] = [policy, reader].map(object => mapSelector(fieldsAt(object.manifest, 'spec', 'selector').matchLabels));
  if (selectsAll(read) || selectsAll(wanted) || isSubset(read.matchLabels, wanted.matchLabels)) return true;
  const pods = new Set(workloadsOf(model).selectedBy(read));
  return workloadsOf(model).selectedBy(wanted, policy.namespace).some(workload => pods.has(workload));
}

function targetsOf(object: ModelObject): string[] {
  const { targetRef, targetRefs } = fieldsOf(object.manifest.spec);
  return [...isGiven(targetRef) ? [fieldsOf(targetRef)] : [], ...entriesOf(targetRefs, '').map(({ value }) => value)].map(({ kind, name }) => `${String(kind)}/${String(name)}`);
}

function isSubset(small: Labels, large: Labels): boolean {
  return Object.entries(small).every(([key, value]) => large[key] === value);
}
