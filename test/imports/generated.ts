import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import * as ts from 'typescript';
import { ROOT } from '../../scripts/import/folders';
import { GroupSchemas, IndexEntry } from '../../scripts/import/schemas';

export const IMPORTS = path.join(ROOT, 'imports');

export function read(file: string): string {
  return fs.readFileSync(path.join(IMPORTS, file), 'utf8');
}

/** The kinds of the index that come from CRDs. */
export function customKinds(): IndexEntry[] {
  const { kinds } = JSON.parse(read('schemas/index.json')) as { kinds: IndexEntry[] };
  return kinds.filter(kind => kind.file !== 'kubernetes.json');
}

const schemas = new Map<string, GroupSchemas>();

export function groupSchemas(group: string): GroupSchemas {
  if (!schemas.has(group)) schemas.set(group, JSON.parse(read(`schemas/${group}.json`)));
  return schemas.get(group)!;
}

const modules = new Map<string, Record<string, any>>();

/** A generated module, compiled without type checks: those are made once, by the compiler of the whole project. */
export function loadModule(name: string): Record<string, any> {
  if (!modules.has(name)) {
    const { outputText } = ts.transpileModule(read(`${name}.ts`), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const exported = {};
    const load = createRequire(__filename);
    const loadFrom = (request: string) => (request.startsWith('./') ? loadModule(request.slice(2)) : load(request));
    new Function('require', 'exports', outputText)(loadFrom, exported);
    modules.set(name, exported);
  }
  return modules.get(name)!;
}

/** The class of a kind, found by what it creates rather than by its name. */
export function classOf({ group, version, kind }: Pick<IndexEntry, 'group' | 'version' | 'kind'>): any {
  const found = Object.values(loadModule(group))
    .filter(exported => exported.GVK?.apiVersion === `${group}/${version}` && exported.GVK?.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} classes for ${group}/${version} ${kind}`);
  return found[0];
}
