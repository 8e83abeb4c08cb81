import { promMilliseconds } from './prom-duration';
import { rulesOf } from './prometheus-rules';
import { childOf, descendants, PromqlNode } from './promql/tree';
import { Severity } from '../../../core/problem';
import { ManifestModel } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, listOf } from '../../values';

const NEED_TWO_SAMPLES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear']);
const ENDPOINTS = new Map([['PodMonitor', 'podMetricsEndpoints'], ['ServiceMonitor', 'endpoints']]);

export const rateWindow: Rule = {
  code: 'SM0418',
  title: 'a range too short for two samples',
  explanation: 'rate() and its like need at least two samples in their range. With a range below two scrape intervals there is often only one, and no result '
    + '(prometheus.io/docs/prometheus/latest/querying/functions; cloudflare/pint docs/checks/promql/rate.md).',
  severity: Severity.WARNING,
  peers: ['promql/rate'],
  example: {
    refused: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[30s])) > 0.1
`,
    accepted: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop, labels: { release: kube-prometheus-stack } }
spec:
  groups:
    - name: orders
      rules:
        - alert: OrdersFail
          expr: sum(rate(orders_failed_total[2m])) > 0.1
`,
  },
  check(context) {
    const declared = declaredIntervals(context.model);
    for (const rule of rulesOf(context.model)) {
      const usual = context.profile(rule.object).monitoring.scrapeInterval!.toMilliseconds({ integral: false });
      const shortest = Math.min(usual, ...declared);
      for (const { name, range, milliseconds } of ranges(rule.tree)) {
        if (milliseconds >= 2 * shortest) continue;
        context.report(rule.object, {
          field: `${rule.field}.expr`,
          value: range,
          reason: `${name}() over ${range} has at most one sample where samples are ${shortest / 1000}s apart, so ${rule.name} has gaps or no result`,
          fix: `use a range of at least ${4 * shortest / 1000}s, four times as long as samples are apart`,
        });
      }
    }
  },
};

function* ranges(root: PromqlNode): Generator<{ name: string; range: string; milliseconds: number }> {
  for (const node of descendants(root)) {
    const name = childOf(node, 'FunctionIdentifier')?.text;
    if (node.kind !== 'FunctionCall' || !name || !NEED_TWO_SAMPLES.has(name)) continue;
    const matrix = matrixOf(childOf(node, 'FunctionCallBody')?.children[0]);
    const range = matrix && childOf(matrix, 'DurationExpr')?.text;
    const milliseconds = promMilliseconds(range);
    if (range && milliseconds !== undefined) yield { name, range, milliseconds };
  }
}

function matrixOf(node: PromqlNode | undefined): PromqlNode | undefined {
  if (!node || node.kind === 'MatrixSelector') return node;
  return ['OffsetExpr', 'StepInvariantExpr', 'ParenExpr'].includes(node.kind) ? matrixOf(node.children[0]) : undefined;
}

/** Intervals that monitors of the app ask for. */
function declaredIntervals(model: ManifestModel): number[] {
  return [...ENDPOINTS].flatMap(([kind, endpoints]) =>
    model.ofKind('monitoring.coreos.com', kind).flatMap(object => listOf(object.manifest.spec?.[endpoints])))
    .flatMap(endpoint => promMilliseconds(fieldsOf(endpoint).interval) ?? [])
    .filter(milliseconds => milliseconds > 0);
}
