import { against, complaintsOf, violationsIn } from './support';
import { Schema } from '../../../lib/analysis/schema/structural';

const text: Schema = { type: 'string' };
const map = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({ type: 'object', properties, ...more });

describe('types', () => {
  test.each([
    ['string', 5, 'expected text, found a number'],
    ['string', true, 'expected text, found true or false'],
    ['integer', '5', 'expected a whole number, found text'],
    ['integer', 5.5, 'expected a whole number, found a fraction'],
    ['number', '5', 'expected a number, found text'],
    ['boolean', 'true', 'expected true or false, found text'],
    ['array', { a: 1 }, 'expected a list, found a map of fields'],
    ['object', ['a'], 'expected a map of fields, found a list'],
  ])('a %s is not %j', (type, value, reason) => {
    expect(against(map({ a: { type } }), { a: value })).toEqual([`type spec.a: ${reason}`]);
  });

  test('an integer may be written with a fraction of zero, a number without', () => {
    expect(against(map({ a: { type: 'integer' }, b: { type: 'number' } }), { a: 5.0, b: 5 })).toEqual([]);
  });

  test('int-or-string takes both and nothing else', () => {
    const schema = map({ a: { 'x-kubernetes-int-or-string': true, 'anyOf': [{ type: 'integer' }, { type: 'string' }] } });
    expect(against(schema, { a: 5 })).toEqual([]);
    expect(against(schema, { a: '50%' })).toEqual([]);
    expect(against(schema, { a: true })).toEqual(['type spec.a: expected a whole number or text, found true or false']);
  });

  test('a wrong type does not cascade', () => {
    const schema = map({ a: map({ b: text }, { required: ['b'], minProperties: 1 }) });
    expect(against(schema, { a: 'text' })).toEqual(['type spec.a: expected a map of fields, found text']);
  });

  test('the fix says how to write what was meant', () => {
    const fix = (type: string, value: unknown) => violationsIn(map({ a: { type } }), { a: value })[0].fix;
    expect(fix('string', 8080)).toBe("put it in quotes: '8080'");
    expect(fix('integer', '8080')).toBe('take the quotes away: 8080');
    expect(fix('boolean', 'yes')).toBe('write true, without quotes');
    expect(fix('array', 'a')).toBe('make it a list: ["a"]');
  });
});

describe('null', () => {
  test('counts as not there', () => {
    expect(against(map({ a: text }), { a: null })).toEqual([]);
    expect(against(map({ a: text }, { required: ['a'] }), { a: null })).toEqual(['missing spec.a: the field is required']);
  });

  test('is a value where the schema says so', () => {
    expect(against(map({ a: { type: 'string', nullable: true } }, { required: ['a'] }), { a: null })).toEqual([]);
  });

  test('is a wrong entry of a list', () => {
    expect(against(map({ a: { type: 'array', items: text } }), { a: [null] })).toEqual(['type spec.a[0]: expected text, found null']);
  });
});

describe('fields', () => {
  const schema = map({ name: text, replicas: { type: 'integer' }, labels: { type: 'object', additionalProperties: text } });

  test('that are not named are unknown', () => {
    expect(against(schema, { nam: 'a' })).toEqual(['unknown spec.nam: there is no such field, and the API server refuses what it does not know']);
  });

  test('are suggested by their spelling', () => {
    const fix = (field: string) => violationsIn(schema, { [field]: 1 })[0].fix;
    expect(fix('replica')).toBe('did you mean replicas? Then write that');
    expect(fix('lables')).toBe('did you mean labels? Then write that');
    expect(fix('Name')).toBe('did you mean name? Then write that');
    expect(fix('timeout')).toBe('remove it, or move it to where it belongs');
  });

  test('of any name are checked where any name is allowed', () => {
    expect(against(schema, { labels: { a: 'b', c: 1 } })).toEqual(['type spec.labels.c: expected text, found a number']);
  });

  test('are kept where the schema keeps all, and still checked where it names them', () => {
    const open = map({ a: text }, { 'x-kubernetes-preserve-unknown-fields': true });
    expect(against(open, { b: { c: 1 } })).toEqual([]);
    expect(against(open, { a: 1 })).toEqual(['type spec.a: expected text, found a number']);
  });

  test('that are required are there unless they have a default', () => {
    const needing = map({ a: text, b: { type: 'string', default: 'x' } }, { required: ['a', 'b'] });
    expect(against(needing, {})).toEqual(['missing spec.a: the field is required']);
  });
});

describe('values', () => {
  test.each<[string, Schema, unknown, unknown, string]>([
    ['enum', { type: 'string', enum: ['A', 'B'] }, 'A', 'a', 'the value is none of those allowed'],
    ['pattern', { type: 'string', pattern: '^[a-z]+$' }, 'abc', 'aBc', 'the value does not match ^[a-z]+$'],
    ['minLength', { type: 'string', minLength: 2 }, 'ab', 'a', 'the text is shorter than 2 characters'],
    ['maxLength', { type: 'string', maxLength: 2 }, '😀😀', 'abc', 'the text has 3 characters, more than 2'],
    ['minimum', { type: 'integer', minimum: 1 }, 1, 0, 'the number is too small'],
    ['exclusiveMinimum', { type: 'number', minimum: 1, exclusiveMinimum: true }, 1.1, 1, 'the number is too small'],
    ['maximum', { type: 'integer', maximum: 5 }, 5, 6, 'the number is too large'],
    ['exclusiveMaximum', { type: 'number', maximum: 5, exclusiveMaximum: true }, 4.9, 5, 'the number is too large'],
    ['multipleOf', { type: 'number', multipleOf: 0.5 }, 1.5, 1.2, 'the number is no multiple of 0.5'],
    ['minItems', { type: 'array', items: text, minItems: 1 }, ['a'], [], 'there are 0 entries, fewer than 1'],
    ['maxItems', { type: 'array', items: text, maxItems: 1 }, ['a'], ['a', 'b'], 'there are 2 entries, more than 1'],
    ['uniqueItems', { type: 'array', items: text, uniqueItems: true }, ['a', 'b'], ['a', 'a'], 'the list has an entry twice'],
    ['minProperties', { type: 'object', additionalProperties: text, minProperties: 1 }, { a: 'b' }, {}, 'there are 0 fields, fewer than 1'],
    ['maxProperties', { type: 'object', additionalProperties: text, maxProperties: 1 }, { a: 'b' }, { a: 'b', c: 'd' }, 'there are 2 fields, more than 1'],
    ['date-time', { type: 'string', format: 'date-time' }, '2026-01-31T12:00:00Z', '2026-02-30T12:00:00Z', 'expected a point in time (RFC 3339)'],
    ['duration', { type: 'string', format: 'duration' }, '1h30m', 'soon', 'expected a duration'],
    ['ipv4', { type: 'string', format: 'ipv4' }, '192.0.2.1', '192.0.2.256', 'expected an IPv4 address'],
  ])('%s', (_, schema, right, wrong, reason) => {
    expect(against(map({ a: schema }), { a: right })).toEqual([]);
    expect(against(map({ a: schema }), { a: wrong })).toEqual([`value spec.a: ${reason}`]);
  });

  test('formats that the API server does not enforce in CRDs are none', () => {
    expect(against(map({ a: { type: 'integer', format: 'int32' }, b: { type: 'string', format: 'url' } }), { a: 3_000_000_000, b: 'no url' })).toEqual([]);
  });
});

describe('lists', () => {
  const entry = map({ name: text, protocol: { type: 'string', default: 'TCP' }, port: { type: 'integer' } });

  test('that are maps hold each key once', () => {
    const schema = map({ a: { 'type': 'array', 'items': entry, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] } });
    expect(against(schema, { a: [{ name: 'x' }, { name: 'y' }] })).toEqual([]);
    expect(against(schema, { a: [{ name: 'x' }, { name: 'y' }, { name: 'x' }] })).toEqual(['duplicate spec.a[2]: entry 0 has the same name']);
  });

  test('that are maps take the defaults of keys into account', () => {
    const schema = map({ a: { 'type': 'array', 'items': entry, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] } });
    expect(against(schema, { a: [{ port: 53 }, { port: 53, protocol: 'UDP' }] })).toEqual([]);
    expect(against(schema, { a: [{ port: 53 }, { port: 53, protocol: 'TCP' }] })).toEqual(['duplicate spec.a[1]: entry 0 has the same port and protocol']);
  });

  test('that are sets hold each entry once', () => {
    const schema = map({ a: { 'type': 'array', 'items': text, 'x-kubernetes-list-type': 'set' } });
    expect(against(schema, { a: ['x', 'y', 'x'] })).toEqual(['duplicate spec.a[2]: entry 0 is the same']);
  });
});

describe('combinations', () => {
  const fields = { a: text, b: text, c: text };

  test('oneOf asks for exactly one', () => {
    const schema = map(fields, { oneOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect(against(schema, { a: 'x' })).toEqual([]);
    expect(against(schema, {})).toEqual(['combination spec: one of a or b has to be set']);
    expect(against(schema, { a: 'x', b: 'y' })).toEqual(['combination spec: only one of a or b may be set, and a and b are']);
  });

  test('oneOf with a way to set none asks for at most one, as Istio writes it', () => {
    const schema = map(fields, { oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }, { required: ['b'] }] });
    expect(against(schema, {})).toEqual([]);
    expect(against(schema, { a: 'x', b: 'y' })).toEqual(['combination spec: only one of a or b may be set, and a and b are']);
  });

  test('anyOf asks for at least one', () => {
    const schema = map(fields, { anyOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect(against(schema, { a: 'x', b: 'y' })).toEqual([]);
    expect(against(schema, { c: 'x' })).toEqual(['combination spec: one of a or b has to be set']);
  });

  test('not excludes', () => {
    expect(against(map(fields, { not: { required: ['c'] } }), { c: 'x' })).toEqual(['combination spec: c may not be set here']);
  });

  test('alternatives see the defaults', () => {
    const schema = map({ kind: { type: 'string', default: 'ip' }, value: text }, {
      oneOf: [{ properties: { kind: { enum: ['ip'] } } }, { properties: { kind: { not: { enum: ['ip'] } } } }],
    });
    expect(against(schema, {})).toEqual([]);
  });

  test('what fits none is told what the nearest says', () => {
    const schema = map({ a: { type: 'string', anyOf: [{ maxLength: 0 }, { pattern: '^[a-z]+$' }] } });
    expect(against(schema, { a: 'A' })).toEqual(['combination spec.a: the value fits none of the alternatives; the nearest says: the text has 1 characters, more than 0']);
  });
});

describe('objects', () => {
  test('within objects have identity and metadata', () => {
    const schema = map({ a: { 'type': 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true } });
    expect(against(schema, { a: { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 'b' } } } })).toEqual([]);
    expect(against(schema, { a: { apiVersion: 'v1', metadata: { labels: { a: 1 } } } })).toEqual([
      'missing spec.a.kind: an object within an object needs it',
      'type spec.a.metadata.labels.a: expected text, found a number',
    ]);
  });

  test('of which the server drops the status are checked for unknown fields there, and for nothing else', () => {
    const schema = map({ status: map({ ready: { type: 'boolean' } }, { required: ['ready'] }) });
    const status = (value: unknown) => complaintsOf(violationsIn(schema, { status: value }, { status: {} }));
    expect(status({ ready: 'yes' })).toEqual([]);
    expect(status({ redy: true })).toHaveLength(1);
    expect(complaintsOf(violationsIn(schema, { status: { ready: 'yes' } }))).toEqual(['type status.ready: expected true or false, found text']);
  });

  test('may have the names that their schema allows', () => {
    const schema = map({ metadata: map({ name: { type: 'string', maxLength: 3 } }) });
    expect(complaintsOf(violationsIn(schema, {}))).toEqual(['value metadata.name: the text has 6 characters, more than 3']);
  });
});
