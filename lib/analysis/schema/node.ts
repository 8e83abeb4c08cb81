import { alternativeComplaints } from './alternatives';
import { listComplaints } from './lists';
import type { Defined, SchemaSource } from './source';
import { nearest } from './spelling';
import { CelRule, Fields, isAbsent, isFields, Schema } from './structural';
import { Kind, typeComplaint } from './types';
import type { ValueCheck } from './values';
import { Depth, Walk } from './walk';

const META = new Set(['apiVersion', 'kind', 'metadata']);

/** What Go makes of a null in a list, where that is not right whatever the schema says. */
const EMPTY: Partial<Record<Kind, unknown>> = { object: {} };

/** One place of a schema, made ready to judge values. Places below it are made when the first value comes along. */
export class SchemaNode {
  public readonly kind: Kind;
  public readonly nullable: boolean;
  public readonly default: unknown;
  public readonly listType?: string;
  public readonly listKeys: readonly string[];
  public readonly rules: readonly CelRule[];
  /** Whether fields that the schema does not name are kept. */
  public readonly open: boolean;
  /** Whether it holds an object of Kubernetes with metadata of its own. */
  public readonly embedded: boolean;
  private readonly required: readonly string[];
  private readonly children = new Map<string, SchemaNode | undefined>();
  private readonly checks: readonly ValueCheck[];
  private readonly facts?: Defined;
  private rulesBelow?: boolean;
  private ruledFields?: readonly (readonly [string, SchemaNode])[];
  private below?: { readonly items?: SchemaNode; readonly rest?: SchemaNode };

  constructor(public readonly schema: Schema, private readonly source: SchemaSource, definition?: string) {
    this.facts = source.factsOf(definition);
    this.kind = source.kindOf(schema, definition);
    this.nullable = source.isNullable(schema, definition);
    this.default = source.defaultOf(schema);
    this.listType = schema['x-kubernetes-list-type'];
    this.listKeys = schema['x-kubernetes-list-map-keys'] ?? [];
    this.rules = schema['x-kubernetes-validations'] ?? [];
    this.embedded = schema['x-kubernetes-embedded-resource'] ?? false;
    this.open = source.isOpen(schema, this.kind);
    this.required = source.requiredOf(schema, definition);
    this.checks = source.checksOf(schema);
  }

  /** The names that the schema knows here. */
  public get names(): string[] {
    return [...Object.keys(this.schema.properties ?? {}), ...this.embedded ? META : []];
  }

  /** What the schema says of a field. */
  public field(name: string): SchemaNode | undefined {
    const known = this.children.get(name);
    if (known || this.children.has(name)) return known;
    const properties = this.schema.properties;
    const schema = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    const node = schema && this.source.node(schema);
    this.children.set(name, node);
    return node;
  }

  /** The fields in which, or below which, rules in CEL hold. */
  public get ruled(): readonly (readonly [string, SchemaNode])[] {
    this.ruledFields ??= Object.entries(this.schema.properties ?? {})
      .filter(([, schema]) => this.source.hasRules(schema))
      .map(([name]) => [name, this.field(name)!]);
    return this.ruledFields;
  }

  public get items(): SchemaNode | undefined {
    return this.lists.items;
  }

  /** What holds for fields that are not named, where any are allowed. */
  public get rest(): SchemaNode | undefined {
    return this.lists.rest;
  }

  /** What stands in a field once the server has filled in its default. */
  public effective(name: string, value: Fields): unknown {
    const node = this.field(name);
    return node && (value[name] === undefined || (value[name] === null && !node.nullable)) ? node.default : value[name];
  }

  /** A value with the defaults that the server fills in before it judges. */
  public filled(value: unknown): unknown {
    if (!this.source.hasDefaults(this.schema)) return value;
    if (Array.isArray(value)) return this.items ? value.map(entry => this.items!.filled(entry)) : value;
    if (!isFields(value)) return value;
    const result: Record<string, unknown> = { ...value };
    for (const name of Object.keys(this.schema.properties ?? {})) {
      const found = this.effective(name, value);
      if (found !== undefined) result[name] = this.field(name)!.filled(found);
    }
    return result;
  }

  /** Whether rules in CEL hold here or anywhere below. */
  public get hasRules(): boolean {
    this.rulesBelow ??= this.source.hasRules(this.schema);
    return this.rulesBelow;
  }

  /** Judges a value and everything below it; false where it is of a wrong type, so that nothing else can be said of it. */
  public check(value: unknown, walk: Walk): boolean {
    // a null that may be there satisfies everything but a list of allowed values
    if (value === null && this.nullable) return true;
    const wrong = typeComplaint(this.kind, value);
    if (wrong) {
      if (walk.depth !== Depth.KNOWN) walk.report('type', wrong, value);
      return false;
    }
    if (walk.depth === Depth.FULL) this.checkValue(value, walk);
    if (Array.isArray(value)) this.checkList(value, walk);
    else if (isFields(value)) this.checkFields(value, walk);
    return true;
  }

  private get lists(): { readonly items?: SchemaNode; readonly rest?: SchemaNode } {
    if (!this.below) {
      const { items, additionalProperties } = this.schema;
      this.below = {
        items: items && this.source.node(items),
        rest: typeof additionalProperties === 'object' ? this.source.node(additionalProperties) : additionalProperties ? this.source.node({}) : undefined,
      };
    }
    return this.below;
  }

  private checkValue(value: unknown, walk: Walk): void {
    for (const check of this.checks) {
      const complaint = check(value);
      if (complaint) walk.report('value', complaint, value);
    }
    const { anyOf, oneOf, allOf, not } = this.schema;
    if (anyOf || oneOf || allOf || not) alternativeComplaints(this.schema, this.filled(value), walk, this.source.assertions);
  }

  private checkList(list: readonly unknown[], walk: Walk): void {
    const { items } = this;
    if (items) {
      for (let i = 0; i < list.length; i++) {
        const entry = list[i] === null && this.source.takesNullEntries ? EMPTY[items.kind] : list[i];
        if (entry === undefined) continue;
        walk.enter(i);
        items.check(entry, walk);
        walk.leave();
      }
    }
    if (walk.depth === Depth.FULL && (this.listType === 'map' || this.listType === 'set')) {
      listComplaints(this, list, walk, !this.source.refusesDuplicates(this.schema));
    }
  }

  private checkFields(value: Fields, walk: Walk): void {
    const { rest } = this;
    if (this.facts && walk.depth === Depth.FULL) this.facts.before(value, walk);
    for (const name of Object.keys(value)) {
      const found = value[name];
      if (found === undefined) continue;
      const node = this.field(name) ?? rest;
      if (node) {
        if (found === null && !node.nullable) continue;
        walk.enter(name);
        node.check(found, walk);
        walk.leave();
      } else if (this.embedded && META.has(name)) {
        continue;
      } else if (!this.open) {
        this.reportUnknown(name, found, walk);
      }
    }
    if (walk.depth !== Depth.FULL) return;
    this.checkRequired(value, walk);
    if (this.embedded) this.source.checkEmbedded(value, walk);
    this.facts?.check(value, walk);
  }

  private checkRequired(value: Fields, walk: Walk): void {
    for (const name of this.required) {
      const node = this.field(name);
      const found = value[name];
      if (!isAbsent(found) || (found === null && (node ?? this.rest)?.nullable) || node?.default !== undefined) continue;
      walk.report('missing', { reason: 'the field is required', fix: `add it${node ? `: ${node.expectation}` : ''}` }, undefined, [name]);
    }
  }

  private reportUnknown(name: string, value: unknown, walk: Walk): void {
    const meant = nearest(name, this.names.filter(known => !META.has(known)));
    walk.report('unknown', {
      reason: 'there is no such field, and the API server refuses what it does not know',
      fix: meant ? `did you mean ${meant}? Then write that` : 'remove it, or move it to where it belongs',
    }, typeof value === 'object' ? undefined : value, [name]);
  }

  /** What one has to write here, in words. */
  private get expectation(): string {
    const allowed = this.schema.enum;
    if (allowed && allowed.length <= 6) return `one of ${allowed.map(String).join(', ')}`;
    switch (this.kind) {
      case 'array': return 'a list';
      case 'object': return this.required.length > 0 ? `a map with ${this.required.join(', ')}` : 'a map of fields';
      case 'integer': case 'int32': return 'a whole number';
      case 'number': return 'a number';
      case 'boolean': return 'true or false';
      case 'quantity': return 'an amount such as 500m or 1Gi';
      default: return 'a text';
    }
  }
}
