import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { run, withoutPulumi } from './recorded';
import { MeshApp } from '../../lib';
import { deploy } from '../../lib/pulumi';

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');
const names = fs.readdirSync(EXAMPLES).filter(name => fs.existsSync(path.join(EXAMPLES, name, 'main.ts'))).sort();

test('there are examples', () => {
  expect(names).toContain('order-pipeline');
});

test.each(names)('the stack of %s has the objects of its YAML, field by field', async name => {
  const app = appOf(name);
  const { objects } = await run(() => deploy(app));
  const deployed = new Map(objects.map(({ inputs }) => [keyOf(inputs), withoutPulumi(inputs)]));
  const written = new Map(documentsOf(name).map(document => [keyOf(document), document]));
  expect([...deployed.keys()].sort()).toEqual([...written.keys()].sort());
  for (const [key, document] of written) expect({ [key]: deployed.get(key) }).toEqual({ [key]: document });
});

/** The app that an example builds; it is kept from writing. */
function appOf(name: string): MeshApp {
  const built: MeshApp[] = [];
  const synth = jest.spyOn(MeshApp.prototype, 'synth').mockImplementation(function (this: MeshApp) { built.push(this); });
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(path.join(EXAMPLES, name, 'main.ts'));
  } finally {
    synth.mockRestore();
  }
  expect(built).toHaveLength(1);
  return built[0];
}

function documentsOf(name: string): Record<string, any>[] { // eslint-disable-line @typescript-eslint/no-explicit-any
  const folder = path.join(EXAMPLES, name, 'expected');
  return fs.readdirSync(folder).flatMap(file => parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8')).map(document => document.toJS()));
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function keyOf({ apiVersion, kind, metadata }: Record<string, any>): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
