import { Entry, entriesOf, Fields, fieldsOf, isGiven } from '../../../workloads';

/** The traffic policies of a DestinationRule: its own and those of its subsets. */
export function policiesOf(spec: Fields): Entry[] {
  const holders: Entry[] = [{ field: 'spec', value: spec }, ...entriesOf(spec.subsets, 'spec.subsets')];
  return holders.filter(({ value }) => isGiven(value.trafficPolicy))
    .map(({ field, value }) => ({ field: `${field}.trafficPolicy`, value: fieldsOf(value.trafficPolicy) }));
}

/** The same with those for single ports. */
export function allPoliciesOf(spec: Fields): Entry[] {
  return policiesOf(spec).flatMap(policy => [policy, ...entriesOf(policy.value.portLevelSettings, `${policy.field}.portLevelSettings`)]);
}

/** What policies say under a name, where they say anything. */
export function partsOf(policies: readonly Entry[], name: string): Entry[] {
  return policies.filter(({ value }) => isGiven(value[name])).map(({ field, value }) => ({ field: `${field}.${name}`, value: fieldsOf(value[name]) }));
}
