import { Fields, isAbsent, isFields } from '../structural';
import { Complaint } from '../violation';
import { ValueCheck } from '../values';
import { Walk } from '../walk';

/**
 * What the API server asks of a part of a core kind beyond its published schema, which has types and names but hardly a value:
 * the checks are Go code (kubernetes pkg/apis/<group>/validation), of which these are the ones that manifests meet.
 */
export interface Facts {
  /** Fields that have to be there and not empty, whether or not the schema says so. */
  readonly filled?: readonly string[];
  /** Fields that the schema calls required and the server does without. */
  readonly optional?: readonly string[];
  /** What a field's value has to be; an empty text is a field that is not there. */
  readonly fields?: Readonly<Record<string, ValueCheck>>;
  /** Lists in which the server refuses a key twice, whichever way an object comes. */
  readonly unique?: readonly string[];
  /** Exactly one of these. */
  readonly one?: readonly string[];
  /** At most one of these. */
  readonly atMostOne?: readonly string[];
  /** What has to be known before the parts below are looked at. */
  readonly before?: (value: Fields, walk: Walk) => void;
  /** What fields have to do with each other. */
  readonly check?: (value: Fields, walk: Walk) => void;
}

export function checkFacts(facts: Facts, value: Fields, walk: Walk): void {
  for (const name of facts.filled ?? []) {
    if (isEmpty(value[name])) walk.report('missing', { reason: 'the field is required', fix: 'add it' }, undefined, [name]);
  }
  for (const [name, check] of Object.entries(facts.fields ?? {})) {
    const found = value[name];
    if (isAbsent(found) || found === '') continue;
    const complaint = check(found);
    if (complaint) walk.report('value', complaint, found, [name]);
  }
  const alternatives = facts.one ?? facts.atMostOne;
  if (alternatives) checkAlternatives(alternatives, facts.one !== undefined, value, walk);
  facts.check?.(value, walk);
}

function checkAlternatives(names: readonly string[], exactly: boolean, value: Fields, walk: Walk): void {
  const set = names.filter(name => !isAbsent(value[name]));
  const all = names.length > 8 ? `${names.slice(0, 6).join(', ')} and the like` : names.join(', ');
  if (set.length > 1) walk.report('combination', { reason: `only one of ${all} may be set, and ${set.join(', ')} are`, fix: `keep one of ${set.join(', ')}` });
  else if (set.length === 0 && exactly) walk.report('combination', { reason: `one of ${all} has to be set`, fix: `add one of ${all}` });
}

export function isEmpty(value: unknown): boolean {
  return isAbsent(value) || value === '' || (Array.isArray(value) && value.length === 0) || (isFields(value) && Object.keys(value).length === 0);
}

export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function entriesIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsIn) : [];
}

export function say(reason: string, fix: string): Complaint {
  return { reason, fix };
}
