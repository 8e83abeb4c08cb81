/**
 * Synthesizes every example into dist/examples/<name>/ and prints what came out: resources by kind, and the time.
 * `--update` also makes the output the expected YAML of the examples.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';

const ROOT = path.join(__dirname, '..');
const EXAMPLES = path.join(ROOT, 'examples');
const OUTPUT = path.join(ROOT, 'dist', 'examples');

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
}

function synthesize(name: string): Outcome {
  const outdir = path.join(OUTPUT, name);
  fs.rmSync(outdir, { recursive: true, force: true });
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', path.join(ROOT, 'tsconfig.dev.json'), 'main.ts'], {
    cwd: path.join(EXAMPLES, name),
    env: { ...process.env, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n);
  if (run.status !== 0) {
    console.error(`${name}: failed\n${run.stdout}${run.stderr}`);
    return { name, ok: false };
  }
  process.stderr.write(run.stderr);
  const kinds = count(readManifests(outdir).map(manifest => manifest.kind));
  console.log(`\n${name} (${milliseconds} ms) -> ${path.relative(ROOT, outdir)}`);
  for (const [kind, number] of kinds) console.log(`  ${String(number).padStart(4)}  ${kind}`);
  return { name, ok: true };
}

function readManifests(folder: string): { kind: string }[] {
  return fs.readdirSync(folder).filter(file => file.endsWith('.yaml')).sort().flatMap(file =>
    parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8')).map(document => document.toJS() as { kind: string }));
}

function count(kinds: string[]): [string, number][] {
  const totals = new Map<string, number>();
  for (const kind of kinds) totals.set(kind, (totals.get(kind) ?? 0) + 1);
  return [...totals].sort(([a], [b]) => a.localeCompare(b));
}

function update(name: string): void {
  const expected = path.join(EXAMPLES, name, 'expected');
  fs.rmSync(expected, { recursive: true, force: true });
  fs.cpSync(path.join(OUTPUT, name), expected, { recursive: true });
}

const names = fs.readdirSync(EXAMPLES).filter(name => fs.existsSync(path.join(EXAMPLES, name, 'main.ts'))).sort();
const outcomes = names.map(synthesize);
const failed = outcomes.filter(outcome => !outcome.ok);
if (process.argv.includes('--update')) outcomes.filter(outcome => outcome.ok).forEach(outcome => update(outcome.name));
console.log(`\n${outcomes.length - failed.length} of ${outcomes.length} examples synthesized`);
process.exitCode = failed.length > 0 ? 1 : 0;
