import { coreDefinitions } from './bundled-kinds';
import { checkRules } from './cel/rules';
import { CoreSource } from './core/core-source';
import { checkName } from './core/metadata';
import { KindSchema, KnownKind } from './known-kind';
import { SchemaNode } from './node';
import { CustomSource, SchemaSource } from './source';
import { Fields, isFields, Schema } from './structural';
import { Fault, Violation } from './violation';
import { Depth, Walk } from './walk';

const META = ['apiVersion', 'kind', 'metadata'];
const OBJECT_META = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
const TEXT: Schema = { type: 'string' };
/** What makes the server leave rules in CEL alone. */
const BLOCKING: readonly Fault[] = ['type', 'missing', 'value'];

const OF_ONE_VALUE: readonly Fault[] = ['type', 'missing', 'value', 'name'];

/** What holds for objects of one kind and version. */
interface Judge {
  check(object: Fields, walk: Walk): void;
}

const judges = new WeakMap<KindSchema, Judge>();
const custom = new WeakMap<object, SchemaSource>();
let core: CoreSource | undefined;

/** What the API server has against an object; undefined where the schema of its version is not known. */
export function violationsOf(object: Fields, kind: KnownKind, version: string): readonly Violation[] | undefined {
  const known = kind.schemaOf(version);
  if (!known) return undefined;
  let judge = judges.get(known);
  if (!judge) {
    judge = known.definition === undefined ? customJudge(known) : coreJudge(known);
    judges.set(known, judge);
  }
  const walk = new Walk();
  walk.tellsValues = !(kind.group === '' && kind.kind === 'Secret');
  judge.check(object, walk);
  const metadata = isFields(object.metadata) ? object.metadata : {};
  checkName(kind.group, kind.kind, metadata, walk);
  return oncePerField(walk.violations);
}

/** Of what is wrong with a value itself the first complaint is enough: a number that is too large for its type is out of range as well. */
function oncePerField(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length < 2) return violations;
  const seen = new Set<string>();
  return violations.filter(({ fault, field }) => {
    if (!OF_ONE_VALUE.includes(fault)) return true;
    const isFirst = !seen.has(field);
    seen.add(field);
    return isFirst;
  });
}

function coreJudge({ schema, definition }: KindSchema): Judge {
  const { properties = {} } = schema;
  const root = coreSource().node({ $ref: `#/definitions/${definition}` });
  const status = properties.status && coreSource().node(properties.status);
  return {
    check: (object, walk) => {
      const stated = object.status;
      root.check(without(object, ['status']), walk);
      if (status && stated !== undefined && stated !== null) readOnly(status, stated, Depth.READABLE, walk);
    },
  };
}

function customJudge({ schema, definitions, dropsStatus, replicas }: KindSchema): Judge {
  const source = customSource(definitions);
  const { properties = {}, required = [] } = schema;
  const judged = Object.fromEntries(Object.entries(properties).filter(([name]) => !META.includes(name) && !(dropsStatus && name === 'status')));
  const node = source.node({ ...schema, 'properties': judged, 'required': required.filter(name => !META.includes(name)), 'x-kubernetes-validations': [] });
  const ruled = source.node({ ...schema, properties: { ...judged, apiVersion: TEXT, kind: TEXT, metadata: METADATA_OF_RULES } });
  const metadata = coreSource().node(OBJECT_META);
  const name = properties.metadata?.properties?.name;
  const named = name && source.node(name);
  const status = dropsStatus && properties.status ? source.node(properties.status) : undefined;
  return {
    check: (object, walk) => {
      const { metadata: meta, status: stated } = object;
      node.check(without(object, dropsStatus ? [...META, 'status'] : META), walk);
      if (replicas) checkReplicas(object, replicas.split('.').filter(step => step !== ''), walk);
      if (status && isFields(stated)) readOnly(status, stated, Depth.KNOWN, walk);
      if (isFields(meta)) {
        walk.within(['metadata'], () => metadata.check(meta, walk));
        if (named && typeof meta.name === 'string') walk.within(['metadata', 'name'], () => named.check(meta.name, walk));
      }
      if (!walk.violations.some(({ fault }) => BLOCKING.includes(fault))) checkRules(ruled, dropsStatus ? without(object, ['status']) : object, walk);
    },
  };
}

const METADATA_OF_RULES: Schema = { type: 'object', properties: { name: TEXT, generateName: TEXT } };

/** The number that `kubectl scale` writes. */
function checkReplicas(object: Fields, path: readonly string[], walk: Walk): void {
  const found = path.reduce<unknown>((part, step) => isFields(part) ? part[step] : undefined, object);
  if (typeof found !== 'number' || (found >= 0 && found < 2 ** 31)) return;
  walk.report('value', { reason: 'there cannot be so many replicas', fix: `write a number from 0 to ${2 ** 31 - 1}` }, found, path);
}

function readOnly(node: SchemaNode, value: unknown, depth: Depth, walk: Walk): void {
  walk.depth = depth;
  walk.within(['status'], () => node.check(value, walk));
  walk.depth = Depth.FULL;
}

function without(object: Fields, names: readonly string[]): Fields {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    if (!names.includes(name)) rest[name] = object[name];
  }
  return rest;
}

function coreSource(): CoreSource {
  core ??= new CoreSource(coreDefinitions());
  return core;
}

function customSource(definitions: Readonly<Record<string, Schema>>): SchemaSource {
  let source = custom.get(definitions);
  if (!source) {
    source = new CustomSource(definitions, (metadata, walk) => walk.within(['metadata'], () => coreSource().node(OBJECT_META).check(metadata, walk)));
    custom.set(definitions, source);
  }
  return source;
}
