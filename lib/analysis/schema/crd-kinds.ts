import { newest } from './bundled-kinds';
import { KindSchema, KindVersion, KnownKind } from './known-kind';
import { Fields, isFields, Schema } from './structural';
import { ManifestModel } from '../model';

type Kinds = ReadonlyMap<string, KnownKind>;

/** The kinds whose CRDs are objects of the app itself; they go before what is known otherwise, since they are what the cluster will have. */
export function kindsOfApp(model: ManifestModel): Kinds {
  const kinds = new Map<string, KnownKind>();
  for (const { manifest, path } of model.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const kind = kindOf(manifest, path);
    if (kind) kinds.set(`${kind.group}/${kind.kind}`, kind);
  }
  return kinds;
}

/** What a CustomResourceDefinition says of its kind; undefined where it says too little. */
export function kindOf(crd: Fields, where: string): KnownKind | undefined {
  const { group, names, versions } = fieldsOf(crd.spec);
  const { kind } = fieldsOf(names);
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(versions)) return undefined;
  const stated = versions.map(fieldsOf).filter(({ name }) => typeof name === 'string');
  const known: KindVersion[] = stated.map(({ name, served, deprecated, deprecationWarning }) => ({
    name: name as string,
    served: served !== false,
    deprecated: deprecated === true,
    ...typeof deprecationWarning === 'string' ? { deprecationWarning } : {},
  }));
  if (known.length === 0) return undefined;
  const definitions = {};
  const schemas = new Map(stated.flatMap(({ name, schema, subresources }): [unknown, KindSchema][] => {
    const { openAPIV3Schema } = fieldsOf(schema);
    const { status, scale } = fieldsOf(subresources);
    if (!isFields(openAPIV3Schema)) return [];
    return [[name, { schema: openAPIV3Schema as Schema, definitions, dropsStatus: isFields(status), replicas: textOf(fieldsOf(scale).specReplicasPath) }]];
  }));
  return {
    group,
    kind,
    origin: `the CRD of ${where}`,
    versions: known,
    preferred: newest(known.filter(({ served, deprecated }) => served && !deprecated).map(({ name }) => name)) ?? known[0].name,
    schemaOf: version => schemas.get(version),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
