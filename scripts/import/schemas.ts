import { ChosenKind, CrdVersion, Schema } from './crds';
import { canonical } from './json';
import { share } from './share';

/** One version of a kind that its CRD knows, for the question "is this apiVersion outdated?". */
interface KnownVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: true;
  /** The schema is that of the chosen version, so that objects of either can be checked alike. */
  readonly sameSchema?: true;
}

/** What imports/schemas says of a kind. `$ref` in its schema points to the `definitions` of the same file. */
export interface KindSchema {
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly source: string;
  readonly subresources: { readonly status: boolean; readonly scale?: Record<string, string> };
  readonly version: string;
  readonly versions: readonly KnownVersion[];
  readonly schema: Schema;
}

export interface GroupSchemas {
  readonly group: string;
  readonly definitions: Record<string, Schema>;
  readonly kinds: Record<string, KindSchema>;
}

export interface IndexEntry {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly file: string;
}

export function schemaFile(group: string): string {
  return `${group}.json`;
}

/** The structural schemas of the chosen versions of one API group, complete: every field, CEL rule, default and list key. */
export function groupSchemas(kinds: readonly ChosenKind[]): GroupSchemas {
  const { schemas, definitions } = share(kinds.map(({ version }) => version.schema.openAPIV3Schema));
  const entries = kinds.map(({ entry, crd, version }, index): [string, KindSchema] => [entry.kind, {
    plural: crd.plural,
    scope: crd.scope,
    source: `${crd.source.project} ${crd.source.version}`,
    subresources: {
      status: version.subresources?.status !== undefined,
      ...(version.subresources?.scale ? { scale: version.subresources.scale } : {}),
    },
    version: entry.version,
    versions: crd.versions.map(known => knownVersion(known, version)),
    schema: schemas[index],
  }]);
  return { group: kinds[0].entry.group, definitions, kinds: Object.fromEntries(entries) };
}

function knownVersion(known: CrdVersion, chosen: CrdVersion): KnownVersion {
  const same = known === chosen || canonical(known.schema) === canonical(chosen.schema);
  return {
    name: known.name,
    served: known.served,
    storage: known.storage,
    ...(known.deprecated ? { deprecated: true } : {}),
    ...(same ? { sameSchema: true } : {}),
  };
}

export function indexEntries(kinds: readonly ChosenKind[]): IndexEntry[] {
  return kinds.map(({ entry, crd }) => ({
    group: entry.group, version: entry.version, kind: entry.kind, scope: crd.scope, file: schemaFile(entry.group),
  }));
}
