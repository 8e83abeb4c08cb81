import { rulesOf } from './prometheus-rules';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { stringOf, textMapOf } from '../../values';

export const duplicateRule: Rule = {
  code: 'SM0421',
  title: 'the same rule twice',
  explanation: 'Two recordings of the same name, labels and expression write the same samples twice, of which one is dropped; two such alerts are one alert with '
    + 'two owners (cloudflare/pint docs/checks/rule/duplicate.md).',
  severity: Severity.WARNING,
  peers: ['promtool.dup-rule', 'rule/duplicate'],
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
    - name: shop
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[5m])) > 0.1
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
    const first = new Map<string, string>();
    for (const { object, field, body, name, expression } of rulesOf(context.model)) {
      const labels = Object.entries(textMapOf(body.labels)).sort();
      const identity = JSON.stringify([stringOf(body.record), stringOf(body.alert), labels, expression.replace(/\s+/g, ' ').trim()]);
      const owner = first.get(identity);
      if (owner === undefined) {
        first.set(identity, `${field} of ${object.path}`);
      } else {
        context.report(object, {
          field,
          value: name,
          reason: `${owner} is the same rule`,
          fix: 'remove one of them, or give them different labels',
        });
      }
    }
  },
};
