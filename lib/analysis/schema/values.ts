import { formatComplaint, isEnforced } from './formats';
import { goRegExp } from './go-regexp';
import { Schema } from './structural';
import { Complaint } from './violation';

export type ValueCheck = (value: unknown) => Complaint | undefined;

const MAX_LISTED = 12;

/** What a schema asks of a value that has the right type. */
export function valueChecks(schema: Schema): ValueCheck[] {
  return [
    ...enumCheck(schema),
    ...textChecks(schema),
    ...numberChecks(schema),
    ...sizeChecks(schema),
  ];
}

export function oneOf(allowed: readonly unknown[]): Complaint {
  const listed = allowed.map(one => typeof one === 'string' ? one === '' ? "''" : one : JSON.stringify(one));
  const text = listed.length > MAX_LISTED ? `${listed.slice(0, MAX_LISTED).join(', ')} and ${listed.length - MAX_LISTED} more` : listed.join(', ');
  return { reason: 'the value is none of those allowed', fix: listed.length === 1 ? `write ${text}` : `write one of ${text}` };
}

function enumCheck({ enum: allowed }: Schema): ValueCheck[] {
  if (!allowed) return [];
  const scalars = new Set(allowed);
  const complaint = oneOf(allowed);
  return [value => scalars.has(value) || (typeof value === 'object' && allowed.some(one => canonical(one) === canonical(value))) ? undefined : complaint];
}

function textChecks({ minLength, maxLength, pattern, format }: Schema): ValueCheck[] {
  const checks: ((text: string) => Complaint | undefined)[] = [];
  if (minLength !== undefined) {
    const fix = minLength === 1 ? 'write a text that is not empty, or leave the field out' : `write at least ${minLength} characters`;
    checks.push(text => length(text) < minLength ? { reason: `the text is shorter than ${counted(minLength, 'character')}`, fix } : undefined);
  }
  if (maxLength !== undefined) {
    checks.push(text => length(text) > maxLength
      ? { reason: `the text has ${length(text)} characters, more than ${maxLength}`, fix: 'shorten it' } : undefined);
  }
  if (pattern !== undefined) {
    // compiled when the first value comes along: most fields of a schema never get one
    checks.push(text => goRegExp(pattern)?.test(text) ?? true
      ? undefined : { reason: `the value does not match ${shortened(pattern)}`, fix: 'write it in the form that the pattern asks for' });
  }
  if (format !== undefined && isEnforced(format)) checks.push(text => formatComplaint(format, text));
  return checks.map(check => value => typeof value === 'string' ? check(value) : undefined);
}

function numberChecks({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema): ValueCheck[] {
  const checks: ((number: number) => Complaint | undefined)[] = [];
  if (minimum !== undefined || maximum !== undefined) {
    const range = `write a number ${bounds(minimum, maximum, exclusiveMinimum, exclusiveMaximum)}`;
    if (minimum !== undefined) {
      checks.push(number => number < minimum || (exclusiveMinimum && number === minimum) ? { reason: 'the number is too small', fix: range } : undefined);
    }
    if (maximum !== undefined) {
      checks.push(number => number > maximum || (exclusiveMaximum && number === maximum) ? { reason: 'the number is too large', fix: range } : undefined);
    }
  }
  if (multipleOf !== undefined) {
    checks.push(number => Number.isInteger(multipleOf < 1 ? 1 / multipleOf * number : number / multipleOf)
      ? undefined : { reason: `the number is no multiple of ${multipleOf}`, fix: `write a multiple of ${multipleOf}` });
  }
  return checks.map(check => value => typeof value === 'number' ? check(value) : undefined);
}

function sizeChecks({ minItems, maxItems, uniqueItems, minProperties, maxProperties }: Schema): ValueCheck[] {
  const checks: ValueCheck[] = [];
  const onList = (check: (list: readonly unknown[]) => Complaint | undefined) =>
    checks.push(value => Array.isArray(value) ? check(value) : undefined);
  const onMap = (check: (size: number) => Complaint | undefined) =>
    checks.push(value => typeof value === 'object' && value !== null && !Array.isArray(value) ? check(Object.values(value).filter(one => one !== null && one !== undefined).length) : undefined);
  if (minItems !== undefined) onList(({ length: size }) => size < minItems ? tooFew(size, minItems, 'entry', 'entries') : undefined);
  if (maxItems !== undefined) onList(({ length: size }) => size > maxItems ? tooMany(size, maxItems, 'entry', 'entries') : undefined);
  if (uniqueItems) {
    onList(list => new Set(list.map(canonical)).size < list.length ? { reason: 'the list has an entry twice', fix: 'remove one of the two' } : undefined);
  }
  if (minProperties !== undefined) onMap(size => size < minProperties ? tooFew(size, minProperties, 'field', 'fields') : undefined);
  if (maxProperties !== undefined) onMap(size => size > maxProperties ? tooMany(size, maxProperties, 'field', 'fields') : undefined);
  return checks;
}

function tooFew(size: number, least: number, one: string, many: string): Complaint {
  return { reason: `there ${size === 1 ? 'is 1' : `are ${size}`} ${size === 1 ? one : many}, fewer than ${least}`, fix: `give at least ${least}, or leave the field out` };
}

function tooMany(size: number, most: number, one: string, many: string): Complaint {
  return { reason: `there ${size === 1 ? 'is 1' : `are ${size}`} ${size === 1 ? one : many}, more than ${most}`, fix: `give at most ${most}` };
}

function bounds(minimum?: number, maximum?: number, exclusiveMinimum?: boolean, exclusiveMaximum?: boolean): string {
  if (minimum !== undefined && maximum !== undefined && !exclusiveMinimum && !exclusiveMaximum) return `from ${minimum} to ${maximum}`;
  const low = minimum === undefined ? '' : `${exclusiveMinimum ? 'above' : 'of at least'} ${minimum}`;
  const high = maximum === undefined ? '' : `${exclusiveMaximum ? 'below' : 'of at most'} ${maximum}`;
  return [low, high].filter(text => text !== '').join(' and ');
}

/** The API server counts code points. */
function length(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) count--;
  }
  return count;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shortened(pattern: string): string {
  return pattern.length > 80 ? `${pattern.slice(0, 77)}...` : pattern;
}

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) => typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part) ?? 'null';
}
