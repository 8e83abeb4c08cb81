import * as fs from 'fs';
import * as path from 'path';
import { against, complaintsOf, violationsIn } from './support';
import { CelProgram } from '../../../lib/analysis/schema/cel/program';
import { CelRule, Schema } from '../../../lib/analysis/schema/structural';
import { schemasFolder } from '../../../lib/analysis/scopes';

const text: Schema = { type: 'string' };

/** Rules that the library cannot evaluate. Each is left to the API server. */
const NOT_EVALUATED: string[] = [];

/** Rules on what was there before, which have nothing to say of a new object. */
const TRANSITIONS = 5;

function evaluate(expression: string, self?: unknown): unknown {
  const outcome = CelProgram.of(expression).evaluate(self);
  return 'value' in outcome ? outcome.value : `error: ${outcome.error}`;
}

function rulesOf(schema: Schema): CelRule[] {
  return [
    ...schema['x-kubernetes-validations'] ?? [],
    ...[...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties]
      .flatMap(part => typeof part === 'object' ? rulesOf(part) : []),
  ];
}

describe('the rules of imports/schemas', () => {
  const rules = new Set(fs.readdirSync(schemasFolder()).filter(file => !/^(index|kubernetes)\.json$/.test(file)).flatMap(file => {
    const { definitions, kinds } = JSON.parse(fs.readFileSync(path.join(schemasFolder(), file), 'utf8'));
    return [...Object.values<Schema>(definitions), ...Object.values<{ schema: Schema }>(kinds).map(({ schema }) => schema)]
      .flatMap(rulesOf).map(({ rule }) => rule);
  }));

  test('are read', () => expect(rules.size).toBeGreaterThan(150));

  test('can be evaluated, but for these', () => {
    expect([...rules].filter(rule => CelProgram.of(rule).problem !== undefined)).toEqual(NOT_EVALUATED);
  });

  test('are about new objects, but for these', () => {
    expect([...rules].filter(rule => CelProgram.of(rule).isTransition)).toHaveLength(TRANSITIONS);
  });

  test('call no function that is missing', () => {
    const values = ['a', 'a.b', '10s', 80n, ['a'], { a: 'b' }, {}, [], [{ name: 'a', matches: [{ path: { type: 'Exact', value: '/a' } }] }]];
    for (const rule of rules) values.forEach(value => CelProgram.of(rule).evaluate(value));
    // the library finds out when it comes to the function
    const missing = [...rules].filter(rule => !CelProgram.of(rule).isTransition && CelProgram.of(rule).problem !== undefined);
    expect(missing).toEqual([]);
  });
});

describe('a rule', () => {
  const schema = (rule: string, more: Partial<CelRule> = {}, properties: Record<string, Schema> = {}): Schema => ({
    'type': 'object',
    'properties': { a: text, n: { type: 'integer' }, list: { type: 'array', items: { type: 'object', properties: { k: text } } }, ...properties },
    'x-kubernetes-validations': [{ rule, ...more }],
  });

  test('that is met says nothing', () => {
    expect(against(schema("self.a == 'x' && self.n > 1"), { a: 'x', n: 2 })).toEqual([]);
  });

  test('that is not met says its message, or itself', () => {
    expect(against(schema('has(self.a)', { message: 'a is\n needed.' }), {})).toEqual(['cel spec: a is needed']);
    expect(against(schema('has(self.a)'), {})).toEqual(['cel spec: a rule of the schema is not met: has(self.a)']);
  });

  test('computes its message where it says how', () => {
    expect(against(schema('self.n < 5', { messageExpression: "'%d is too much for %s'.format([self.n, self.a])", message: 'never seen' }), { n: 7, a: 'x' }))
      .toEqual(['cel spec: 7 is too much for x']);
    expect(against(schema('self.n < 5', { messageExpression: 'self.zz', message: 'the fallback' }), { n: 7 })).toEqual(['cel spec: the fallback']);
  });

  test('names the field that it says it is about', () => {
    expect(against(schema('self.n < 5', { fieldPath: '.n', message: 'too large' }), { n: 7 })).toEqual(['cel spec.n: too large']);
  });

  test('that cannot be evaluated on a value refuses it, as with the API server', () => {
    expect(against(schema("self.a == 'x'"), {})).toEqual(['cel spec: a rule of the schema cannot be evaluated: No such key: a']);
    expect(against(schema("self.a == 'x' || true"), {})).toEqual([]);
  });

  test('on a change has nothing to say', () => {
    expect(against(schema('self.a == oldSelf.a'), { a: 'x' })).toEqual([]);
  });

  test('of which a function does not know the type of a value refuses it', () => {
    const either = schema('self.i.size() < 3', {}, { i: { 'x-kubernetes-int-or-string': true } });
    expect(against(either, { i: 80 })).toEqual(["cel spec: a rule of the schema cannot be evaluated: found no matching overload for 'int.size()'"]);
    expect(against(either, { i: '80' })).toEqual([]);
    expect(against(either, { i: '8080' })).toHaveLength(1);
  });

  test('with a function that exists nowhere has no say', () => {
    expect(against(schema('nowhere(self.a)'), { a: 'x' })).toEqual([]);
  });

  test('is not asked while a type is wrong or a field missing', () => {
    expect(against(schema('self.n < 5'), { n: '7' })).toEqual(['type spec.n: expected a whole number, found text']);
  });

  test('sees defaults, and nulls as missing', () => {
    const withDefault = schema("self.mode == 'A'", {}, { mode: { type: 'string', default: 'A' } });
    expect(against(withDefault, {})).toEqual([]);
    expect(against(withDefault, { mode: 'B' })).toHaveLength(1);
    expect(against(schema('!has(self.a)'), { a: null })).toEqual([]);
    expect(against(schema('!has(self.a)', {}, { a: { type: 'string', nullable: true } }), { a: null })).toEqual([]);
  });

  test('sees objects that only come from defaults', () => {
    const nested = schema('true', {}, { inner: { 'type': 'object', 'default': {}, 'properties': { m: text }, 'x-kubernetes-validations': [{ rule: 'has(self.m)', message: 'm' }] } });
    expect(against(nested, {})).toEqual(['cel spec.inner: m']);
  });

  test('reaches fields by the names that CEL can say', () => {
    const odd = { 'namespace': text, 'x-y': text, 'a.b': text, 'c/d': text, 'e__f': text, 'in': text };
    const rule = 'self.__namespace__ + self.x__dash__y + self.a__dot__b + self.c__slash__d + self.e__underscores__f + self.__in__ == "123456"';
    expect(against(schema(rule, {}, odd), { 'namespace': '1', 'x-y': '2', 'a.b': '3', 'c/d': '4', 'e__f': '5', 'in': '6' })).toEqual([]);
  });

  test('sees whole numbers as integers, fractions as doubles, and int-or-string as what is there', () => {
    const numbers = schema('self.n / 2 == 2 && self.d + 0.5 == 2.0 && type(self.i) == int && type(self.s) == string', {}, {
      d: { type: 'number' }, i: { 'x-kubernetes-int-or-string': true }, s: { 'x-kubernetes-int-or-string': true },
    });
    expect(against(numbers, { n: 5, d: 1.5, i: 80, s: 'http' })).toEqual([]);
  });

  test('sees times, durations and bytes', () => {
    const typed = schema("self.t.getFullYear() == 2026 && self.d > duration('1h') && self.b == b'hello'", {}, {
      t: { type: 'string', format: 'date-time' }, d: { type: 'string', format: 'duration' }, b: { type: 'string', format: 'byte' },
    });
    expect(against(typed, { t: '2026-01-31T12:00:00Z', d: '90m', b: 'aGVsbG8=' })).toEqual([]);
  });

  test('holds below lists, maps and allOf', () => {
    const checked: Schema = { 'type': 'string', 'x-kubernetes-validations': [{ rule: "self != 'x'", message: 'no x' }] };
    expect(against({ type: 'array', items: checked }, ['a', 'x'])).toEqual(['cel spec[1]: no x']);
    expect(against({ type: 'object', additionalProperties: checked }, { k: 'x' })).toEqual(['cel spec.k: no x']);
    expect(against({ type: 'string', allOf: [checked] }, 'x')).toEqual(['cel spec: no x']);
  });

  test('at the root sees the name of the object', () => {
    const named: Schema = { 'type': 'object', 'x-kubernetes-validations': [{ rule: "self.metadata.name == 'default'", message: 'there is one' }] };
    expect(complaintsOf(violationsIn(named, {}))).toEqual(['cel : there is one']);
    expect(complaintsOf(violationsIn(named, { metadata: { name: 'default' } }))).toEqual([]);
  });
});

// the API server gives the same for each of these (1.34)
describe('functions', () => {
  test.each<[string, unknown]>([
    ["'abc'.matches('^[a-z]+(?i)C$')", true],
    ["'hello World'.find('[A-Z]\\\\w+')", 'World'],
    ["'hello'.findAll('l')", ['l', 'l']],
    ["'hello'.findAll('l', 1)", ['l']],
    ["'hello'.charAt(1)", 'e'],
    ["'a-b-c'.replace('-', '+', 1)", 'a+b-c'],
    ["'%s %d %.2f %s'.format(['a', 5, 1.5, ['b']])", 'a 5 1.50 ["b"]'],
    ["strings.quote('a\"b')", '"a\\"b"'],
    ["['a', 'b'].isSorted()", true],
    ['[3, 1, 2].sum()', 6n],
    ['[3, 1, 2].min()', 1n],
    ["['b', 'a'].indexOf('a')", 1n],
    ["['b', 'b'].lastIndexOf('b')", 1n],
    ["sets.contains(['a', 'b'], ['b'])", true],
    ["sets.equivalent(['a', 'b'], ['b', 'a', 'a'])", true],
    ["sets.intersects(['a'], ['b'])", false],
    ['optional.none().hasValue()', false],
    ["{'a': 1}[?'b'].orValue(7)", 7n],
    ["{'a': 1}.?a.orValue(7)", 1n],
    ['has([{"a": 1}][0].a)', true],
    ['[1, 2].all(i, x, x == i + 1)', true],
    ["{'a': 1, 'b': 2}.exists(k, v, k == 'b' && v == 2)", true],
    ['[5, 6].transformList(i, x, x > 5, i)', [1n]],
    ["{'a': 1}.transformMap(k, v, v + 1)", { a: 2n }],
    ["duration('90m') == duration('1h30m')", true],
    ["timestamp('2026-01-31T12:00:00Z').getMonth()", 0n],
    ['1 / 0 == 1 || true', true],
    ["url('https://a.example.com:8443/p a/?q=1&q=2').getHost()", 'a.example.com:8443'],
    ["url('https://a.example.com/p a/').getEscapedPath()", '/p%20a/'],
    ["url('https://[::1]:80/').getHostname()", '::1'],
    ["url('https://a.example.com/?q=1&q=2').getQuery()['q']", ['1', '2']],
    ["url('/path').getScheme()", ''],
    ["isURL('https://a:b:c/')", false],
    ["isURL('../relative')", false],
    ["isURL('http://#%blah$#@')", false],
    ["isURL('mailto:a@b')", true],
    ["quantity('1Gi').isGreaterThan(quantity('1G'))", true],
    ["quantity('500m').add(quantity('1')) == quantity('1.5')", true],
    ["quantity('1k').asInteger()", 1000n],
    ["isQuantity('1x')", false],
    ["isQuantity('1e3')", true],
    ["isIP('192.0.2.1')", true],
    ["isIP('192.0.2.01')", false],
    ["isIP('fe80::1%eth0')", false],
    ["ip('::1').family()", 6n],
    ["ip('127.0.0.1').isLoopback()", true],
    ["ip('ff02::1').isGlobalUnicast()", false],
    ["string(ip('2001:0db8:0:0:0:0:0:1'))", '2001:db8::1'],
    ["ip.isCanonical('2001:DB8::1')", false],
    ["cidr('10.0.0.0/8').containsIP('10.1.2.3')", true],
    ["cidr('10.0.0.5/8').masked() == cidr('10.0.0.0/8')", true],
    ["isCIDR('10.0.0.0/33')", false],
    ["format.dns1123Label().validate('a.b').hasValue()", true],
    ["format.named('qualifiedName').value().validate('a/b').hasValue()", false],
    ["format.named('nothing').hasValue()", false],
    ["semver('1.2.3').isLessThan(semver('1.10.0'))", true],
    ["isSemver('v1.2')", false],
    ["isSemver('v1.2', true)", true],
  ])('%s', (expression, value) => expect(evaluate(expression)).toEqual(value));

  test.each([
    ["url('../relative')"], ["quantity('1x')"], ["quantity('1.5').asInteger()"], ["ip('a')"], ['[1][3]'], ["{'a': 1}.b"], ["'a'.substring(5)"], ['1 / 0'],
  ])('%s is an error', expression => expect(evaluate(expression)).toMatch(/^error: /));
});
