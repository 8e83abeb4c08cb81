import { rulesOf, ruleGroups } from './prometheus-rules';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf, stringOf } from '../../values';

export const ruleNames: Rule = {
  code: 'SM0415',
  title: 'a name that Prometheus refuses',
  explanation: 'The name of a recording has no braces; a label is not empty and not `__name__`, which is the name of the series itself (prometheus model/rulefmt).',
  peers: ['rulefmt', 'yaml/parse'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - record: shop:orders:rate5m{region="eu"}
          expr: sum(rate(orders_total[5m]))
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - record: shop:orders:rate5m
          expr: sum(rate(orders_total{region="eu"}[5m]))
`,
  },
  check(context) {
    for (const { object, field, body } of ruleGroups(context.model)) checkKeys(context, object, `${field}.labels`, body.labels, true);
    for (const { object, field, body } of rulesOf(context.model)) {
      const record = stringOf(body.record) ?? '';
      if (/[{}]/.test(record)) {
        context.report(object, {
          field: `${field}.record`,
          value: record,
          reason: 'the name of a recording has no braces; selectors belong into the expression',
          fix: 'name it level:metric:operations, as in ksvc:http_requests:rate5m',
        });
      }
      checkKeys(context, object, `${field}.labels`, body.labels, true);
      checkKeys(context, object, `${field}.annotations`, body.annotations, false);
    }
  },
};

function checkKeys(context: RuleContext, object: ModelObject, field: string, value: unknown, labels: boolean): void {
  for (const key of Object.keys(fieldsOf(value))) {
    if (key !== '' && !(labels && key === '__name__')) continue;
    context.report(object, {
      field,
      value: key,
      reason: key === '' ? 'a name cannot be empty' : '`__name__` is the name of the series itself and cannot be set as a label',
      fix: key === '' ? 'give it a name' : 'set `record`, and leave the label out',
    });
  }
}
