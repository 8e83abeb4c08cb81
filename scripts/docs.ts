/**
 * Proves the code of README.md and docs/: every TypeScript block compiles, every block not marked `no-run` also runs,
 * and the YAML that follows a block is what it synthesizes (each document a subset of the object of its kind and name).
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { readSnippets, Snippet, withoutWrapping } from './docs/snippets';
import { differences, Json } from './docs/subset';

const ROOT = path.join(__dirname, '..');
const WORK = path.join(ROOT, '.tmp', `docs-${process.pid}`);

const PRELUDE = [
  "import { ApiObject, App, Chart, Cron, Duration, Include, JsonPatch, Lazy, Size, Testing } from 'cdk8s';",
  "import * as kplus from 'cdk8s-plus-28';",
  "import { Construct } from 'constructs';",
];
const SCOPE = "const app = new App(); const chart = new Chart(app, 'shop', { namespace: 'shop' });";

function write(snippet: Snippet, exports: string[]): string {
  const file = path.join(WORK, `${snippet.id}.ts`);
  const standsAlone = /^\s*import /m.test(snippet.code);
  const ownApp = /\bconst app\b/.test(snippet.code);
  const imports = standsAlone ? [] : [...PRELUDE, `import { ${exports.join(', ')} } from 'cdk8s-serverless-mesh';`];
  const synth = standsAlone || ownApp ? [] : ['app.synth();'];
  fs.writeFileSync(file, [...imports, ...synth.length ? [SCOPE] : [], snippet.code, ...synth, 'export {};', ''].join('\n'));
  return file;
}

function exportsOfLibrary(): string[] {
  const assembly = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8'));
  return Object.values(assembly.types as Record<string, { name: string }>).map(type => type.name);
}

function compile(): string[] {
  fs.writeFileSync(path.join(WORK, 'tsconfig.json'), JSON.stringify({
    extends: '../../tsconfig.dev.json',
    compilerOptions: {
      noUnusedLocals: false,
      incremental: false,
      baseUrl: '../..',
      paths: { 'cdk8s-serverless-mesh': ['build/lib/index.d.ts'], 'cdk8s-serverless-mesh/pulumi': ['build/lib/pulumi/index.d.ts'], 'cdk8s-serverless-mesh/imports/*': ['build/imports/*'] },
      rootDir: '../..',
    },
    include: ['*.ts'],
    exclude: [],
  }));
  const run = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'tsc'), ['--noEmit', '-p', WORK], { cwd: ROOT, encoding: 'utf8' });
  return run.status === 0 ? [] : run.stdout.trim().split('\n');
}

/** Runs every snippet in one process of its own, each with its own output folder, and gives the errors by snippet. */
function runAll(snippets: Snippet[]): Record<string, string> {
  const runner = path.join(WORK, 'run.mjs');
  fs.writeFileSync(runner, `
    const failures = {};
    for (const id of ${JSON.stringify(snippets.map(snippet => snippet.id))}) {
      process.env.CDK8S_OUTDIR = ${JSON.stringify(WORK)} + '/out/' + id;
      try { await import('./' + id + '.ts'); } catch (e) { failures[id] = String(e?.message ?? e); }
    }
    (await import('fs')).writeFileSync(${JSON.stringify(path.join(WORK, 'failures.json'))}, JSON.stringify(failures));
  `);
  const run = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', path.join(ROOT, 'tsconfig.dev.json'), runner], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
  return JSON.parse(fs.readFileSync(path.join(WORK, 'failures.json'), 'utf8'));
}

function synthesized(snippet: Snippet): Json[] {
  const folder = path.join(WORK, 'out', snippet.id);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap(file =>
    parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8')).map(document => document.toJS() as Json));
}

function compareYaml(snippet: Snippet): string[] {
  const objects = synthesized(snippet);
  return parseAllDocuments(snippet.yaml ?? '').flatMap(document => {
    const wanted = document.toJS() as Json;
    if (wanted === null) return [];
    const same = objects.find(object => object.kind === wanted.kind && object.metadata?.name === wanted.metadata?.name);
    if (!same) return [`no ${wanted.kind} ${wanted.metadata?.name} among ${objects.map(object => `${object.kind}/${object.metadata?.name}`).join(', ')}`];
    return differences(wanted, same).map(difference => `${wanted.kind} ${wanted.metadata?.name}: ${difference}`);
  });
}

function compareMessages(snippet: Snippet, failure: string | undefined): string[] {
  if (failure === undefined) return [`${snippet.where}: is to be refused and was not`];
  if (!snippet.messages?.length) return [`${snippet.where}: is refused, but shows no message`];
  return snippet.messages.filter(message => !withoutWrapping(failure).includes(message))
    .map(message => `${snippet.where}: shows ${message}\nbut was told ${failure}`);
}

function main(): void {
  fs.rmSync(WORK, { recursive: true, force: true });
  fs.mkdirSync(WORK, { recursive: true });
  const snippets = readSnippets(ROOT);
  const exports = exportsOfLibrary();
  snippets.forEach(snippet => write(snippet, exports));
  const errors = compile();
  if (errors.length === 0) {
    const failures = runAll(snippets.filter(snippet => snippet.run));
    for (const snippet of snippets) {
      if (snippet.refused) errors.push(...compareMessages(snippet, failures[snippet.id]));
      else if (failures[snippet.id]) errors.push(`${snippet.where}: ${failures[snippet.id]}`);
      else errors.push(...compareYaml(snippet).map(difference => `${snippet.where}: ${difference}`));
    }
  }
  if (errors.length > 0) {
    console.error(errors.join('\n'));
    process.exitCode = 1;
  } else {
    console.log(`${snippets.length} code blocks of README.md and docs/ compile, ${snippets.filter(s => s.run).length} ran, ${snippets.filter(s => s.yaml).length} gave the YAML shown, ${snippets.filter(s => s.refused).length} were refused as shown`);
  }
}

try {
  main();
} finally {
  fs.rmSync(WORK, { recursive: true, force: true });
}
