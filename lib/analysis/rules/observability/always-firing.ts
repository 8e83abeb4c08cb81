import { rulesOf } from './prometheus-rules';
import { metricNames } from './promql/series';
import { childOf, descendants, PromqlNode } from './promql/tree';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf } from '../../values';

const CONDITIONS = new Set(['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte', 'Unless', 'And']);
const ABSENCE = new Set(['absent', 'absent_over_time']);

export const alwaysFiring: Rule = {
  code: 'SM0419',
  title: 'an alert that compares nothing',
  explanation: 'An alert fires for every sample that its expression yields, whatever the value, 0 included. Without a comparison it fires as long as there are samples '
    + '(prometheus.io/docs/prometheus/latest/configuration/alerting_rules; cloudflare/pint docs/checks/alerts/comparison.md).',
  severity: Severity.WARNING,
  peers: ['alerts/comparison'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[5m]))
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[5m])) > 0.1
`,
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert) || rule.expression === '' || isMeant(rule.expression)) continue;
      const nodes = descendants(rule.tree);
      if (nodes.some(node => node.broken) || nodes.some(isCondition) || metricNames(rule.tree).some(decidesByExisting)) continue;
      context.report(rule.object, {
        field: `${rule.field}.expr`,
        value: rule.expression,
        reason: `${rule.name} compares with nothing, so it fires as long as there is a sample, whatever its value`,
        fix: 'compare with a threshold, as in `... > 0.05`',
      });
    }
  },
};

function isCondition(node: PromqlNode): boolean {
  if (node.kind === 'BinaryExpr') return CONDITIONS.has(node.children[1].kind) && !childOf(node, 'BoolModifier');
  return node.kind === 'FunctionCall' && ABSENCE.has(childOf(node, 'FunctionIdentifier')?.text ?? '');
}

// an alert that proves that alerting works
function isMeant(expression: string): boolean {
  return /^\s*(vector\s*\(\s*[\d.]+\s*\)|[\d.]+)\s*$/.test(expression);
}

// recorded series may hold only what is beyond a threshold, ALERTS holds only alerts, and of an info metric the labels decide
function decidesByExisting(metric: string): boolean {
  return metric.includes(':') || metric === 'ALERTS' || metric.endsWith('_info');
}
