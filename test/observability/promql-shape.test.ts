import { parsePromql } from '../../lib/analysis/rules/observability/promql/parse';
import { descendants } from '../../lib/analysis/rules/observability/promql/tree';

describe('expressions that differ in their texts alone', () => {
  const expression = (job: string) => `sum by (le) (rate(requests_total{job="${job}", code=~'5..'}[5m])) / on (job) group_left up{job="${job}"}`;

  test.each(['', 'a', 'orders', 'a much longer name', '{}()[5m]'])('have texts and places of their own: %p', job => {
    parsePromql(expression('first'));
    const nodes = descendants(parsePromql(expression(job)));
    expect(nodes.filter(({ kind }) => kind === 'StringLiteral').map(({ text }) => text)).toEqual([`"${job}"`, "'5..'", `"${job}"`]);
    for (const { text, from } of nodes) expect(expression(job).slice(from, from + text.length)).toBe(text);
    expect(nodes.map(({ kind }) => kind)).toEqual(descendants(parsePromql(expression('first'))).map(({ kind }) => kind));
  });

  test.each(['up{job="a"', 'up{job="a} or up{job="b"}', 'rate(x{job="a"}) + ]"b"'])('are marked where they are broken: %p', text => {
    const [first, again] = [parsePromql(text), parsePromql(text)];
    expect(again).toEqual(first);
    expect(descendants(first).some(({ broken }) => broken)).toBe(true);
  });

  test('keep comments and escapes apart', () => {
    const text = 'up{job="a\\"b"} # "x\n or up{job="c"}';
    const texts = descendants(parsePromql(text)).filter(({ kind }) => kind === 'StringLiteral').map(node => node.text);
    expect(texts).toEqual(['"a\\"b"', '"c"']);
  });
});
