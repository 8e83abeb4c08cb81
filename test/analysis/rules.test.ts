import { Severity } from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { rules } from '../../lib/analysis/discovery';
import { explanationOf } from '../../lib/analysis/findings/catalogue';
import { Rule, RuleExample } from '../../lib/analysis/rule';
import { isAtLeast, Problem } from '../../lib/core/problem';
import { isError } from '../../lib/core/validation';

const RULES = rules();
const BY_CODE = RULES.map(rule => [rule.code, rule] as const);
const RULE_FAILED = 'SM0007';

function findings(text: string, { profile }: RuleExample): Problem[] {
  return checkFiles([{ name: 'example.yaml', text }], { profile });
}

function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ code, field, reason }) => `${code} ${field}: ${reason}`);
}

describe('rules', () => {
  test('have codes of their own', () => {
    expect(RULES.length).toBeGreaterThan(100);
    expect(duplicates(RULES.map(rule => rule.code))).toEqual([]);
    for (const { code } of RULES) expect(code).toMatch(/^SM\d{4}$/);
  });

  test.each(BY_CODE)('%s says what it is about and why', (code, rule) => {
    expect(rule.title.length).toBeGreaterThan(5);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.explanation.length).toBeGreaterThan(40);
    expect(explanationOf(code)).toMatchObject({ title: rule.title, explanation: rule.explanation, peers: rule.peers ?? [] });
  });
});

describe.each(BY_CODE)('%s', (code, rule) => {
  const { example } = rule;

  test('refuses its example', () => {
    const all = findings(example.refused, example);
    const found = all.filter(problem => problem.code === code);
    expect(found).not.toEqual([]);
    expect(lines(all.filter(problem => problem.code === RULE_FAILED))).toEqual([]);
    for (const problem of found) complete(rule, problem);
  });

  test('lets the mended example pass, and no other rule refuses it', () => {
    const found = findings(example.accepted, example);
    expect(lines(found.filter(problem => problem.code === code || problem.code === RULE_FAILED || isError(problem)))).toEqual([]);
  });
});

/** Of a finding all that a reader needs: what, where, why, and what to do. */
function complete(rule: Rule, problem: Problem): void {
  expect(problem.reason).not.toBe('');
  expect(problem.fix).not.toBe('');
  expect(problem.field).toBeTruthy();
  expect(problem.object?.kind).toBeTruthy();
  expect(problem.source).toEqual({ file: 'example.yaml', line: expect.any(Number), column: expect.any(Number) });
  // or it would be missing where only more severe findings are asked for
  expect(isAtLeast(rule.severity, problem.severity ?? Severity.ERROR)).toBe(true);
}

function duplicates(codes: readonly string[]): string[] {
  return codes.filter((code, at) => codes.indexOf(code) !== at);
}
