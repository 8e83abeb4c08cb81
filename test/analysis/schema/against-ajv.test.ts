import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { ajvErrors } from './ajv-oracle';
import { customKinds, Dice, generated } from './generated-objects';
import { bundledKind } from '../../../lib/analysis/schema/bundled-kinds';
import { violationsOf } from '../../../lib/analysis/schema/judge';
import { KnownKind } from '../../../lib/analysis/schema/known-kind';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const CONFORMANCE = path.resolve(process.env.CONFORMANCE_DIR || path.join(__dirname, '../../../../shared/conformance'));
const SEEDS = [1, 2, 3, 4, 5, 6];

/** What a JSON schema can say: neither rules in CEL, nor the names of objects, nor keys that are unique. */
const OF_JSON_SCHEMA = ['type', 'unknown', 'missing', 'value', 'combination'];

/** The kind of an object whose schema alone decides; core kinds are judged by code as well. */
function customKind({ apiVersion, kind }: Json): KnownKind | undefined {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const known = bundledKind(group, kind);
  const schema = known?.schemaOf(version);
  return schema && schema.definition === undefined ? known : undefined;
}

function disagreement(object: Json): string[] {
  const kind = customKind(object)!;
  const ours = violationsOf(object, kind, object.apiVersion.split('/')[1])!
    .filter(({ fault, field }) => OF_JSON_SCHEMA.includes(fault) && !/^(?:metadata|status)\b/.test(field))
    .map(({ field, reason }) => `${field}: ${reason}`);
  const theirs = ajvErrors(object, kind);
  return (ours.length > 0) === (theirs.length > 0) ? [] : [`${object.kind}: ${JSON.stringify({ ours, theirs })}`];
}

const KINDS = customKinds();

test.each(KINDS.map(kind => [kind.kind, kind.apiVersion, kind] as const))('%s %s: ajv says the same of generated objects', (_, __, kind) => {
  const objects = SEEDS.map(seed => generated(kind, new Dice(seed)));
  expect(objects.flatMap(disagreement)).toEqual([]);
});

test('generated objects are of both sorts', () => {
  const right = KINDS.flatMap(kind => SEEDS.map(seed => {
    const object = generated(kind, new Dice(seed));
    return ajvErrors(object, customKind(object)!).length === 0;
  }));
  expect(right.filter(Boolean).length).toBeGreaterThan(right.length / 5);
  expect(right.filter(one => !one).length).toBeGreaterThan(right.length / 8);
});

if (fs.existsSync(CONFORMANCE)) {
  const objects = manifestsIn(CONFORMANCE);

  test('there are many manifests from the tests of other tools', () => expect(objects.length).toBeGreaterThan(250));

  test('manifests from the tests of other tools get the same verdict from ajv', () => {
    expect(objects.flatMap(disagreement)).toEqual([]);
  });
} else {
  test(`manifests from the tests of other tools are not compared, since there is no folder ${CONFORMANCE} (CONFORMANCE_DIR names another)`, () => undefined);
}

function manifestsIn(folder: string): Json[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.ya?ml$/.test(file)).flatMap(file => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    return parseAllDocuments(text, { logLevel: 'silent' }).flatMap(document => {
      const object: Json = document.errors.length === 0 ? document.toJS() : undefined;
      return typeof object?.apiVersion === 'string' && typeof object.kind === 'string' && customKind(object) ? [object] : [];
    });
  });
}
