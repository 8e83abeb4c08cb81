import { App, Chart } from 'cdk8s';
import { Severity } from '../../lib/core';
import { collectProblems, formatProblem, reportProblems, toProblem } from '../../lib/core/problem';
import { isError, problemsOf } from '../../lib/core/validation';

const BASE = { code: 'SM9999', reason: 'it cannot work', fix: 'do something else' };
const scope = () => new Chart(new App(), 'shop');

describe('a problem', () => {
  test('is one line that says where, what, why and what to do', () => {
    const problem = toProblem(scope(), { ...BASE, field: 'traffic[0].percent', value: 101, peers: ['IST0101', 'KIA0102'] });
    expect(formatProblem(problem)).toBe('[shop] SM9999 traffic[0].percent = 101: it cannot work. Fix: do something else. (also IST0101, KIA0102)');
  });

  test.each([
    [{ field: 'spec' }, '[shop] SM9999 spec: it cannot work. Fix: do something else.'],
    [{}, '[shop] SM9999 it cannot work. Fix: do something else.'],
    [{ path: 'shop/orders' }, '[shop/orders] SM9999 it cannot work. Fix: do something else.'],
    [{ severity: Severity.ERROR }, '[shop] SM9999 it cannot work. Fix: do something else.'],
    [{ severity: Severity.WARNING, field: 'spec' }, '[shop] SM9999 (warning) spec: it cannot work. Fix: do something else.'],
    [{ severity: Severity.INFO }, '[shop] SM9999 (info) it cannot work. Fix: do something else.'],
  ])('says no more than it knows: %j', (known, line) => {
    expect(formatProblem(toProblem(scope(), { ...BASE, ...known }))).toBe(line);
  });

  test.each([
    ['text', 'a b', '"a b"'],
    ['an empty text', '', '""'],
    ['zero', 0, '0'],
    ['false', false, 'false'],
    ['null', null, 'null'],
    ['a list', [1, 'b'], '[1,"b"]'],
    ['what JSON cannot write', () => 1, '() => 1'],
    ['a line break', 'a\nb', '"a\\nb"'],
  ])('shows %s as it would be written', (_, value, shown) => {
    expect(toProblem(scope(), { ...BASE, field: 'f', value }).value).toBe(shown);
  });

  test('does not show a value at length', () => {
    const { value } = toProblem(scope(), { ...BASE, field: 'f', value: 'x'.repeat(500) });
    expect(value).toHaveLength(120);
    expect(value).toMatch(/^"x+\.\.\.$/);
  });

  test('without a value has none', () => {
    expect(toProblem(scope(), BASE)).toEqual({ ...BASE, severity: Severity.ERROR, path: 'shop' });
  });

  test('is an error unless it says otherwise', () => {
    expect([undefined, Severity.ERROR, Severity.WARNING, Severity.INFO].map(severity => isError(toProblem(scope(), { ...BASE, severity }))))
      .toEqual([true, true, false, false]);
  });
});

describe('problems', () => {
  test('are collected over the whole tree, in its order, from every check of a construct', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map(id => new Chart(app, id));
    reportProblems(b, () => [{ ...BASE, code: 'SM9003' }]);
    reportProblems(a, () => [{ ...BASE, code: 'SM9001' }]);
    reportProblems(a, () => []);
    reportProblems(a, () => [{ ...BASE, code: 'SM9002' }]);
    expect(collectProblems(app).map(problem => `${problem.path} ${problem.code}`)).toEqual(['a SM9001', 'a SM9002', 'b SM9003']);
  });

  test('are looked for when they are asked for', () => {
    const chart = scope();
    const reports: typeof BASE[] = [];
    reportProblems(chart, () => reports);
    reports.push(BASE);
    expect(collectProblems(chart.node.root)).toHaveLength(1);
  });

  test('that read alike are told once', () => {
    const chart = scope();
    for (let i = 0; i < 2; i++) reportProblems(chart, () => [BASE]);
    expect(problemsOf(chart.node.root)).toHaveLength(1);
  });
});
