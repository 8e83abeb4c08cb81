import * as fs from 'fs';
import * as path from 'path';
import { goRegExp } from '../../../lib/analysis/schema/go-regexp';
import { schemasFolder } from '../../../lib/analysis/scopes';

test.each<[string, string[], string[]]>([
  ['^(?i)(abort|warn)?$', ['', 'Abort', 'WARN'], ['stop']],
  ['^a(?i)b$', ['ab', 'aB'], ['Ab', 'AB']],
  ['^(a(?i)b)c$', ['aBc'], ['abC']],
  ['^(?i:a)b$', ['Ab'], ['aB']],
  ['(?i)^[a-f]+$', ['aBcDeF'], ['g']],
  ['^[[:alpha:]_]+$', ['aB_'], ['a1']],
  ['^\\Qa.b\\E$', ['a.b'], ['axb']],
  ['\\Aa\\z', ['a'], ['a\n', 'ba']],
  ['^.$', ['a', '😀'], ['\n', '']],
  ['(?s)^.$', ['\n'], ['']],
  ['(?m)^b$', ['a\nb\nc'], ['ab']],
  ['^\\s$', [' ', '\t'], ['\u00a0', '\v']],
  ['^\\x{1F600}$', ['😀'], ['a']],
  ['^\\pL+$', ['é'], ['1']],
  ['^\\p{Greek}$', ['α'], ['a']],
  ['^[\\w\\s:/.\\\\-]+$', ['C:\\a b/c-d.e'], ['a*b']],
  ['^a{2}$', ['aa'], ['a']],
  ['^{a}$', ['{a}'], ['a']],
  ['^[-._a-zA-Z0-9]+$', ['a-b.c_d'], ['a b']],
  ['^(?P<year>\\d{4})$', ['2026'], ['26']],
])('%s', (pattern, matching, other) => {
  const expression = goRegExp(pattern)!;
  expect(matching.filter(text => !expression.test(text))).toEqual([]);
  expect(other.filter(text => expression.test(text))).toEqual([]);
});

test('what is no pattern is none', () => {
  expect(goRegExp('(')).toBeUndefined();
  expect(goRegExp('[a')).toBeUndefined();
  expect(goRegExp('\\k')).toBeUndefined();
});

test('every pattern of imports/schemas can be said in JavaScript', () => {
  const patterns = new Set(fs.readdirSync(schemasFolder()).flatMap(file =>
    Array.from(fs.readFileSync(path.join(schemasFolder(), file), 'utf8').matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g), found => JSON.parse(found[1]) as string)));
  expect(patterns.size).toBeGreaterThan(50);
  expect([...patterns].filter(pattern => goRegExp(pattern) === undefined)).toEqual([]);
});
