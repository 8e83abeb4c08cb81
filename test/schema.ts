import * as fs from 'fs';
import * as path from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const SCHEMAS = path.join(__dirname, '..', 'imports', 'schemas');
const INDEX: { kinds: { file: string; group: string; kind: string; version: string }[] } = load('index.json');
const FORMATS_WITHOUT_MEANING = ['int32', 'int64', 'int-or-string', 'quantity', 'byte', 'double'];

const files = new Map<string, Json>();
const validators = new Map<string, ValidateFunction>();
// patterns of CRDs are Go's: there a leading (?i) says what is a flag here
const regExp = Object.assign((pattern: string, flags: string) =>
  pattern.includes('(?i)') ? new RegExp(pattern.replace('(?i)', ''), `${flags}i`) : new RegExp(pattern, flags), { code: 'new RegExp' });
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: Object.fromEntries(FORMATS_WITHOUT_MEANING.map(name => [name, true])),
  code: { regExp },
});
addFormats(ajv);

/** What the API server's schema has against an object; an unknown field counts, as with `fieldValidation=Strict`. */
export function schemaErrors(manifest: Json): string[] {
  const validate = validatorOf(manifest);
  if (!validate) return [`no schema of ${manifest.apiVersion} ${manifest.kind} in imports/schemas`];
  return validate(manifest) ? [] : (validate.errors ?? []).map(error =>
    `${error.instancePath || '/'} ${error.message} ${error.params.additionalProperty ?? ''}`.trim());
}

function validatorOf({ apiVersion, kind }: Json): ValidateFunction | undefined {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const key = `${group}/${version}/${kind}`;
  if (!validators.has(key)) {
    const entry = INDEX.kinds.find(known => known.group === group && known.kind === kind && known.version === version);
    if (!entry) return undefined;
    validators.set(key, ajv.compile(schemaOf(entry.file, group, version, kind)));
  }
  return validators.get(key);
}

function schemaOf(file: string, group: string, version: string, kind: string): Json {
  if (!files.has(file)) files.set(file, load(file));
  const source = files.get(file);
  const definitions = source.closed ??= closeEach(source.definitions ?? {});
  if (Array.isArray(source.kinds)) {
    const entry = source.kinds.find((known: Json) => known.group === group && known.version === version && known.kind === kind);
    return { definitions, ...close(source.definitions[entry.definition]) };
  }
  const schema = close(source.kinds[kind].schema);
  const identity = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: objectMeta() };
  return { ...schema, definitions, properties: { ...schema.properties, ...identity }, additionalProperties: false };
}

/** The metadata of every kind, which the schemas of custom kinds leave out. */
function objectMeta(): Json {
  const id = 'kubernetes';
  if (!ajv.getSchema(id)) ajv.addSchema({ $id: id, definitions: closeEach(load('kubernetes.json').definitions) });
  return { $ref: `${id}#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` };
}

/** The schema with unknown fields forbidden, which structural schemas leave to the server's pruning. */
function close(schema: Json): Json {
  if (schema === null || typeof schema !== 'object') return schema;
  if (schema.format === 'int-or-string' || schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'] };
  const closed: Json = {};
  for (const [key, value] of Object.entries<Json>(schema)) {
    if (key === 'properties') closed[key] = closeEach(value);
    else if (key === 'items' || key === 'additionalProperties') closed[key] = close(value);
    // what a combinator repeats of a schema is not the whole of it
    else closed[key] = value;
  }
  if (schema.nullable && typeof schema.type === 'string') closed.type = [schema.type, 'null'];
  if (schema.type === 'object' && schema.properties && schema.additionalProperties === undefined && !schema['x-kubernetes-preserve-unknown-fields']) {
    closed.properties = schema['x-kubernetes-embedded-resource'] ? { apiVersion: {}, kind: {}, metadata: {}, ...closed.properties } : closed.properties;
    closed.additionalProperties = false;
  }
  return closed;
}

function closeEach(schemas: Record<string, Json>): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, close(schema)]));
}

function load(file: string): Json {
  return JSON.parse(fs.readFileSync(path.join(SCHEMAS, file), 'utf8'));
}
