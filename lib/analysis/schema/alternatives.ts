import type { SchemaSource } from './source';
import { isFields, Schema } from './structural';
import { Violation } from './violation';
import { Walk } from './walk';

/** What anyOf, oneOf, allOf and not have against a value. */
export function alternativeComplaints({ anyOf, oneOf, allOf, not }: Schema, value: unknown, walk: Walk, source: SchemaSource): void {
  if (anyOf && !isKindOnly(anyOf)) atLeastOne(anyOf, value, walk, source);
  if (oneOf && !isKindOnly(oneOf)) exactlyOne(oneOf, value, walk, source);
  for (const part of allOf ?? []) {
    if (!isKindOnly(part.anyOf)) source.node(part).check(value, walk);
  }
  if (not && holds(not, value, source)) {
    const names = requiredNames(not);
    walk.report('combination', names.length > 0
      ? { reason: `${listed(names, 'and')} may not be set here`, fix: `remove ${listed(names, 'or')}` }
      : { reason: 'the value is of a form that is excluded', fix: 'write a value of another form' }, names.length > 0 ? undefined : value);
  }
}

/** `anyOf: [{type: integer}, {type: string}]` only says once more what int-or-string says. */
function isKindOnly(schemas: readonly Schema[] | undefined): boolean {
  return schemas !== undefined && schemas.every(schema => Object.keys(schema).length === 1 && schema.type !== undefined);
}

function atLeastOne(schemas: readonly Schema[], value: unknown, walk: Walk, source: SchemaSource): void {
  if (schemas.some(schema => holds(schema, value, source))) return;
  const groups = schemas.map(requiredNames);
  if (groups.every(names => names.length > 0)) {
    walk.report('combination', { reason: `one of ${choices(groups)} has to be set`, fix: `add ${choices(groups)}` });
  } else {
    reportNearest(schemas, value, walk, source);
  }
}

function exactlyOne(schemas: readonly Schema[], value: unknown, walk: Walk, source: SchemaSource): void {
  const fitting = schemas.filter(schema => holds(schema, value, source));
  if (fitting.length === 1) return;
  const groups = schemas.map(requiredNames).filter(names => names.length > 0);
  const set = isFields(value) ? [...new Set(groups.flat())].filter(name => value[name] !== undefined && value[name] !== null) : [];
  if (fitting.length > 1 && set.length > 1) {
    walk.report('combination', { reason: `only one of ${choices(groups)} may be set, and ${listed(set, 'and')} are`, fix: `keep one of ${listed(set, 'and')}` });
  } else if (fitting.length > 1) {
    walk.report('combination', { reason: `the value fits ${fitting.length} of the alternatives, and exactly one is allowed`, fix: 'write it so that it fits one' });
  } else if (set.length > 1 && groups.every(names => names.length === 1)) {
    walk.report('combination', { reason: `only one of ${choices(groups)} may be set, and ${listed(set, 'and')} are`, fix: `keep one of ${listed(set, 'and')}` });
  } else if (groups.length === schemas.length && set.length === 0) {
    walk.report('combination', { reason: `one of ${choices(groups)} has to be set`, fix: `add ${choices(groups)}` });
  } else {
    reportNearest(schemas, value, walk, source);
  }
}

/** None fits, so what is told is what the alternative with the fewest complaints has against the value. */
function reportNearest(schemas: readonly Schema[], value: unknown, walk: Walk, source: SchemaSource): void {
  const [least] = schemas.map(schema => complaints(schema, value, source)).sort((a, b) => a.length - b.length);
  const [first] = least;
  walk.report('combination', {
    reason: `the value fits none of the alternatives${first ? `; the nearest says: ${first.field ? `${first.field}: ` : ''}${first.reason}` : ''}`,
    fix: first ? first.fix : 'write a value that fits one of them',
  }, isFields(value) ? undefined : value);
}

function holds(schema: Schema, value: unknown, source: SchemaSource): boolean {
  return complaints(schema, value, source).length === 0;
}

function complaints(schema: Schema, value: unknown, source: SchemaSource): Violation[] {
  const walk = new Walk();
  source.node(schema).check(value, walk);
  return walk.violations;
}

/** The names that an alternative asks for, where that is all it asks. */
function requiredNames(schema: Schema): readonly string[] {
  return schema.required && Object.keys(schema).every(key => key === 'required' || key === 'properties' || key === 'type') ? schema.required : [];
}

function choices(groups: readonly (readonly string[])[]): string {
  return listed(groups.map(names => names.join(' with ')), 'or');
}

function listed(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names[names.length - 1]}`;
}
