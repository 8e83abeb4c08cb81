import { ruleGroups } from './prometheus-rules';
import { Rule } from '../../rule';
import { stringOf } from '../../values';

export const groupNames: Rule = {
  code: 'SM0414',
  title: 'a group without a name of its own',
  explanation: 'Groups of a PrometheusRule are told apart by their names; an empty or repeated one is refused (prometheus model/rulefmt; the CRD makes the '
    + 'name the key of the list).',
  peers: ['rulefmt', 'yaml/parse'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - record: shop:orders:rate5m
          expr: sum(rate(orders_total[5m]))
    - name: orders
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
        - record: shop:orders:rate5m
          expr: sum(rate(orders_total[5m]))
    - name: order-alerts
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[5m])) > 0.1
`,
  },
  check(context) {
    const seen = new Map<unknown, Set<string>>();
    for (const { object, field, body } of ruleGroups(context.model)) {
      const name = stringOf(body.name) ?? '';
      const names = seen.get(object) ?? new Set<string>();
      seen.set(object, names);
      if (name === '' || names.has(name)) {
        context.report(object, {
          field: `${field}.name`,
          value: name === '' ? undefined : name,
          reason: name === '' ? 'the group has no name' : 'another group of the object has this name already',
          fix: 'give each group a name of its own',
        });
      }
      names.add(name);
    }
  },
};
