import { ModelObject } from '../../../model';
import { Entry, fieldsOf, textsOf } from '../../../workloads';
import { conditionsOf, operationsOf, sourcesOf } from '../../istio/webhook/policy-parts';

/** A value of a list in a rule of an AuthorizationPolicy. */
export interface Named {
  readonly field: string;
  readonly value: string;
}

/** The values of some lists of all sources. */
export function inSources(policy: ModelObject, ...lists: readonly string[]): Named[] {
  return inParts(sourcesOf(fieldsOf(policy.manifest.spec)), lists);
}

/** The values of some lists of all operations. */
export function inOperations(policy: ModelObject, ...lists: readonly string[]): Named[] {
  return inParts(operationsOf(fieldsOf(policy.manifest.spec)), lists);
}

/** The values of conditions on a key. */
export function inConditions(policy: ModelObject, key: string): Named[] {
  return inParts(conditionsOf(fieldsOf(policy.manifest.spec)).filter(({ value }) => value.key === key), ['values', 'notValues']);
}

function inParts(parts: readonly Entry[], lists: readonly string[]): Named[] {
  const found: Named[] = [];
  for (const { field, value } of parts) {
    for (const list of lists) {
      if (value[list] !== undefined) found.push(...named(value[list], `${field}.${list}`));
    }
  }
  return found;
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
