import { schemaFile } from './files';
import { KindSchema, KnownKind } from './known-kind';
import { Schema } from './structural';

const CORE_FILE = 'kubernetes.json';

interface IndexEntry {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly file: string;
}

interface GroupFile {
  readonly definitions: Record<string, Schema>;
  readonly kinds: Record<string, {
    readonly source: string;
    readonly subresources: { readonly status: boolean; readonly scale?: { readonly specReplicasPath?: string } };
    readonly version: string;
    readonly versions: readonly { readonly name: string; readonly served: boolean; readonly deprecated?: boolean; readonly sameSchema?: boolean }[];
    readonly schema: Schema;
  }>;
}

interface CoreFile {
  readonly kubernetes: string;
  readonly definitions: Record<string, Schema>;
  readonly kinds: readonly { readonly group: string; readonly version: string; readonly kind: string; readonly definition: string }[];
}

interface GroupOfKinds {
  readonly kinds: readonly string[];
  readonly isCore: boolean;
}

const groups = new Map<string, GroupOfKinds>();
const known = new Map<string, KnownKind | undefined>();
let index: Map<string, IndexEntry[]> | undefined;

/** A kind that imports/schemas knows. */
export function bundledKind(group: string, kind: string): KnownKind | undefined {
  const key = `${group}/${kind}`;
  if (!known.has(key)) known.set(key, read(group, kind));
  return known.get(key);
}

/** The kinds of a group that imports/schemas knows; of a core group those are all there are. */
export function bundledKinds(group: string): GroupOfKinds {
  let found = groups.get(group);
  if (!found) {
    const entries = [...indexed().values()].flat().filter(entry => entry.group === group);
    found = { kinds: [...new Set(entries.map(entry => entry.kind))], isCore: entries.some(entry => entry.file === CORE_FILE) };
    groups.set(group, found);
  }
  return found;
}

/** The groups that have a kind of a name. */
export function groupsOf(kind: string): string[] {
  return [...new Set([...indexed().values()].flat().filter(entry => entry.kind === kind).map(entry => entry.group))];
}

/** The definitions of the core kinds. */
export function coreDefinitions(): Record<string, Schema> {
  return schemaFile<CoreFile>(CORE_FILE).definitions;
}

function indexed(): Map<string, IndexEntry[]> {
  if (!index) {
    index = new Map();
    for (const entry of schemaFile<{ kinds: IndexEntry[] }>('index.json').kinds) {
      const key = `${entry.group}/${entry.kind}`;
      index.set(key, [...index.get(key) ?? [], entry]);
    }
  }
  return index;
}

function read(group: string, kind: string): KnownKind | undefined {
  const entries = indexed().get(`${group}/${kind}`);
  if (!entries) return undefined;
  return entries[0].file === CORE_FILE ? coreKind(group, kind) : customKind(group, kind, entries[0].file);
}

function coreKind(group: string, kind: string): KnownKind {
  const { kubernetes, definitions, kinds } = schemaFile<CoreFile>(CORE_FILE);
  const served = kinds.filter(entry => entry.group === group && entry.kind === kind);
  const versions = served.map(({ version }) => ({ name: version, served: true }));
  const schemas = new Map<string, KindSchema>(served.map(({ version, definition }) =>
    [version, { schema: definitions[definition], definitions, definition, dropsStatus: true }]));
  return {
    group,
    kind,
    origin: `Kubernetes ${kubernetes.replace(/^v(\d+\.\d+).*/, '$1')}`,
    versions,
    preferred: newest(versions.map(({ name }) => name)),
    schemaOf: version => schemas.get(version),
  };
}

function customKind(group: string, kind: string, file: string): KnownKind {
  const { definitions, kinds } = schemaFile<GroupFile>(file);
  const { source, subresources, version: chosen, versions, schema } = kinds[kind];
  const chosenSchema: KindSchema = {
    schema,
    definitions,
    dropsStatus: subresources.status,
    replicas: subresources.scale?.specReplicasPath,
  };
  return {
    group,
    kind,
    origin: source,
    versions,
    preferred: chosen,
    schemaOf: version => version === chosen || versions.some(one => one.name === version && one.sameSchema) ? chosenSchema : undefined,
  };
}

/** Versions in the order of Kubernetes: v2, v1, v2beta1, v1beta1, v1alpha1. */
export function newest(versions: readonly string[]): string {
  return [...versions].sort((a, b) => isNewer(a, b) ? -1 : 1)[0];
}

export function isNewer(a: string, b: string): boolean {
  const [rankA, rankB] = [rank(a), rank(b)];
  const differing = rankA.findIndex((part, i) => part !== rankB[i]);
  return differing >= 0 && rankA[differing] > rankB[differing];
}

function rank(version: string): number[] {
  const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return [stage === 'alpha' ? 0 : stage === 'beta' ? 1 : 2, Number(major), Number(minor)];
}
