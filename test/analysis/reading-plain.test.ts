import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { Yaml } from 'cdk8s';
import { parseDocument } from 'yaml';
import { rules } from '../../lib/analysis/discovery';
import { chunksOf } from '../../lib/analysis/reading/chunks';
import { readPlainYaml } from '../../lib/analysis/reading/plain-yaml';
import { kubectlTags } from '../../lib/analysis/reading/scalars';
import { Prng } from '../core/app/prng';

const ROOT = path.resolve(__dirname, '..', '..');

/** What the library makes of a text, told so that nothing is lost. */
function told(text: string): string {
  const document = parseDocument(text, { customTags: kubectlTags, merge: true, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return `error: ${document.errors[0].message}`;
  return JSON.stringify([lineOf(text, document.contents?.range?.[0] ?? 0), document.toJS()]);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function expectSame(text: string): boolean {
  const plain = readPlainYaml(text);
  if (!plain) return false;
  const expected = told(text);
  const found = JSON.stringify([plain.line, plain.value]);
  if (found !== expected) throw new Error(`${text}\n--- found\n${found}\n--- expected\n${expected}`);
  return true;
}

const EXAMPLES = readdirSync(path.join(ROOT, 'examples'), { recursive: true, withFileTypes: true })
  .filter(entry => /\.ya?ml$/.test(entry.name))
  .map(entry => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
const WRITTEN = rules().flatMap(({ example }) => [example.refused, example.accepted]).flatMap(text => chunksOf(text).map(chunk => chunk.text));
/** The same as programs write it. */
const TEXTS = WRITTEN.map(text => Yaml.stringify(parseDocument(text).toJS()));

test('most documents that this library writes are read without the YAML library, and all as it reads them', () => {
  const documents = EXAMPLES.flatMap(text => chunksOf(text).map(chunk => chunk.text));
  expect(documents.length).toBeGreaterThan(20);
  expect(documents.filter(expectSame).length / documents.length).toBeGreaterThan(0.8);
});

test('the examples of all rules are read as the YAML library reads them', () => {
  expect(WRITTEN.filter(expectSame).length).toBeGreaterThan(10);
  expect(TEXTS.filter(expectSame).length / TEXTS.length).toBeGreaterThan(0.8);
});

const PIECES = ['-', '- ', ' ', '  ', '\n', '\n\n', ':', ': ', '#', ' #', '"', '\'', '|', '|-', '>', '{}', '[]', '[', '{', '&a', '*a', '!', '%', '...', '---', 'a', 'key: ', 'key:\n', '0', '017', '1.5',
  '1e9', '.5', 'yes', 'null', '~', '\t', '\r', 'é', ',', '?', '? ', '<<', '@', '`', '\\', '=', '    deep\n', '# comment\n', 'x: y\n', '- x\n'];

test('a document with something changed in it is read as the YAML library reads it, or left to it', () => {
  const random = new Prng(11);
  let read = 0;
  for (let i = 0; i < 8000; i++) {
    let text = random.pick(TEXTS);
    if (text.length > 1500) text = text.slice(0, 1500);
    // what is changed at its end matters as much
    if (random.chance(0.2)) text = text.trimEnd();
    for (let change = random.below(3); change >= 0; change--) {
      const at = random.below(text.length);
      text = text.slice(0, at) + (random.chance(0.7) ? random.pick(PIECES) : '') + text.slice(at + random.below(4));
    }
    // the library is asked as it is in the product: with one document at a time
    for (const chunk of chunksOf(text)) if (expectSame(chunk.text)) read++;
  }
  expect(read).toBeGreaterThan(1000);
});

function value(random: Prng, depth: number): unknown {
  const kind = random.below(depth > 4 ? 3 : 6);
  if (kind === 0) return Array.from({ length: random.below(4) }, () => random.pick(PIECES)).join('');
  if (kind === 1) return random.pick([true, false, 0, 1, 8080, 1.5, '10s', '100m', '1.4.2', 'a b', 'http://a:80/b', 'registry.example.com/a:1']);
  if (kind === 2) return Array.from({ length: 1 + random.below(3) }, () => random.pick(['line', '  more', 'key: value', '', '- a'])).join('\n') + random.pick(['', '\n', '\n\n']);
  if (kind === 3) return Array.from({ length: random.below(4) }, () => value(random, depth + 1));
  return Object.fromEntries(Array.from({ length: random.below(4) }, (_, i) => [random.pick([`key${i}`, `a.b/c-${i}`]), value(random, depth + 1)]));
}

test('random documents are read as the YAML library reads them, or left to it', () => {
  const random = new Prng(5);
  let read = 0;
  for (let i = 0; i < 3000; i++) if (expectSame(Yaml.stringify({ kind: 'A', spec: value(random, 0) }))) read++;
  expect(read).toBeGreaterThan(500);
});

test.each([
  ['a list right below its key', 'a:\n- b\n- c: d\n  e: f\ng: h\n', { a: ['b', { c: 'd', e: 'f' }], g: 'h' }],
  ['comments and empty lines', '# of a\na: b\n\n  # of c\nc:\n  # of d\n  d: 1\n', { a: 'b', c: { d: 1 } }],
  ['a literal block', 'a: |\n  b: c\n\n    # d\n\ne: |-\n  f\n', { a: 'b: c\n\n  # d\n', e: 'f' }],
  ['what kubectl takes for truth values and numbers', 'a: yes\nb: off\nc: 017\nd: 1_000\ne: null\nf: "yes"\ng:\n', { a: true, b: false, c: 15, d: 1000, e: null, f: 'yes', g: null }],
])('%s', (_, text, expected) => {
  expect(readPlainYaml(text)?.value).toEqual(expected);
  expectSame(text);
});

test.each([
  'a: b\na: c\n', 'a: b\n  c: d\n', '{a: b}\n', 'a: &x b\n', 'yes: a\n', 'a: b # c\n', 'a: >\n  b\n', '- a\n', 'a:\n\tb: c\n', 'a: "b\\n"\n', 'a: b: c\n', '', 'a: b\n...\n', '__proto__: a\n', 'ä: b\n',
])('leaves to the library: %j', text => {
  expect(readPlainYaml(text)).toBeUndefined();
});
