import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Severity } from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { discover, rules } from '../../lib/analysis/discovery';

const ROOT = path.join(__dirname, '..', '..');

/** Runs a work on a folder of compiled rules. */
function withRules(files: Record<string, string>, work: (folder: string) => void): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-mesh-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const rule = (code: string) => `{ code: '${code}', title: 't', explanation: 'e', check() {} }`;

describe('rules are found', () => {
  test('in every file below the folder, in the order of their codes', () => {
    withRules({
      'b/second.js': `exports.b = ${rule('SM9002')}; exports.c = ${rule('SM9004')};`,
      'a.js': `exports.a = ${rule('SM9003')};`,
      'deep/er/x.js': `exports.x = ${rule('SM9001')};`,
    }, folder => expect(discover(folder).map(({ code }) => code)).toEqual(['SM9001', 'SM9002', 'SM9003', 'SM9004']));
  });

  test('once, where a file passes on what another one exports', () => {
    withRules({
      'a.js': `exports.a = ${rule('SM9001')};`,
      'index.js': 'exports.a = require("./a").a; exports.all = [exports.a];',
    }, folder => expect(discover(folder)).toHaveLength(1));
  });

  test('and nothing else is taken for one', () => {
    withRules({
      'a.js': `exports.a = ${rule('SM9001')};`,
      'helper.js': 'exports.help = () => 1; exports.CODE = "SM9002"; exports.nothing = null; exports.half = { code: "SM9003" };',
      'a.d.ts': 'export declare const a: 1;',
      'a.js.map': '{}',
      'README.md': '# no code',
    }, folder => expect(discover(folder).map(({ code }) => code)).toEqual(['SM9001']));
  });

  test('or the analysis refuses to run, as it would find everything right', () => {
    withRules({ 'helper.js': 'exports.help = 1;' }, folder => expect(() => discover(folder)).toThrow(/no rules in .*bundler/));
  });

  test('the same ones each time', () => {
    expect(rules()).toBe(rules());
    expect(rules().map(({ code }) => code)).toEqual([...rules().map(({ code }) => code)].sort());
  });
});

test('no rule and no library of theirs is loaded before the first analysis', () => {
  const script = `
    const { App, Chart } = require('cdk8s');
    const { ServerlessService } = require('./lib');
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:1' });
    const loaded = () => Object.keys(require.cache).filter(file => /lib.analysis.rules|node_modules.(yaml|@lezer|@bufbuild)/.test(file));
    const before = loaded();
    chart.node.root.node.validate();
    console.log(JSON.stringify({ before, after: loaded().length }));
  `;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  // cdk8s itself loads a YAML library
  const { before, after } = JSON.parse(run.stdout);
  expect(before.filter((file: string) => !/node_modules.cdk8s.node_modules/.test(file))).toEqual([]);
  expect(after).toBeGreaterThan(100);
}, 60_000);

test('a rule that fails is a warning, and the others still speak', () => {
  const broken = rules().find(({ code }) => code === 'SM0103')!;
  const check = jest.spyOn(broken, 'check').mockImplementation(() => {
    throw new Error('not thought of');
  });
  const text = 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{image: "app:latest"}]}}}\n';
  const found = checkFiles([{ name: 'a.yaml', text }], { least: Severity.WARNING });
  expect(check).toHaveBeenCalledTimes(1);
  expect(found.find(({ code }) => code === 'SM0007')).toMatchObject({ severity: 'warning', reason: 'the rule SM0103 did not get through: not thought of' });
  expect(found.map(({ code }) => code)).toContain('SM0104');
  check.mockRestore();
});

test('a rule whose findings would not be severe enough does not run', () => {
  const advice = rules().find(({ code }) => code === 'SM0104')!;
  const check = jest.spyOn(advice, 'check');
  checkFiles([{ name: 'a.yaml', text: 'apiVersion: v1\nkind: Pod\n' }], { least: Severity.ERROR });
  expect(check).not.toHaveBeenCalled();
  checkFiles([{ name: 'a.yaml', text: 'apiVersion: v1\nkind: Pod\n' }], { least: Severity.WARNING });
  expect(check).toHaveBeenCalledTimes(1);
  check.mockRestore();
});
