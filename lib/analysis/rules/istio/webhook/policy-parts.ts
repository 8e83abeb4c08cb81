import { Entry, entriesOf, Fields, fieldsOf, isGiven } from '../../../workloads';

/** The sources of the rules of an AuthorizationPolicy, also those that are missing. */
export function sourcesOf(spec: Fields): Entry[] {
  return partsOf(spec, 'from', 'source');
}

export function operationsOf(spec: Fields): Entry[] {
  return partsOf(spec, 'to', 'operation');
}

export function conditionsOf(spec: Fields): Entry[] {
  return entriesOf(spec.rules, 'spec.rules').flatMap(rule => entriesOf(rule.value.when, `${rule.field}.when`));
}

/** Whether a part says anything. */
export function isEmptyPart({ value }: Entry): boolean {
  return !Object.values(value).some(list => isGiven(list) && !(Array.isArray(list) && list.length === 0));
}

function partsOf(spec: Fields, list: string, name: string): Entry[] {
  return entriesOf(spec.rules, 'spec.rules').flatMap(rule => entriesOf(rule.value[list], `${rule.field}.${list}`))
    .map(({ field, value }) => ({ field: `${field}.${name}`, value: fieldsOf(value[name]) }));
}
