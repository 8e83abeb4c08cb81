import { ManifestModel, ModelObject } from '../../../model';
import { Entry, entriesOf, Fields, fieldsOf, isGiven } from '../../../workloads';

/** The policies of a DestinationRule. */
export interface PoliciesOfRule {
  readonly rule: ModelObject;
  /** Those of the host and of its subsets. */
  readonly hosts: readonly Entry[];
  /** The same with those of ports. */
  readonly policies: readonly Entry[];
}

export function trafficPolicies(model: ManifestModel): PoliciesOfRule[] {
  return model.ofKind('networking.istio.io', 'DestinationRule').map(rule => {
    const spec = fieldsOf(rule.manifest.spec);
    const holders: Entry[] = [{ field: 'spec', value: spec }, ...entriesOf(spec.subsets, 'spec.subsets')];
    const hosts = partsOf(holders, 'trafficPolicy');
    return { rule, hosts, policies: hosts.flatMap(policy => [policy, ...portsOf(policy)]) };
  });
}

export function portsOf({ field, value }: Entry): Entry[] {
  return entriesOf(value.portLevelSettings, `${field}.portLevelSettings`);
}

/** What entries say under a name, where they say anything. */
export function partsOf(entries: readonly Entry[], name: string): Entry[] {
  return entries.filter(({ value }) => isGiven(value[name])).map(({ field, value }) => ({ field: `${field}.${name}`, value: fieldsOf(value[name]) }));
}

/** Which of the names something says. */
export function said(value: Fields, names: readonly string[]): string[] {
  return names.filter(name => isGiven(value[name]));
}

/** An example with a connection pool. */
export function withPool(pool: string): string {
  return withPolicy(`{ connectionPool: ${pool} }`);
}

/** An example with a traffic policy. */
export function withPolicy(policy: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy: ${policy}
`;
}
