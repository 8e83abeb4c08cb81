import { Yaml } from 'cdk8s';
import { Prng } from './prng';
import { YamlWriter } from '../../../lib/core/app/yaml-writer';

const PIECES = [
  'a', 'B', 'e', 'E', 'x', 'yes', 'No', 'on', 'null', 'true', '~', '0', '7', '12', '0x1f', '1e3', '.5', '_', '-', '+', '.', '/', ':', ': ', ' #', '#', '?', '- ', '*', '&', '!',
  '|', '>', '%', '@', '`', '"', '\'', '{', '}', '[', ']', ',', '<<', '=', '\\', ' ', '  ', '\t', '\n', '\n\n', '\n  ', ' \n', '\r\n', '---', '...', '\u0000', '\u0007', '\u0085', '\u00a0',
  '\u2028', '\ufeff', 'ü', '日本', '😀', '\ud800', '2026-01-31', '12:30:45', 'registry.example.com/shop:1.0', 'long '.repeat(30),
];
const KEYS = ['name', 'app.kubernetes.io/name', 'x-y_z', 'y', 'e5', '5', '.dot', '<<', '', 'a b', 'ns:key', '---', '__proto', 'null', 'k'.repeat(300)];

function text(random: Prng): string {
  return Array.from({ length: random.below(5) }, () => random.pick(PIECES)).join('');
}

function value(random: Prng, depth: number, seen: unknown[]): unknown {
  const kind = random.below(depth > 4 ? 5 : 12);
  if (kind < 3) return text(random);
  if (kind === 3) return random.pick([true, false, 0, -0, 1, -17, 1.5, 1e21, 1e-7, 8080]);
  if (kind === 4) return random.chance(0.05) ? random.pick([null, undefined, NaN, Infinity, ...seen]) : random.pick(['plain', 'main', 'http1', '10s', 'v1']);
  const made = kind < 8 ? Array.from({ length: random.below(4) }, () => value(random, depth + 1, seen)) : map(random, depth + 1, seen);
  seen.push(made);
  return made;
}

function map(random: Prng, depth: number, seen: unknown[]): Record<string, unknown> {
  const keys = Array.from({ length: random.below(5) }, (_, i) => random.chance(0.02) ? random.pick(KEYS) : `key${i}`);
  return Object.fromEntries(keys.map(key => [key, value(random, depth, seen)]));
}

test('writes random documents byte for byte as the library does', () => {
  const random = new Prng(7);
  const writer = new YamlWriter();
  for (let i = 0; i < 6000; i++) {
    const document = map(random, 0, []);
    expect(writer.write(document)).toBe(Yaml.stringify(document));
  }
});

test('writes every short text of characters that mean something as the library does', () => {
  const writer = new YamlWriter();
  const signs = ['a', 'e', 'y', 'n', '0', '9', '.', '-', '+', '_', ':', '/', ' ', '#', '\n', '~', '<', '='];
  const texts = signs.flatMap(a => ['', ...signs].flatMap(b => ['', ...signs].map(c => a + b + c)));
  const words = ['yes', 'Yes', 'YES', 'no', 'on', 'Off', 'true', 'TRUE', 'null', 'Null', 'NULL', 'e5', 'E-5', 'e+5', 'inf', '.inf', 'nan', 'y', 'N', 'a:b', 'a: b', 'a:', 'http://a:1', '_1', '/a'];
  const document = { list: [...texts, ...words], ...Object.fromEntries(words.filter(word => /^[a-z]{2}$/i.test(word)).map(word => [`k${word}`, word])) };
  expect(writer.write(document)).toBe(Yaml.stringify(document));
  for (const word of words) expect(writer.write({ [word]: word })).toBe(Yaml.stringify({ [word]: word }));
});

test.each([
  ['nothing', undefined],
  ['a list', [1, 'a']],
  ['a text', 'a\nb'],
  ['an empty map', {}],
  ['a map of nothing', { a: undefined, b: null }],
  ['a map without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['a date', { at: new Date(0) }],
  ['one list twice', (list => ({ a: list, b: list }))(['x'])],
])('leaves %s to the library', (_, document) => {
  expect(new YamlWriter().write(document)).toBe(Yaml.stringify(document));
});

test('writes ordinary objects without the library', () => {
  const writer = new YamlWriter();
  writer.write({ warm: 'up' });
  const library = jest.spyOn(Yaml, 'stringify');
  writer.write({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'checkout', labels: { 'app.kubernetes.io/name': 'checkout' } },
    spec: { template: { spec: { containerConcurrency: 10, containers: [{ image: 'registry.example.com/shop/checkout:v1.0', args: ['serve', 'all'] }] } } },
  });
  expect(library).not.toHaveBeenCalled();
  library.mockRestore();
});

test('leaves everything to a library that writes another style', () => {
  const library = jest.spyOn(Yaml, 'stringify').mockReturnValue('{ "kind": "Other" }\n');
  expect(new YamlWriter().write({ kind: 'Other' })).toBe('{ "kind": "Other" }\n');
  library.mockRestore();
});
