import { Severity } from '../../../core/problem';
import { Finding, Rule } from '../../rule';
import { Entry, entriesOf, Fields, fieldsAt, fieldsOf, isGiven, numberOf, textOf } from '../../workloads';

const REMOVED_KINDS = ['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding'];

export const deprecatedFields: Rule = {
  code: 'SM0630',
  title: 'field of Istio that is on its way out, or without effect',
  explanation: 'Istio still takes these fields, but ignores them or has better ones (istio pkg/config/analysis/analyzers/deprecation, pkg/config/validation).',
  severity: Severity.WARNING,
  peers: ['IST0002'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings, namespace: shop }
spec:
  hosts: [ratings.example.com]
  http:
    - fault: { delay: { percent: 10, fixedDelay: 7s } }
      route: [{ destination: { host: ratings.example.com } }]
${entry()}`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings, namespace: shop }
spec:
  hosts: [ratings.example.com]
  http:
    - fault: { delay: { percentage: { value: 10 }, fixedDelay: 7s } }
      route: [{ destination: { host: ratings.example.com } }]
${entry()}`,
  },
  check(context) {
    for (const service of context.model.ofKind('networking.istio.io', 'VirtualService')) {
      for (const route of entriesOf(fieldsOf(service.manifest.spec).http, 'spec.http')) inRoute(route).forEach(finding => context.report(service, finding));
    }
    for (const sidecar of context.model.ofKind('networking.istio.io', 'Sidecar')) {
      if (!isGiven(fieldsAt(sidecar.manifest, 'spec', 'outboundTrafficPolicy').egressProxy)) continue;
      context.report(sidecar, { field: 'spec.outboundTrafficPolicy.egressProxy', reason: 'Istio ignores it', fix: 'route the hosts through the gateway with a VirtualService' });
    }
    for (const rule of context.model.ofKind('networking.istio.io', 'DestinationRule')) {
      inTrafficPolicies(fieldsOf(rule.manifest.spec)).forEach(finding => context.report(rule, finding));
    }
    for (const definition of context.model.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
      const kind = textOf(fieldsAt(definition.manifest, 'spec', 'names').kind);
      if (fieldsOf(definition.manifest.spec).group !== 'rbac.istio.io' || !REMOVED_KINDS.includes(kind ?? '')) continue;
      context.report(definition, { field: 'spec.names.kind', value: kind, reason: 'Istio has no such kind any more', fix: 'write AuthorizationPolicies' });
    }
  },
};

function inRoute({ field, value }: Entry): Finding[] {
  const found: Finding[] = [];
  if ((numberOf(fieldsAt(value, 'fault', 'delay').percent) ?? 0) > 0) {
    found.push({ field: `${field}.fault.delay.percent`, reason: 'it is deprecated', fix: 'write percentage: { value: ... }' });
  }
  if (isGiven(value.mirrorPercent)) {
    found.push({ field: `${field}.mirrorPercent`, reason: 'it is deprecated', fix: 'write mirrorPercentage: { value: ... }', peers: ['IST0133'] });
  }
  return found;
}

function inTrafficPolicies(spec: Fields): Finding[] {
  const policies = [
    { field: 'spec.trafficPolicy', value: fieldsOf(spec.trafficPolicy) },
    ...entriesOf(spec.subsets, 'spec.subsets').map(({ field, value }) => ({ field: `${field}.trafficPolicy`, value: fieldsOf(value.trafficPolicy) })),
  ].flatMap(policy => [policy, ...entriesOf(policy.value.portLevelSettings, `${policy.field}.portLevelSettings`)]);
  return policies.flatMap(({ field, value }) => [
    ...isGiven(fieldsAt(value, 'loadBalancer', 'consistentHash').minimumRingSize) ? [{
      field: `${field}.loadBalancer.consistentHash.minimumRingSize`, reason: 'it is deprecated', fix: 'write ringHash: { minimumRingSize: ... }', peers: ['IST0133'],
    }] : [],
  ]);
}

function entry(): string {
  return `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ratings, namespace: shop }
spec:
  hosts: [ratings.example.com]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP }]
`;
}
