import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { schemaErrors } from '../schema';

const ROOT = path.join(__dirname, '..', '..');
const EXAMPLES = path.join(ROOT, 'examples');
const names = fs.readdirSync(EXAMPLES).filter(name => fs.existsSync(path.join(EXAMPLES, name, 'main.ts')));

describe.each(names)('example %s', name => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  let messages = '';

  beforeAll(() => {
    const run = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', path.join(ROOT, 'tsconfig.dev.json'), 'main.ts'], {
      cwd: path.join(EXAMPLES, name),
      env: { ...process.env, CDK8S_OUTDIR: outdir },
      encoding: 'utf8',
    });
    messages = run.stderr;
    if (run.status !== 0) throw new Error(run.stderr);
  }, 60_000);

  afterAll(() => fs.rmSync(outdir, { recursive: true, force: true }));

  test('synthesizes its expected YAML', () => {
    expect(readFolder(outdir)).toEqual(readFolder(path.join(EXAMPLES, name, 'expected')));
  });

  test('synthesizes without an error or a warning', () => {
    expect(messages).toBe('');
  });

  test('renders only what the schemas accept', () => {
    const documents = Object.values(readFolder(outdir)).flatMap(text => parseAllDocuments(text).map(document => document.toJS()));
    expect(documents.length).toBeGreaterThan(0);
    expect(documents.flatMap(document => schemaErrors(document).map(error => `${document.kind}/${document.metadata.name}: ${error}`))).toEqual([]);
  });
});

function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(fs.readdirSync(folder).sort().map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}
