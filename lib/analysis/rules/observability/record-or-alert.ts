import { rulesOf } from './prometheus-rules';
import { Rule } from '../../rule';
import { stringOf } from '../../values';

export const recordOrAlert: Rule = {
  code: 'SM0411',
  title: 'a rule that is neither a recording nor an alert, or both',
  explanation: 'A rule has exactly one of `record` and `alert` (prometheus model/rulefmt). The operator skips the whole PrometheusRule otherwise.',
  peers: ['rulefmt', 'yaml/parse'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - record: shop:orders_failed:rate5m
          alert: OrdersFail
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
    for (const { object, field, body } of rulesOf(context.model)) {
      const record = stringOf(body.record) ?? '';
      const alert = stringOf(body.alert) ?? '';
      if ((record === '') !== (alert === '')) continue;
      context.report(object, {
        field,
        value: record === '' ? undefined : `record ${record}, alert ${alert}`,
        reason: record === '' ? 'the rule has neither `record` nor `alert`' : 'the rule has both `record` and `alert`',
        fix: 'give it one of the two: `record` to store the result under a name, `alert` to fire',
      });
    }
  },
};
