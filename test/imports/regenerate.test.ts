import * as fs from 'fs';
import * as path from 'path';
import { groupSchemas, read } from './generated';
import { CATALOGUE } from '../../scripts/import/catalogue';
import { readKinds, Schema } from '../../scripts/import/crds';
import { CORE_SCHEMAS, CRD_DIR, ROOT } from '../../scripts/import/folders';
import { generate, Generated } from '../../scripts/import/generate';
import { sha256 } from '../../scripts/import/manifest';

const sourcesPresent = fs.existsSync(CRD_DIR) && fs.existsSync(CORE_SCHEMAS);

if (sourcesPresent) {
  describe('a fresh run on the CRDs', () => {
    let fresh: Generated;

    beforeAll(async () => {
      fresh = await generate(CRD_DIR, CORE_SCHEMAS);
    }, 120_000);

    test('gives imports/ byte for byte', () => {
      const changed = [...fresh.files].filter(([file, content]) => !exists(file) || sha256(read(file)) !== sha256(content));
      expect(changed.map(([file]) => file)).toEqual([]);
    });

    test('has the schemas of the CRDs when references are followed', () => {
      for (const { entry, version } of readKinds(CRD_DIR, CATALOGUE)) {
        const { kinds, definitions } = groupSchemas(entry.group);
        expect([entry.kind, follow(kinds[entry.kind].schema, definitions)]).toEqual([entry.kind, version.schema.openAPIV3Schema]);
      }
    }, 60_000);

    test('gives NOTICE byte for byte', () => {
      expect(fs.readFileSync(path.join(ROOT, 'NOTICE'), 'utf8')).toBe(fresh.notice);
    });
  });
} else {
  describe('without the folder of CRDs', () => {
    test('imports/ is compared with its checksums alone', () => {
      console.warn(`No regeneration test: ${path.relative(ROOT, CRD_DIR)} is absent. checksums.test.ts guards imports/.`);
      expect(exists('manifest.json')).toBe(true);
    });
  });
}

function exists(file: string): boolean {
  return fs.existsSync(path.join(ROOT, 'imports', file));
}

function follow(value: any, definitions: Record<string, Schema>): unknown {
  if (Array.isArray(value)) return value.map(element => follow(element, definitions));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') return follow(definitions[value.$ref.replace('#/definitions/', '')], definitions);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, follow(inner, definitions)]));
}
