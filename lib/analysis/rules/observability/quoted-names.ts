import { rulesOf, ruleGroups } from './prometheus-rules';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf, stringOf } from '../../values';

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

export const quotedNames: Rule = {
  code: 'SM0422',
  title: 'a name that has to be quoted in queries',
  explanation: 'Before release 3, Prometheus refuses names of metrics and labels that are not made of letters, digits, underscores and, for metrics, colons. '
    + 'Since then it takes any text, but queries have to quote it, and templates cannot reach such a label as $labels.name '
    + '(prometheus.io/docs/guides/utf8).',
  severity: Severity.WARNING,
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
          labels: { on-call: shop }
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
          labels: { on_call: shop }
`,
  },
  check(context) {
    for (const { object, field, body } of ruleGroups(context.model)) checkKeys(context, object, `${field}.labels`, body.labels);
    for (const { object, field, body } of rulesOf(context.model)) {
      const record = stringOf(body.record) ?? '';
      if (record !== '' && !METRIC.test(record) && !/[{}]/.test(record)) {
        report(context, object, `${field}.record`, record, 'name it level:metric:operations, as in ksvc:http_requests:rate5m');
      }
      checkKeys(context, object, `${field}.labels`, body.labels);
      checkKeys(context, object, `${field}.annotations`, body.annotations);
    }
  },
};

function checkKeys(context: RuleContext, object: ModelObject, field: string, value: unknown): void {
  for (const key of Object.keys(fieldsOf(value))) {
    if (key !== '' && !LABEL.test(key)) report(context, object, field, key, `call it ${key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_')}`);
  }
}

function report(context: RuleContext, object: ModelObject, field: string, value: string, fix: string): void {
  context.report(object, {
    field,
    value,
    reason: 'a Prometheus before release 3 refuses this name, and a newer one needs it quoted wherever it is read',
    fix,
  });
}
