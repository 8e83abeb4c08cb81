import * as fs from 'fs';
import { Schema } from './crds';
import { ImportRefusal } from './refusal';
import { IndexEntry } from './schemas';

interface CoreKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface CoreSchemas {
  readonly kubernetes: string;
  readonly source: string;
  readonly definitions: Record<string, Schema>;
  /** `definition` is the name under which `definitions` holds the schema of the kind. */
  readonly kinds: readonly (CoreKind & { readonly definition: string })[];
}

export const CORE_FILE = 'kubernetes.json';

/** The schemas of the kinds that Kubernetes itself serves. */
export function readCoreSchemas(file: string): CoreSchemas {
  if (!fs.existsSync(file)) {
    throw new ImportRefusal('core-schemas-missing', `There is no file of core schemas at ${file}`,
      'Give it as the second argument: npm run import -- CRD_DIR CORE_SCHEMAS');
  }
  const core: Omit<CoreSchemas, 'kinds'> & { kinds: CoreKind[] } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const names = definitionNames(core.definitions);
  return {
    ...core,
    kinds: core.kinds.map(kind => {
      const definition = names.get(identity(kind));
      if (!definition) {
        throw new ImportRefusal('core-kind-undefined', `${file} lists ${identity(kind)} without a definition`, 'Take the kind out of "kinds"');
      }
      return { ...kind, definition };
    }),
  };
}

function definitionNames(definitions: Record<string, Schema>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, definition] of Object.entries(definitions)) {
    const identities = (definition['x-kubernetes-group-version-kind'] ?? []) as CoreKind[];
    // options and lists belong to every group at once; a kind has one identity
    if (identities.length === 1) names.set(identity(identities[0]), name);
  }
  return names;
}

function identity({ group, version, kind }: Pick<CoreKind, 'group' | 'version' | 'kind'>): string {
  return `${group || 'core'}/${version} ${kind}`;
}

export function coreIndexEntries(core: CoreSchemas): IndexEntry[] {
  return core.kinds.map(({ group, version, kind, namespaced }) => ({
    group, version, kind, scope: namespaced ? 'Namespaced' : 'Cluster', file: CORE_FILE,
  }));
}
