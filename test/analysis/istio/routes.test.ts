import { found } from '../found';

const routes = (list: string, ...entries: readonly string[]) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalogue, namespace: shop }
spec:
  hosts: [catalogue.example.com]
  ${list}:
${entries.map(entry => `    - { ${entry}${entry ? ', ' : ''}route: [{ destination: { host: catalogue.example.com } }] }\n`).join('')}`;

const fields = (text: string, code: string) => found(text, code).map(({ field }) => field);

describe('a route', () => {
  test('after one without a condition is never reached', () => {
    expect(fields(routes('http', '', 'match: [{ uri: { prefix: /v1 } }]', ''), 'SM0628')).toEqual(['spec.http[1]', 'spec.http[2]']);
  });

  test('that stands last needs no condition', () => {
    expect(fields(routes('http', 'match: [{ uri: { prefix: /v1 } }]', ''), 'SM0628')).toEqual([]);
  });

  test('with conditions of earlier ones alone is never reached', () => {
    const text = routes('http', 'match: [{ uri: { exact: /a } }, { uri: { exact: /b } }]', 'match: [{ uri: { exact: /b } }]', 'match: [{ uri: { exact: /a } }, { uri: { exact: /c } }]');
    expect(fields(text, 'SM0628')).toEqual(['spec.http[1]']);
    expect(fields(text, 'SM0629')).toEqual(['spec.http[1].match[0]', 'spec.http[2].match[0]']);
  });

  test('of HTTP may have the same condition under another name, and has it all the same', () => {
    expect(fields(routes('http', 'match: [{ name: a, uri: { exact: /a } }]', 'match: [{ name: b, uri: { exact: /a } }]'), 'SM0628')).toEqual(['spec.http[1]']);
  });

  test.each(['tcp', 'tls'])('of %s is told by the same', list => {
    const match = list === 'tcp' ? 'match: [{ port: 80 }]' : 'match: [{ port: 80, sniHosts: [catalogue.example.com] }]';
    expect(fields(routes(list, match, match), 'SM0628')).toEqual([`spec.${list}[1]`]);
  });
});

describe('a prefix', () => {
  const two = (first: string, second: string) => routes('http', `match: [{ ${first} }]`, `match: [{ ${second} }]`);

  test.each([
    ['uri: { prefix: /a }', 'uri: { prefix: /a/b }', true],
    ['uri: { prefix: /a/b }', 'uri: { prefix: /a }', false],
    ['uri: { prefix: /a }, port: 80', 'uri: { prefix: /a/b }', false],
    ['uri: { prefix: /a }, method: { exact: POST }', 'uri: { prefix: /a/b }, method: { exact: PUT }', false],
    ['uri: { prefix: /a }, headers: { x: { exact: "1" } }', 'uri: { prefix: /a/b }', false],
    ['uri: { prefix: /a }, headers: { x: { exact: "1" } }', 'uri: { prefix: /a/b }, headers: { x: { exact: "1" } }', true],
    ['uri: { prefix: /a }', 'uri: { exact: /a/b }', false],
  ])('%s before %s takes everything: %p', (first, second, all) => {
    expect(fields(two(first, second), 'SM0629')).toEqual(all ? ['spec.http[1].match[0].uri.prefix'] : []);
  });
});
