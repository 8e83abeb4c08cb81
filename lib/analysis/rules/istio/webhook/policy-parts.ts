import { Entry, entriesOf, Fields, fieldsOf, isGiven } from '../../../workloads';

type Parts = Readonly<Record<'from' | 'to' | 'when', readonly Entry[]>>;

const known = new WeakMap<Fields, Parts>();

/** The sources of the rules of an AuthorizationPolicy, also those that are missing. */
export function sourcesOf(spec: Fields): readonly Entry[] {
  return partsOf(spec).from;
}

export function operationsOf(spec: Fields): readonly Entry[] {
  return partsOf(spec).to;
}

export function conditionsOf(spec: Fields): readonly Entry[] {
  return partsOf(spec).when;
}

/** Whether a part says anything. */
export function isEmptyPart({ value }: Entry): boolean {
  return !Object.values(value).some(list => isGiven(list) && !(Array.isArray(list) && list.length === 0));
}

/** Read once: several rules look at every part of every policy. */
function partsOf(spec: Fields): Parts {
  let parts = known.get(spec);
  if (!parts) {
    const rules = entriesOf(spec.rules, 'spec.rules');
    const listed = (list: keyof Parts) => rules.flatMap(rule => entriesOf(rule.value[list], `${rule.field}.${list}`));
    const inside = (name: string) => ({ field, value }: Entry) => ({ field: `${field}.${name}`, value: fieldsOf(value[name]) });
    parts = { from: listed('from').map(inside('source')), to: listed('to').map(inside('operation')), when: listed('when') };
    known.set(spec, parts);
  }
  return parts;
}
