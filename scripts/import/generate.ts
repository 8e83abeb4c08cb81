import { CATALOGUE, CatalogueEntry } from './catalogue';
import { CORE_FILE, coreIndexEntries, readCoreSchemas } from './core';
import { ChosenKind, readKinds } from './crds';
import { compactJson } from './json';
import { manifest, MANIFEST_FILE } from './manifest';
import { notice } from './notice';
import { groupSchemas, indexEntries, IndexEntry, schemaFile } from './schemas';
import { RENDER_MODULE, typedModule } from './typed';

/** Everything that one run writes. */
export interface Generated {
  /** Content by path below imports/. */
  readonly files: ReadonlyMap<string, string>;
  readonly notice: string;
}

export async function generate(crdDir: string, coreSchemas: string, catalogue: readonly CatalogueEntry[] = CATALOGUE): Promise<Generated> {
  const core = readCoreSchemas(coreSchemas);
  const kinds = readKinds(crdDir, catalogue);
  const files = new Map<string, string>();
  for (const [group, members] of byGroup(kinds)) {
    files.set(`${group}.ts`, await typedModule(members));
    files.set(`schemas/${schemaFile(group)}`, compactJson(groupSchemas(members), 2));
  }
  files.set('render.ts', RENDER_MODULE);
  files.set(`schemas/${CORE_FILE}`, compactJson(core, 2));
  const index = [...indexEntries(kinds), ...coreIndexEntries(core)].sort((a, b) => (indexKey(a) < indexKey(b) ? -1 : 1));
  files.set('schemas/index.json', compactJson({ kinds: index }, 2));
  const noticeText = notice(kinds, core);
  files.set(MANIFEST_FILE, compactJson(manifest(files, noticeText), 2));
  return { files, notice: noticeText };
}

function byGroup(kinds: readonly ChosenKind[]): Map<string, ChosenKind[]> {
  const groups = new Map<string, ChosenKind[]>();
  for (const kind of [...kinds].sort((a, b) => (a.entry.kind < b.entry.kind ? -1 : 1))) {
    groups.set(kind.entry.group, [...(groups.get(kind.entry.group) ?? []), kind]);
  }
  return groups;
}

function indexKey({ group, kind, version }: IndexEntry): string {
  return `${group}/${kind}/${version}`;
}
