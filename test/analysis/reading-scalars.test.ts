import { chunksOf } from '../../lib/analysis/reading/chunks';
import { YamlDocument } from '../../lib/analysis/reading/yaml-document';

function read(text: string): YamlDocument {
  return new YamlDocument(chunksOf(text)[0]);
}

/** What sigs.k8s.io/yaml 1.6.0 over go.yaml.in/yaml/v2 2.4.2, which kubectl reads with, makes of `v: TEXT`. */
const AS_KUBECTL: readonly [string, string][] = [
  ['yes', 'true'], ['Yes', 'true'], ['YES', 'true'], ['yEs', '"yEs"'], ['on', 'true'], ['On', 'true'], ['y', 'true'],
  ['off', 'false'], ['OFF', 'false'], ['N', 'false'], ['no', 'false'],
  ['true', 'true'], ['True', 'true'], ['tRUE', '"tRUE"'], ['FALSE', 'false'], ['"yes"', '"yes"'], ["'on'", '"on"'],
  ['~', 'null'], ['null', 'null'], ['NULL', 'null'], ['nUll', '"nUll"'], ['', 'null'],
  ['0', '0'], ['-0', '0'], ['+5', '5'], ['007', '7'], ['0777', '511'], ['-007', '-7'], ['08', '8'], ['0o17', '15'], ['0O17', '15'],
  ['0x1F', '31'], ['0XfF', '255'], ['0b101', '5'], ['-0b11', '-3'], ['0b12', '"0b12"'], ['0x', '"0x"'],
  ['1_000', '1000'], ['_1', '"_1"'], ['0_7', '7'], ['1_000.5', '1000.5'],
  ['1:30', '"1:30"'], ['190:20:30', '"190:20:30"'], ['1.2.3', '"1.2.3"'], ['1-2', '"1-2"'],
  ['1.10', '1.1'], ['1.', '1'], ['.5', '0.5'], ['-.5', '-0.5'], ['+.5', '0.5'], ['.5e3', '500'], ['1e3', '1000'], ['12e03', '12000'],
  ['1E-2', '0.01'], ['1e', '"1e"'], ['e3', '"e3"'], ['.', '"."'], ['1e400', '"1e400"'],
  ['2001-01-01', '"2001-01-01"'], ['2001-12-14t21:59:43.10-05:00', '"2001-12-14t21:59:43.10-05:00"'],
  ['!!str 5', '"5"'], ['!!int "5"', '5'], ['!!float 5', '5'], ['!!bool "yes"', 'true'], ['! 5', '"5"'], ['!custom x', '"x"'],
  ['!!binary aGVsbG8=', '"hello"'], ['!!timestamp 2001-01-01', '"2001-01-01"'],
  ['{yes: c, 0x10: d, 1.10: e}', '{"16":"d","true":"c","1.1":"e"}'],
];

test.each(AS_KUBECTL)('%s is read as kubectl reads it', (text, json) => {
  const document = read(`v: ${text}\n`);
  expect(document.problems).toEqual([]);
  expect(JSON.stringify(document.value)).toBe(`{"v":${json}}`);
});

test.each(['.inf', '-.INF', '.nan'])('%s is refused, as JSON has no such number', text => {
  expect(read(`v: ${text}\n`).problems).toMatchObject([{ line: 1, column: 4, message: expect.stringContaining('JSON') }]);
});

test('anchors and merged maps are resolved', () => {
  expect(read('a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}\n').value).toEqual({ a: { p: 1, q: 2 }, b: { p: 1, q: 3 } });
});

test('aliases that multiply without end are refused', () => {
  const levels = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 6 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`)];
  const document = read(levels.join('\n'));
  expect(document.readable).toBe(false);
  expect(document.problems).toMatchObject([{ message: expect.stringMatching(/alias/i) }]);
});

test.each(['? {a: b}\n: c\n', '{[a]: b}\n', 'name: {{ .Values.name }}\n'])('%j is refused: its keys are no texts', text => {
  expect(read(text).problems).toMatchObject([{ message: 'A key must be a text, not a map or a list' }]);
});
