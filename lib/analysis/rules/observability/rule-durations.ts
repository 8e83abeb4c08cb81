import { isPromDuration } from './prom-duration';
import { ruleGroups, rulesOf } from './prometheus-rules';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';

export const ruleDurations: Rule = {
  code: 'SM0413',
  title: 'a duration that Prometheus does not read',
  explanation: 'Durations are whole numbers with units, largest first: 1h30m, 90s, 500ms (prometheus common/model ParseDuration, and the pattern of the CRD).',
  peers: ['rulefmt', 'alerts/for'],
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
          for: 10 minutes
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
          for: 10m
`,
  },
  check(context) {
    for (const { object, field, body } of ruleGroups(context.model)) check(context, object, field, body, ['interval', 'query_offset']);
    for (const { object, field, body } of rulesOf(context.model)) check(context, object, field, body, ['for', 'keep_firing_for']);
  },
};

function check(context: RuleContext, object: ModelObject, field: string, body: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) {
    const value = body[name];
    // the operator leaves out empty ones, which are no durations for Prometheus
    if (value === undefined || value === null || value === '' || isPromDuration(value)) continue;
    context.report(object, {
      field: `${field}.${name}`,
      value,
      reason: 'Prometheus does not read this as a duration',
      fix: 'write whole numbers with units, largest first: 1h30m, 90s, 500ms',
    });
  }
}
