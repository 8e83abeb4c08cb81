import { ManifestModel, ModelObject } from '../../model';
import { entriesOf, Entry, fieldsOf } from '../../workloads';

/** The traffic policies of all DestinationRules: those of a host, of its subsets and of ports. */
export function trafficPolicies(model: ManifestModel): { readonly rule: ModelObject; readonly policy: Entry }[] {
  return model.ofKind('networking.istio.io', 'DestinationRule').flatMap(rule => {
    const spec = fieldsOf(rule.manifest.spec);
    const policies = [
      { field: 'spec.trafficPolicy', value: fieldsOf(spec.trafficPolicy) },
      ...entriesOf(spec.subsets, 'spec.subsets').map(({ field, value }) => ({ field: `${field}.trafficPolicy`, value: fieldsOf(value.trafficPolicy) })),
    ];
    return policies.flatMap(policy => [policy, ...entriesOf(policy.value.portLevelSettings, `${policy.field}.portLevelSettings`)])
      .map(policy => ({ rule, policy }));
  });
}

/** A DestinationRule with one traffic policy, for examples. */
export function destinationRule(policy: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.shop.svc.cluster.local
  trafficPolicy: ${policy}
`;
}
