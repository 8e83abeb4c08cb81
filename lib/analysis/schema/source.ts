import { SchemaNode } from './node';
import { Fields, isFields, Schema } from './structural';
import { Kind } from './types';
import { ValueCheck, valueChecks } from './values';
import { Walk } from './walk';

const REFERENCE = '#/definitions/';
const KINDS: readonly string[] = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

/** More than a schema says of its values. */
export interface Defined {
  /** Called before the parts below are looked at. */
  before(value: Fields, walk: Walk): void;
  /** Called after them. */
  check(value: Fields, walk: Walk): void;
}

/** Where schemas come from, and how they are read: CRDs, the API server's own kinds, and parts of schemas that only assert. */
export abstract class SchemaSource {
  private readonly nodes = new WeakMap<Schema, SchemaNode>();
  private readonly ruled = new WeakMap<Schema, boolean>();
  private readonly defaulted = new WeakMap<Schema, boolean>();

  constructor(private readonly definitions: Readonly<Record<string, Schema>>) {}

  /** Whether a null in a list stands for an entry with nothing in it. */
  public get takesNullEntries(): boolean {
    return false;
  }

  /** The place that a schema describes; one that it refers to is shared by all who do. */
  public node(schema: Schema): SchemaNode {
    const name = schema.$ref?.slice(REFERENCE.length);
    const target = name === undefined ? schema : this.definitions[name] ?? {};
    let node = this.nodes.get(target);
    if (!node) {
      node = new SchemaNode(target, this, name);
      this.nodes.set(target, node);
    }
    return node;
  }

  /** Whether a schema or one below it states rules in CEL. */
  public hasRules(schema: Schema): boolean {
    return this.anywhere(schema, this.ruled, target => (target['x-kubernetes-validations']?.length ?? 0) > 0);
  }

  /** Whether a schema or one below it states a default. */
  public hasDefaults(schema: Schema): boolean {
    return this.anywhere(schema, this.defaulted, target => target.default !== undefined);
  }

  private anywhere(schema: Schema, known: WeakMap<Schema, boolean>, holds: (schema: Schema) => boolean): boolean {
    const target = schema.$ref === undefined ? schema : this.definitions[schema.$ref.slice(REFERENCE.length)] ?? {};
    let found = known.get(target);
    if (found === undefined) {
      // a schema that refers to itself is being looked at already
      known.set(target, false);
      const { properties, items, additionalProperties, allOf = [] } = target;
      const others = [items, additionalProperties].filter(part => typeof part === 'object');
      const below = [...Object.values(properties ?? {}), ...others, ...allOf];
      found = holds(target) || below.some(part => this.anywhere(part, known, holds));
      known.set(target, found);
    }
    return found;
  }

  public kindOf({ type }: Schema, _definition?: string): Kind {
    return type !== undefined && KINDS.includes(type) ? type as Kind : 'any';
  }

  public isNullable(schema: Schema, _definition?: string): boolean {
    return schema.nullable ?? false;
  }

  public requiredOf(schema: Schema, _definition?: string): readonly string[] {
    return schema.required ?? [];
  }

  /** What the server fills in. */
  public defaultOf(schema: Schema): unknown {
    return schema.default;
  }

  /** What a value of the right type has to be. */
  public checksOf(schema: Schema): readonly ValueCheck[] {
    return valueChecks(schema);
  }

  /** Whether the server refuses an entry that is in a list twice, whichever way the object comes. */
  public refusesDuplicates(_schema: Schema): boolean {
    return true;
  }

  /** What holds beyond the schema for an object within an object. */
  public checkEmbedded(_value: Fields, _walk: Walk): void {
    // only custom kinds hold such
  }

  /** What holds beyond the schema for what a definition describes; only core kinds have such. */
  public factsOf(_definition: string | undefined): Defined | undefined {
    return undefined;
  }

  public abstract isOpen(schema: Schema, kind: Kind): boolean;

  /** How anyOf, oneOf, allOf and not are read: what they repeat of a schema is never the whole of it. */
  public abstract get assertions(): SchemaSource;
}

class AssertionSource extends SchemaSource {
  public isOpen(): boolean {
    return true;
  }

  public get assertions(): SchemaSource {
    return this;
  }
}

/** The structural schemas of custom kinds. */
export class CustomSource extends SchemaSource {
  public readonly assertions: SchemaSource;

  constructor(
    definitions: Readonly<Record<string, Schema>>,
    private readonly embeddedMetadata: (value: Fields, walk: Walk) => void,
  ) {
    super(definitions);
    this.assertions = new AssertionSource(definitions);
  }

  public override kindOf(schema: Schema): Kind {
    return schema['x-kubernetes-int-or-string'] ? 'int-or-string' : super.kindOf(schema);
  }

  public isOpen(schema: Schema): boolean {
    return schema['x-kubernetes-preserve-unknown-fields'] ?? false;
  }

  public override checkEmbedded(value: Fields, walk: Walk): void {
    for (const name of ['apiVersion', 'kind']) {
      if (typeof value[name] === 'string' && value[name] !== '') continue;
      walk.report('missing', { reason: 'an object within an object needs it', fix: 'add it: a text' }, undefined, [name]);
    }
    if (isFields(value.metadata)) this.embeddedMetadata(value.metadata, walk);
  }
}
