import { rulesOf } from './prometheus-rules';
import { promqlProblem } from './promql/verdict';
import { Rule } from '../../rule';

export const expressionParses: Rule = {
  code: 'SM0410',
  title: 'an expression that Prometheus refuses',
  explanation: 'The Prometheus operator parses every rule; one that it cannot parse has it skip the whole PrometheusRule, with all its other rules '
    + '(prometheus-operator pkg/operator/rules.go, prometheus model/rulefmt).',
  peers: ['rulefmt', 'promql/syntax'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: rate(orders_failed_total) > 0.1
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: rate(orders_failed_total[5m]) > 0.1
`,
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      const problem = promqlProblem(rule.expression, rule.tree);
      if (problem === undefined) continue;
      context.report(rule.object, {
        field: `${rule.field}.expr`,
        value: rule.expression === '' ? undefined : rule.expression,
        reason: `Prometheus refuses the expression of ${rule.name}: ${problem}. The operator then skips every rule of the object`,
        fix: 'correct the expression',
      });
    }
  },
};
