import * as path from 'path';
import { Manifest } from '../../core/rendering';
import { isMap } from '../values';

/** What tells a group of rules, or a rule that lost its group, from the groups of other programs. */
const RULE_KEYS = ['rules', 'alert', 'record'];

/**
 * Whether a document is a rule file as Prometheus and promtool read it: groups of rules and nothing around them.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export function isRuleFile(value: unknown): value is { readonly groups: readonly unknown[] } {
  return isMap(value) && value.apiVersion === undefined && value.kind === undefined
    && Array.isArray(value.groups) && value.groups.length > 0
    && value.groups.every(group => isMap(group) && RULE_KEYS.some(key => group[key] !== undefined));
}

/** The object of the operator that would hold a rule file, named after the file. */
export function prometheusRule(file: string, groups: { readonly groups: readonly unknown[] }): Manifest {
  const name = path.basename(file).replace(/\.[^.]*$/, '').toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: name || 'rules' }, spec: groups };
}
