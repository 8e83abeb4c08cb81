import { replacementOf } from './knative-metric-names';
import { rulesOf } from './prometheus-rules';
import { metricNames } from './promql/series';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

export const removedKnativeMetric: Rule = {
  code: 'SM0416',
  severityInFiles: Severity.WARNING,
  title: 'a metric that Knative no longer exports',
  explanation: 'With the move to OpenTelemetry in release 1.19 all metrics of Knative Serving got other names, and durations became seconds. An expression on '
    + 'an old name yields nothing: its alert never fires (knative/serving#16216).',
  peers: ['promql/series'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersBusy
          expr: sum(rate(revision_app_request_count[5m])) > 100
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersBusy
          expr: sum(rate(kn_serving_invocation_duration_seconds_count[5m])) > 100
`,
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      for (const name of metricNames(rule.tree)) {
        const now = replacementOf(name);
        if (now === undefined) continue;
        context.report(rule.object, {
          field: `${rule.field}.expr`,
          value: name,
          reason: `Knative exports no ${name} since release 1.19, so ${rule.name} yields nothing`,
          fix: fix(name, now),
        });
      }
    }
  },
};

function fix(name: string, now: string): string {
  const unit = /latencies|scrape_time/.test(name) ? '; its values are seconds instead of milliseconds' : '';
  if (!now.startsWith('http_server')) return `use ${now}${unit}`;
  const whose = name.startsWith('revision') ? 'kn_route_tag!=""' : 'kn_route_tag=""';
  return `use ${now}{${whose}}${unit}. Queue-proxy and activator share the name; only queue-proxy sets kn_route_tag`;
}
