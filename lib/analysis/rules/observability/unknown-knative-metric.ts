import { isKnown, KNOWN_PREFIXES } from './knative-metric-names';
import { rulesOf } from './prometheus-rules';
import { metricNames } from './promql/series';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

export const unknownKnativeMetric: Rule = {
  code: 'SM0417',
  title: 'a name that looks like Knative\'s but is none of its metrics',
  explanation: 'Names under kn_serving_, kn_revision_, kn_activator_, kn_autoscaler_ and the like are all known, as Knative exports them since 1.19 and still in 1.23 '
    + '(knative/serving pkg/queue, pkg/activator, pkg/autoscaler, pkg/reconciler/autoscaling/kpa; knative.dev/pkg observability, webhook). One that is not among '
    + 'them yields nothing, unless something else in the cluster exports it.',
  severity: Severity.WARNING,
  peers: ['promql/series'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersQueue
          expr: max(kn_serving_queue_length) > 50
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersQueue
          expr: max(kn_serving_queue_depth) > 50
`,
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      for (const name of metricNames(rule.tree)) {
        if (!KNOWN_PREFIXES.test(name) || isKnown(name)) continue;
        context.report(rule.object, {
          field: `${rule.field}.expr`,
          value: name,
          reason: `Knative exports no metric of this name, so ${rule.name} probably yields nothing`,
          fix: 'look the name up at https://knative.dev/docs/serving/observability/metrics/serving-metrics/, and add the unit and _total, _bucket, _count or _sum as Prometheus does',
        });
      }
    }
  },
};
