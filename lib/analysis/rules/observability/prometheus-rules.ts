import { parsePromql } from './promql/parse';
import { PromqlNode } from './promql/tree';
import { ManifestModel, ModelObject } from '../../model';
import { isMap, listOf, stringOf } from '../../values';

/** A group of a PrometheusRule. */
export interface RuleGroup {
  readonly object: ModelObject;
  readonly field: string;
  readonly body: Record<string, unknown>;
}

/** One rule of a PrometheusRule, recording or alerting. */
export interface PrometheusRuleEntry {
  readonly object: ModelObject;
  readonly group: RuleGroup;
  /** Path of the rule in the manifest. */
  readonly field: string;
  readonly body: Record<string, unknown>;
  /** What it records or alerts, for messages. */
  readonly name: string;
  /** Its expression as text, empty where there is none; a number is one too. */
  readonly expression: string;
  /** The same, parsed. */
  readonly tree: PromqlNode;
}

const ENTRIES = new WeakMap<ManifestModel, readonly PrometheusRuleEntry[]>();

/** Every group of every PrometheusRule; what is no map is left to the schema. */
export function ruleGroups(model: ManifestModel): RuleGroup[] {
  return model.ofKind('monitoring.coreos.com', 'PrometheusRule').flatMap(object =>
    listOf(object.manifest.spec?.groups).flatMap((body, index) => isMap(body) ? [{ object, field: `spec.groups[${index}]`, body }] : []));
}

/** Every rule of every group. */
export function rulesOf(model: ManifestModel): readonly PrometheusRuleEntry[] {
  const known = ENTRIES.get(model);
  if (known) return known;
  const entries = ruleGroups(model).flatMap(group =>
    listOf(group.body.rules).flatMap((body, index) => isMap(body) ? [new Entry(group, body, index)] : []));
  ENTRIES.set(model, entries);
  return entries;
}

/** Parsed once, however many rules look at it. */
class Entry implements PrometheusRuleEntry {
  public readonly object: ModelObject;
  public readonly field: string;
  public readonly name: string;
  public readonly expression: string;
  private parsed?: PromqlNode;

  constructor(public readonly group: RuleGroup, public readonly body: Record<string, unknown>, index: number) {
    this.object = group.object;
    this.field = `${group.field}.rules[${index}]`;
    this.name = stringOf(body.alert) || stringOf(body.record) || `rule ${index + 1} of group ${stringOf(group.body.name) ?? '?'}`;
    this.expression = typeof body.expr === 'number' ? String(body.expr) : stringOf(body.expr) ?? '';
  }

  public get tree(): PromqlNode {
    this.parsed ??= parsePromql(this.expression);
    return this.parsed;
  }
}
