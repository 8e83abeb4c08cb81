import { SAMPLES } from './expressions';
import { labelsOf } from '../../lib/analysis/rules/observability/promql/labels';
import { parsePromql } from '../../lib/analysis/rules/observability/promql/parse';
import { promqlProblem } from '../../lib/analysis/rules/observability/promql/verdict';

describe('judging expressions as Prometheus does', () => {
  test.each(SAMPLES.filter(sample => sample.valid).map(sample => sample.text))('takes %s', text => {
    expect(promqlProblem(text)).toBeUndefined();
  });

  test.each(SAMPLES.filter(sample => !sample.valid).map(sample => sample.text))('refuses %s', text => {
    expect(promqlProblem(text)).toBeDefined();
  });

  test.each([
    ['rate(x)', 'rate() takes a range vector, and `x` is an instant vector'],
    ['nosuchfunction(x)', 'there is no function nosuchfunction'],
    ['sum(', 'it does not parse, at its end (character 5)'],
    ['x{a="\\."}', '"\\." has the unknown escape \\.; a backslash in quotes is written twice'],
    ['round(x, 5, 6)', 'round takes 1 to 2 arguments, and here it has 3'],
  ])('says what is wrong with %s', (text, reason) => {
    expect(promqlProblem(text)).toBe(reason);
  });
});

describe('labels of a result', () => {
  test.each<[string, string[] | undefined]>([
    ['up', undefined],
    ['sum(up)', []],
    ['sum by (a, b) (up) > 1', ['a', 'b']],
    ['sum by (a) (x) / sum by (a) (y)', ['a']],
    ['x / on (a) y', ['a']],
    ['sum by (a, b) (x) / ignoring (b) sum by (a) (y)', ['a']],
    ['sum by (a) (x) * on (a) group_left (b) y', ['a', 'b']],
    ['x * on (a) group_right (b) sum by (a, c) (y)', ['a', 'c', 'b']],
    ['sum by (a) (x) and y', ['a']],
    ['sum by (a) (x) or sum by (b) (y)', ['a', 'b']],
    ['histogram_quantile(0.9, sum by (le, a) (rate(x[5m])))', ['a']],
    ['label_replace(sum by (a) (x), "b", "$1", "a", "(.*)")', ['a', 'b']],
    ['sum without (a) (sum by (a, b) (x))', ['b']],
    ['sum without (a) (x)', undefined],
    ['count_values("v", x)', ['v']],
    ['topk(3, sum by (a) (x))', ['a']],
    ['vector(1)', []],
    ['absent(up{job="x"})', undefined],
    ['100 * sum by (a) (x)', ['a']],
    ['sum by (a) (x) * scalar(y)', ['a']],
  ])('%s', (text, labels) => {
    const found = labelsOf(parsePromql(text));
    expect(found && [...found]).toEqual(labels);
  });
});
