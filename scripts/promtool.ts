/* Has promtool, which is Prometheus itself, judge the rules that stacks write and the verdicts of our own rule on expressions. */
import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ruleFiles } from './promtool/apps';
import { testFiles } from './promtool/cases';
import { exampleRuleFiles } from './promtool/examples';
import { promqlProblem } from '../lib/analysis/rules/observability/promql/verdict';
import { SAMPLES } from '../test/observability/expressions';

const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
let passed = 0;
let failed = 0;

function main(): void {
  const release = majorRelease();
  for (const { name, groups } of [...ruleFiles(), ...exampleRuleFiles()]) {
    write(`${name}.rules`, { groups });
    const { status, output } = promtool('check', 'rules', '--lint=all', '--lint-fatal', join(folder, `${name}.rules`));
    verdict(`check rules of ${name}`, status === 0, output);
  }
  for (const { rules, tests } of testFiles()) {
    for (const test of tests) {
      const { name, ...body } = test;
      write('test.yaml', { rule_files: [`${rules}.rules`], evaluation_interval: '30s', tests: [body] });
      const { status, output } = promtool('test', 'rules', join(folder, 'test.yaml'));
      verdict(`${rules}: ${name}`, status === 0, output);
    }
  }
  compareVerdicts(release);
}

/** One group for each expression, so that promtool's complaints say which one they are about. */
function compareVerdicts(release: number): void {
  const samples = SAMPLES.filter(sample => (sample.since ?? 0) <= release);
  write('samples.rules', { groups: samples.map(({ text }, index) => ({ name: `sample-${index}`, rules: [{ record: 'x', expr: text }] })) });
  const { output } = promtool('check', 'rules', '--lint=none', join(folder, 'samples.rules'));
  const refused = new Set([...output.matchAll(/group "sample-(\d+)"/g)].map(([, index]) => Number(index)));
  samples.forEach(({ text, valid }, index) => {
    const theirs = !refused.has(index);
    const ours = promqlProblem(text) === undefined;
    if (theirs === valid && ours === valid) return;
    verdict(`expression ${JSON.stringify(text)}`, false, `expected ${valid}, promtool says ${theirs}, the rule says ${ours}`);
  });
  verdict(`${samples.length} expressions judged as Prometheus ${release} does`, refused.size > 0, 'promtool refused nothing');
}

function majorRelease(): number {
  const { status, output } = promtool('--version');
  if (status !== 0) {
    console.error('promtool is not on the PATH; it comes with Prometheus (Debian: package prometheus)');
    process.exit(1);
  }
  return Number(/version (\d+)\./.exec(output)?.[1] ?? 0);
}

function promtool(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}` };
}

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(content, null, 1));
}

function verdict(name: string, good: boolean, output: string): void {
  if (good) {
    passed += 1;
    return;
  }
  failed += 1;
  console.error(`FAILED ${name}\n${output}`);
}

try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
