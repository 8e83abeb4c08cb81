import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { read } from './generated';
import { CatalogueEntry } from '../../scripts/import/catalogue';
import { ROOT } from '../../scripts/import/folders';
import { generate } from '../../scripts/import/generate';

const ENTRY: CatalogueEntry = { project: 'acme', group: 'acme.example', version: 'v1', kind: 'Widget' };
const SOURCE = 'project: acme\n\nrepo: https://github.com/acme/widgets\ntag: v1.2.3\ncommit: 0123\nlicence: MIT (file LICENSE)\npaths:\n  widgets.yaml: w.yaml\n';

let folder: string;
let core: string;

function yaml(versions: Record<string, boolean>, field = 'size'): string {
  return [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: { name: widgets.acme.example }',
    'spec:',
    '  group: acme.example',
    '  scope: Namespaced',
    '  names:',
    '    plural: widgets',
    '    kind: Widget',
    '  versions:',
    ...Object.entries(versions).flatMap(([name, served]) => [
      `  - name: ${name}`,
      `    served: ${served}`,
      '    storage: true',
      `    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { ${field}: { type: string } } } } } }`,
    ]),
    '',
  ].join('\n');
}

function project(name: string, files: Record<string, string>): void {
  fs.mkdirSync(path.join(folder, name));
  for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name, file), content);
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crds-'));
  core = path.join(folder, 'core.json');
  fs.writeFileSync(core, JSON.stringify({ kubernetes: 'v1.34.4', source: 'swagger.json (Apache-2.0)', definitions: {}, kinds: [] }));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('imports a kind with its source', async () => {
  project('acme', { SOURCE, 'widgets.yaml': yaml({ v1: true }) });
  const { files, notice } = await generate(folder, core, [ENTRY]);
  expect([...files.keys()].sort()).toEqual([
    'acme.example.ts', 'manifest.json', 'render.ts', 'schemas/acme.example.json', 'schemas/index.json', 'schemas/kubernetes.json',
  ]);
  expect(files.get('acme.example.ts')).toContain('// https://github.com/acme/widgets v1.2.3 (MIT): Widget v1');
  expect(notice).toContain('acme\n  https://github.com/acme/widgets\n  v1.2.3 (commit 0123)\n  MIT\n');
});

test('refuses a folder that does not exist', async () => {
  await expect(generate(path.join(folder, 'absent'), core, [ENTRY])).rejects.toThrow(/^\[import\/crd-folder-missing\] There is no folder of CRDs at/);
});

test('refuses core schemas that do not exist', async () => {
  await expect(generate(folder, `${core}.absent`, [ENTRY])).rejects.toThrow('[import/core-schemas-missing]');
});

test('refuses a project without a folder', async () => {
  await expect(generate(folder, core, [ENTRY])).rejects.toThrow('[import/project-folder-missing] The catalogue names the project acme');
});

test('refuses a kind that the project does not define', async () => {
  project('acme', { SOURCE, 'widgets.yaml': yaml({ v1: true }) });
  await expect(generate(folder, core, [{ ...ENTRY, kind: 'Gadget' }])).rejects
    .toThrow('[import/kind-not-found] Gadget of acme.example is not among the CRDs of acme (widgets.yaml)');
});

test('refuses a version that is not served', async () => {
  project('acme', { SOURCE, 'widgets.yaml': yaml({ v1: false, v1beta1: true }) });
  await expect(generate(folder, core, [ENTRY])).rejects
    .toThrow('[import/version-not-served] acme.example/v1 Widget is not a served version (served: v1beta1)');
});

test('refuses two CRDs of one name with different content', async () => {
  project('acme', { SOURCE, 'widgets.yaml': yaml({ v1: true }) });
  project('copy', { SOURCE, 'widgets.yaml': yaml({ v1: true }, 'length') });
  await expect(generate(folder, core, [ENTRY, { ...ENTRY, project: 'copy' }])).rejects
    .toThrow('[import/crd-conflict] widgets.acme.example has different content in acme and copy');
});

test('refuses to collapse a field that is not there', async () => {
  project('acme', { SOURCE, 'widgets.yaml': yaml({ v1: true }) });
  await expect(generate(folder, core, [{ ...ENTRY, collapse: ['spec.template'] }])).rejects
    .toThrow('[import/collapse-missing] acme.example/v1 Widget has no field spec.template to collapse');
});

test('refuses a licence that is not accepted', async () => {
  project('acme', { 'SOURCE': SOURCE.replace('MIT', 'AGPL-3.0'), 'widgets.yaml': yaml({ v1: true }) });
  await expect(generate(folder, core, [ENTRY])).rejects.toThrow('[import/licence-not-accepted] acme is under AGPL-3.0');
});

test('refuses a file that SOURCE does not list', async () => {
  project('acme', { 'SOURCE': SOURCE.replace('widgets.yaml: ', 'others.yaml: '), 'widgets.yaml': yaml({ v1: true }) });
  await expect(generate(folder, core, [ENTRY])).rejects.toThrow('[import/source-unknown]');
});

test('a run that fails says why and leaves imports/ as it was', () => {
  const before = read('manifest.json');
  const run = spawnSync(process.execPath, ['--import', 'tsx', path.join('scripts', 'import', 'run.ts'), path.join(folder, 'absent'), core], {
    cwd: ROOT, encoding: 'utf8',
  });
  expect([run.status, run.stdout]).toEqual([1, '']);
  expect(run.stderr).toMatch(/^\[import\/crd-folder-missing\] .*npm run import -- CRD_DIR CORE_SCHEMAS\.\n$/);
  expect(read('manifest.json')).toBe(before);
});
