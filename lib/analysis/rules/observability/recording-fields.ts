import { rulesOf } from './prometheus-rules';
import { Rule } from '../../rule';
import { isMap, stringOf } from '../../values';

export const recordingFields: Rule = {
  code: 'SM0412',
  title: 'a recording rule with fields of an alert',
  explanation: '`for`, `keep_firing_for` and `annotations` belong to alerts (prometheus model/rulefmt). The operator skips the whole PrometheusRule otherwise.',
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
          for: 10m
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
`,
  },
  check(context) {
    for (const { object, field, body } of rulesOf(context.model)) {
      if (!stringOf(body.record)) continue;
      const given = ['for', 'keep_firing_for'].filter(name => !isUnset(body[name]));
      if (isMap(body.annotations) && Object.keys(body.annotations).length > 0) given.push('annotations');
      for (const name of given) {
        context.report(object, {
          field: `${field}.${name}`,
          reason: `the recording ${stringOf(body.record)} cannot have ${name}, which belongs to alerts`,
          fix: `remove ${name}, or make the rule an alert`,
        });
      }
    }
  },
};

// Prometheus reads a duration of zero as none
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'string' && /^0[a-z]*$/.test(value));
}
