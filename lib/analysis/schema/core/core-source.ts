import { ACCESS_FACTS } from './access';
import { CONFIGURATION_FACTS } from './configuration';
import { CONTAINER_FACTS } from './containers';
import { FactCheck, Facts } from './facts';
import { METADATA_FACTS } from './metadata';
import { POD_FACTS } from './pods';
import { RARER_FACTS } from './rarer-kinds';
import { SERVICE_FACTS } from './services';
import { WORKLOAD_FACTS } from './workloads';
import { Defined, SchemaSource } from '../source';
import { Schema } from '../structural';
import { Kind } from '../types';
import type { ValueCheck } from '../values';

const FACTS: Record<string, Facts> = {
  ...METADATA_FACTS,
  ...CONTAINER_FACTS,
  ...POD_FACTS,
  ...WORKLOAD_FACTS,
  ...SERVICE_FACTS,
  ...CONFIGURATION_FACTS,
  ...ACCESS_FACTS,
  ...RARER_FACTS,
};

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const NONE: readonly string[] = [];
const NO_CHECKS: readonly ValueCheck[] = [];

/** The schemas of the kinds that the API server itself serves. They are read by Go's decoder, so types are Go's; their values are judged by code. */
export class CoreSource extends SchemaSource {
  private readonly checkedLists: ReadonlySet<Schema>;
  private readonly defaults: ReadonlyMap<Schema, unknown>;

  constructor(definitions: Readonly<Record<string, Schema>>) {
    super(definitions);
    const stated = Object.entries(FACTS).map(([name, facts]) => [facts, definitions[`io.k8s.api.${name}`]?.properties ?? {}] as const);
    this.checkedLists = new Set(stated.flatMap(([{ unique = NONE }, properties]) => unique.flatMap(list => properties[list] ?? [])));
    this.defaults = new Map(stated.flatMap(([{ defaults = {} }, properties]) =>
      Object.entries(defaults).map(([field, value]) => [properties[field], value] as const)));
  }

  public override kindOf(schema: Schema, definition?: string): Kind {
    if (definition === QUANTITY) return 'quantity';
    if (schema.format === 'int-or-string') return 'int32-or-string';
    if (schema.format === 'date-time') return 'time';
    if (schema.format === 'byte') return 'bytes';
    if (schema.format === 'int32') return 'int32';
    return this.isAnything(schema) ? 'any' : super.kindOf(schema);
  }

  public override requiredOf(schema: Schema, definition?: string): readonly string[] {
    const facts = factsOf(definition);
    if (!schema.required || !facts) return schema.required ?? NONE;
    // what has to be filled is told once, by the facts
    return schema.required.filter(name => !facts.optional?.includes(name) && !facts.filled?.includes(name));
  }

  /** The schemas of core kinds state types alone, and formats that the decoder has its own idea of. */
  public override checksOf(): readonly ValueCheck[] {
    return NO_CHECKS;
  }

  public isOpen(schema: Schema): boolean {
    return this.isAnything(schema);
  }

  public override defaultOf(schema: Schema): unknown {
    return this.defaults.get(schema);
  }

  public override refusesDuplicates(list: Schema): boolean {
    return this.checkedLists.has(list);
  }

  public override get takesNullEntries(): boolean {
    return true;
  }

  public override factsOf(definition: string | undefined): Defined | undefined {
    const facts = factsOf(definition);
    return facts && new FactCheck(facts);
  }

  public get assertions(): SchemaSource {
    return this;
  }

  /** A part that is kept as it comes: it has no fields of its own, so every field is its. */
  private isAnything({ type, properties, additionalProperties, items }: Schema): boolean {
    return (type === undefined || type === 'object') && !properties && !additionalProperties && !items;
  }
}

/** `io.k8s.api.core.v1.Container` is `core.v1.Container` among the facts. */
function factsOf(definition: string | undefined): Facts | undefined {
  return definition === undefined ? undefined : FACTS[definition.split('.').slice(-3).join('.')];
}
