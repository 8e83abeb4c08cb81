import { rulesOf } from './prometheus-rules';
import { labelsOf } from './promql/labels';
import { descendants } from './promql/tree';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf, textMapOf } from '../../values';

const ACTION = /\{\{([\s\S]*?)\}\}/g;
const LABEL = /(?:\$labels|\.Labels)\.([a-zA-Z_][a-zA-Z0-9_]*)|index\s+(?:\$labels|\.Labels)\s+"([^"]+)"/g;

export const templateLabels: Rule = {
  code: 'SM0420',
  title: 'a template with a label that the expression aggregates away',
  explanation: 'Labels and annotations of an alert see the labels of the sample. One that an aggregation has dropped reads as empty text '
    + '(prometheus.io/docs/prometheus/latest/configuration/alerting_rules; cloudflare/pint internal/checks/alerts_template.go, checkQueryLabels).',
  severity: Severity.WARNING,
  peers: ['alerts/template'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[5m])) > 0.1
          annotations:
            summary: Orders fail in {{ $labels.region }}
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum by (region) (rate(orders_failed_total[5m])) > 0.1
          annotations:
            summary: Orders fail in {{ $labels.region }}
`,
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      if (!stringOf(rule.body.alert) || rule.expression === '') continue;
      if (descendants(rule.tree).some(node => node.broken)) continue;
      const available = labelsOf(rule.tree);
      if (available === undefined) continue;
      for (const section of ['labels', 'annotations']) {
        for (const [key, text] of Object.entries(textMapOf(rule.body[section]))) {
          for (const label of new Set(labelsIn(text))) {
            if (available.has(label)) continue;
            context.report(rule.object, {
              field: `${rule.field}.${section}.${key}`,
              value: `$labels.${label}`,
              reason: `the expression of ${rule.name} yields ${describe(available)}, so this label is always empty`,
              fix: `keep the label in the aggregation, as in by (${[...available, label].join(', ')}), or leave it out of the text`,
            });
          }
        }
      }
    }
  },
};

function labelsIn(text: string): string[] {
  return [...text.matchAll(ACTION)].flatMap(([, action]) => [...action.matchAll(LABEL)].map(([, plain, indexed]) => plain ?? indexed));
}

function describe(labels: ReadonlySet<string>): string {
  return labels.size === 0 ? 'samples without labels' : `samples with the labels ${[...labels].join(', ')} alone`;
}
