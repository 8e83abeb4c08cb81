import { isMap, listOf, textOf } from './values';
import { ManifestModel, ModelObject } from '../../model';

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
  /** Its expression as text; a number is one too. */
  readonly expression?: string;
}

/** Every group of every PrometheusRule; what is no map is left to the schema. */
export function ruleGroups(model: ManifestModel): RuleGroup[] {
  return model.ofKind('monitoring.coreos.com', 'PrometheusRule').flatMap(object =>
    listOf(object.manifest.spec?.groups).flatMap((body, index) => isMap(body) ? [{ object, field: `spec.groups[${index}]`, body }] : []));
}

/** Every rule of every group. */
export function rulesOf(model: ManifestModel): PrometheusRuleEntry[] {
  return ruleGroups(model).flatMap(group =>
    listOf(group.body.rules).flatMap((body, index) => isMap(body) ? [entry(group, body, index)] : []));
}

function entry(group: RuleGroup, body: Record<string, unknown>, index: number): PrometheusRuleEntry {
  const expression = typeof body.expr === 'number' ? String(body.expr) : textOf(body.expr);
  return {
    object: group.object,
    group,
    field: `${group.field}.rules[${index}]`,
    body,
    name: textOf(body.alert) || textOf(body.record) || `rule ${index + 1} of group ${textOf(group.body.name) ?? '?'}`,
    expression,
  };
}
