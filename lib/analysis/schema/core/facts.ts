import { Fields, isAbsent, isFields } from '../structural';
import { ValueCheck } from '../values';
import { Complaint } from '../violation';
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
  /** What the server fills in, where keys of lists depend on it. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Exactly one of these. */
  readonly one?: readonly string[];
  /** At most one of these. */
  readonly atMostOne?: readonly string[];
  /** What has to be known before the parts below are looked at. */
  readonly before?: (value: Fields, walk: Walk) => void;
  /** What fields have to do with each other. */
  readonly check?: (value: Fields, walk: Walk) => void;
}

/** Facts made ready to judge values. */
export class FactCheck {
  private readonly filled: readonly string[];
  private readonly fields: readonly (readonly [string, ValueCheck])[];

  constructor(private readonly facts: Facts) {
    this.filled = facts.filled ?? [];
    this.fields = Object.entries(facts.fields ?? {});
  }

  public before(value: Fields, walk: Walk): void {
    this.facts.before?.(value, walk);
  }

  public check(value: Fields, walk: Walk): void {
    for (const name of this.filled) {
      if (isEmpty(value[name])) walk.report('missing', { reason: 'the field is required', fix: 'add it' }, undefined, [name]);
    }
    for (const [name, check] of this.fields) {
      const found = value[name];
      if (found === undefined || found === null || found === '') continue;
      const complaint = check(found);
      if (complaint) walk.report('value', complaint, found, [name]);
    }
    const { one, atMostOne, check } = this.facts;
    if (one) checkAlternatives(one, true, value, walk);
    if (atMostOne) checkAlternatives(atMostOne, false, value, walk);
    check?.(value, walk);
  }
}

function checkAlternatives(names: readonly string[], exactly: boolean, value: Fields, walk: Walk): void {
  let count = 0;
  for (const name of names) {
    if (!isAbsent(value[name])) count++;
  }
  if (count === 1 || (count === 0 && !exactly)) return;
  const set = names.filter(name => !isAbsent(value[name]));
  const all = names.length > 8 ? `${names.slice(0, 6).join(', ')} and the like` : names.join(', ');
  if (count > 1) walk.report('combination', { reason: `only one of ${all} may be set, and ${set.join(', ')} are`, fix: `keep one of ${set.join(', ')}` });
  else walk.report('combination', { reason: `one of ${all} has to be set`, fix: `add one of ${all}` });
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
