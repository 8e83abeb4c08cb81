import { ModelObject } from '../../../model';
import { entriesOf, fieldsOf, textsOf } from '../../../workloads';

/** A value of a list in a rule of an AuthorizationPolicy. */
export interface Named {
  readonly field: string;
  readonly value: string;
}

/** The values of some lists of all sources. */
export function inSources(policy: ModelObject, ...lists: readonly string[]): Named[] {
  return inParts(policy, 'from', 'source', lists);
}

/** The values of some lists of all operations. */
export function inOperations(policy: ModelObject, ...lists: readonly string[]): Named[] {
  return inParts(policy, 'to', 'operation', lists);
}

/** The values of conditions on a key. */
export function inConditions(policy: ModelObject, key: string): Named[] {
  return entriesOf(fieldsOf(policy.manifest.spec).rules, 'spec.rules')
    .flatMap(rule => entriesOf(rule.value.when, `${rule.field}.when`))
    .filter(condition => condition.value.key === key)
    .flatMap(condition => ['values', 'notValues'].flatMap(list => named(condition.value[list], `${condition.field}.${list}`)));
}

function inParts(policy: ModelObject, part: string, body: string, lists: readonly string[]): Named[] {
  return entriesOf(fieldsOf(policy.manifest.spec).rules, 'spec.rules')
    .flatMap(rule => entriesOf(rule.value[part], `${rule.field}.${part}`))
    .flatMap(entry => lists.flatMap(list => named(fieldsOf(entry.value[body])[list], `${entry.field}.${body}.${list}`)));
}

function named(list: unknown, field: string): Named[] {
  return textsOf(list).map((value, index) => ({ field: `${field}[${index}]`, value }));
}

/** Whether a name satisfies one with an asterisk at its beginning or end, as Istio compares texts in policies. */
export function matchesPattern(name: string, pattern: string): boolean {
  if (pattern === '*') return name !== '';
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name === pattern;
}
