import { Duration } from 'cdk8s';
import { ErrorAlert } from './error-alert';
import { Gauge } from './metrics/metric';
import { promDuration } from './promql/duration';
import { Match } from './promql/match';
import { Vector } from './promql/vector';
import { Window } from './promql/window';
import { RequestMeter } from './requests/request-meter';
import type { PrometheusRuleSpecGroupsRules } from '../../imports/monitoring.coreos.com';

/** A workload as rules speak of it. */
export interface Observed<L extends string> {
  readonly namespace: string;
  readonly name: string;
  readonly alertName: string;
  readonly meter: RequestMeter<L>;
}

/** Series that other rules read, with the rule that records them. */
interface Recording<L extends string> {
  readonly rule: PrometheusRuleSpecGroupsRules;
  readonly series: Vector<L>;
}

interface Recordings<L extends string> {
  readonly requests: Recording<L>;
  readonly errors: Recording<L>;
  readonly ratio: Recording<L>;
}

/** The rules of one workload: what is recorded once per window, then the alerts that read it, in an order in which each finds what it reads. */
export function errorRules<L extends string>(observed: Observed<L>, alerts: readonly ErrorAlert[]): PrometheusRuleSpecGroupsRules[] {
  const windows = new Map<string, Recordings<L>>();
  const rules = alerts.map(alert => {
    const window = promDuration(alert.window);
    if (!windows.has(window)) windows.set(window, recordings(observed, alert.window));
    return alertRule(observed, alert, windows.get(window)!);
  });
  return [...[...windows.values()].flatMap(({ requests, errors, ratio }) => [requests.rule, errors.rule, ratio.rule]), ...rules];
}

function recordings<L extends string>(observed: Observed<L>, duration: Duration): Recordings<L> {
  const { meter } = observed;
  const window = Window.of(duration);
  const requests = record(observed, `${meter.counted}s:rate${window.text}`, meter.rate(window));
  // Without a failed request there is no series of failures, and no ratio either where 0 belongs. The zeros come from the raw series:
  // recorded ones have more labels where the operator enforces a namespace label.
  const zeros = meter.rate(window).times(0);
  const errors = record(observed, `${meter.counted}_errors:rate${window.text}`, meter.errors(window).or(zeros));
  // no traffic gives no sample rather than 0/0, which would spread into whatever averages the ratio
  const ratio = record(observed, `${meter.counted}_errors:ratio_rate${window.text}`, errors.series.dividedBy(requests.series.above(0)));
  return { requests, errors, ratio };
}

function record<L extends string>({ meter, namespace, name }: Observed<L>, what: string, expression: Vector<L>): Recording<L> {
  const series = new Gauge<L>({
    name: `${meter.level}:${what}`,
    unit: 'requests',
    meaning: 'recorded by this stack',
    labels: expression.labels,
    source: 'error-rules.ts',
  });
  const matchers = { [meter.namespace]: Match.is(namespace), [meter.workload]: Match.is(name) } as Record<L, Match>;
  return {
    // the labels that the result has anyway tell the recordings of two workloads apart, also for promtool
    rule: { record: series.facts.name, expr: expression.text, labels: { [meter.namespace]: namespace, [meter.workload]: name } },
    series: series.where(matchers),
  };
}

function alertRule<L extends string>(observed: Observed<L>, alert: ErrorAlert, { requests, ratio }: Recordings<L>): PrometheusRuleSpecGroupsRules {
  const { meter, namespace, name } = observed;
  const threshold = ratio.series.above(asRatio(alert.thresholdPercent));
  const enough = requests.series.times(alert.window.toSeconds({ integral: false })).atLeast(alert.minimumRequests);
  const due = alert.minimumRequests > 0 ? threshold.and(enough) : threshold;
  const window = promDuration(alert.window);
  const who = `${due.label(meter.workload)} in namespace ${due.label(meter.namespace)}`;
  return {
    alert: alert.alertName ?? observed.alertName,
    expr: due.text,
    for: promDuration(alert.pendingFor),
    // Alertmanager's per-namespace routes look at a label of this name, which aggregation has taken away
    labels: { namespace, [meter.workload]: name, ...alert.labels, severity: alert.severity },
    annotations: {
      summary: `${due.label(meter.workload)} fails {{ $value | humanizePercentage }} of its requests`,
      description: `${who} answered {{ $value | humanizePercentage }} of the requests of the last ${window} with a server error; `
        + `more than ${alert.thresholdPercent}% for ${promDuration(alert.pendingFor)} is an alert.`,
      runbook_url: alert.runbookUrl,
    },
  };
}

/** A percentage as a ratio, without the digits that binary fractions add. */
function asRatio(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}
