import { App, Chart, Duration } from 'cdk8s';
import { findings, podMonitor, prometheusRule, prometheusRuleOf, raw } from './support';
import { ClusterProfile } from '../../lib';
import { Rule } from '../../lib/analysis/rule';
import { alwaysFiring } from '../../lib/analysis/rules/observability/always-firing';
import { duplicateRule } from '../../lib/analysis/rules/observability/duplicate-rule';
import { expressionParses } from '../../lib/analysis/rules/observability/expression-parses';
import { groupNames } from '../../lib/analysis/rules/observability/group-names';
import { quotedNames } from '../../lib/analysis/rules/observability/quoted-names';
import { rateWindow } from '../../lib/analysis/rules/observability/rate-window';
import { recordOrAlert } from '../../lib/analysis/rules/observability/record-or-alert';
import { recordingFields } from '../../lib/analysis/rules/observability/recording-fields';
import { removedKnativeMetric } from '../../lib/analysis/rules/observability/removed-knative-metric';
import { ruleDurations } from '../../lib/analysis/rules/observability/rule-durations';
import { ruleNames } from '../../lib/analysis/rules/observability/rule-names';
import { templateLabels } from '../../lib/analysis/rules/observability/template-labels';
import { unknownKnativeMetric } from '../../lib/analysis/rules/observability/unknown-knative-metric';
import { Json } from '../support';

/** Fields and values of what a rule finds in one PrometheusRule. */
function found(rule: Rule, ...rules: Json[]): [string | undefined, string | undefined][] {
  return findings(rule, raw(prometheusRule(...rules))).map(({ field, value }) => [field, value]);
}

const alert = (expr: unknown, more: Json = {}) => ({ alert: 'A', expr, ...more });
const recording = (expr: unknown, more: Json = {}) => ({ record: 'a:b:c', expr, ...more });

describe('SM0410: expressions', () => {
  test('refuses what Prometheus does not parse or take', () => {
    expect(found(expressionParses, alert('sum('), recording('rate(x)'), recording(''), { record: 'x' }).map(([field]) => field)).toEqual([
      'spec.groups[0].rules[0].expr', 'spec.groups[0].rules[1].expr', 'spec.groups[0].rules[2].expr', 'spec.groups[0].rules[3].expr',
    ]);
  });

  test('says what is wrong, and that the whole object is skipped', () => {
    const [problem] = findings(expressionParses, raw(prometheusRule(alert('rate(x) > 1'))));
    expect(problem.reason).toBe('Prometheus refuses the expression of A: rate() takes a range vector, and `x` is an instant vector. '
      + 'The operator then skips every rule of the object');
    expect(problem.peers).toContain('rulefmt');
  });

  test('takes what Prometheus takes, a number too', () => {
    expect(found(expressionParses, alert('rate(x[5m]) > 1'), recording(1))).toEqual([]);
  });
});

describe('SM0411: recording or alert', () => {
  test('refuses neither and both', () => {
    expect(found(recordOrAlert, { expr: '1' }, { record: 'a', alert: 'b', expr: '1' }).map(([field]) => field))
      .toEqual(['spec.groups[0].rules[0]', 'spec.groups[0].rules[1]']);
  });

  test('takes one of them', () => {
    expect(found(recordOrAlert, { record: 'a', expr: '1' }, { alert: 'b', expr: '1' })).toEqual([]);
  });
});

describe('SM0412: fields of a recording', () => {
  test('refuses what belongs to alerts', () => {
    expect(found(recordingFields, recording('1', { for: '1m', keep_firing_for: '1m', annotations: { a: 'b' } })).map(([field]) => field)).toEqual([
      'spec.groups[0].rules[0].for', 'spec.groups[0].rules[0].keep_firing_for', 'spec.groups[0].rules[0].annotations',
    ]);
  });

  test('takes them on alerts, and empty ones on recordings', () => {
    expect(found(recordingFields, alert('1', { for: '1m', annotations: { a: 'b' } }), recording('1', { for: '0s', annotations: {} }))).toEqual([]);
  });
});

describe('SM0413: durations', () => {
  test('refuses what Prometheus does not read', () => {
    const app = raw(prometheusRuleOf([{ name: 'g', interval: '1 min', query_offset: 'PT5M', rules: [alert('1', { for: '5m30', keep_firing_for: '1.5h' })] }]));
    expect(findings(ruleDurations, app).map(({ field, value }) => [field, value])).toEqual([
      ['spec.groups[0].interval', '"1 min"'], ['spec.groups[0].query_offset', '"PT5M"'],
      ['spec.groups[0].rules[0].for', '"5m30"'], ['spec.groups[0].rules[0].keep_firing_for', '"1.5h"'],
    ]);
  });

  test('takes 0, units largest first, and none', () => {
    const app = raw(prometheusRuleOf([{ name: 'g', interval: '1m30s', rules: [alert('1', { for: '0' }), alert('1', { for: '1d12h' }), alert('1', { for: '' })] }]));
    expect(findings(ruleDurations, app)).toEqual([]);
  });
});

describe('SM0414: names of groups', () => {
  test('refuses a repeated and an empty name', () => {
    const app = raw(prometheusRuleOf([{ name: 'g', rules: [] }, { name: 'g', rules: [] }, { rules: [] }]));
    expect(findings(groupNames, app).map(({ field, value }) => [field, value])).toEqual([['spec.groups[1].name', '"g"'], ['spec.groups[2].name', undefined]]);
  });

  test('takes one name in two objects', () => {
    const app = raw(prometheusRule(), { ...prometheusRule(), metadata: { name: 'others' } });
    expect(findings(groupNames, app)).toEqual([]);
  });
});

describe('SM0415: names that Prometheus refuses', () => {
  test('refuses __name__ as a label, braces in a record, empty keys', () => {
    expect(found(ruleNames, recording('1', { labels: { __name__: 'x' } }), { record: 'up{job="x"}', expr: '1' }, alert('1', { annotations: { '': 'x' } }))).toEqual([
      ['spec.groups[0].rules[0].labels', '"__name__"'], ['spec.groups[0].rules[1].record', '"up{job=\\"x\\"}"'], ['spec.groups[0].rules[2].annotations', '""'],
    ]);
  });

  test('takes ordinary names', () => {
    expect(found(ruleNames, recording('1', { labels: { team: 'x' } }), alert('1', { annotations: { summary: 'x' } }))).toEqual([]);
  });
});

describe('SM0422: names that have to be quoted', () => {
  test('warns of names that Prometheus refused before release 3', () => {
    expect(found(quotedNames, { record: 'my-record', expr: '1' }, alert('1', { labels: { 'app.kubernetes.io/name': 'x' } }))).toEqual([
      ['spec.groups[0].rules[0].record', '"my-record"'], ['spec.groups[0].rules[1].labels', '"app.kubernetes.io/name"'],
    ]);
  });

  test('takes letters, digits, underscores and colons', () => {
    expect(found(quotedNames, { record: 'ksvc:http_requests:rate5m', expr: '1' }, alert('1', { labels: { team_1: 'x' } }))).toEqual([]);
  });
});

describe('SM0416: metrics that Knative no longer exports', () => {
  test.each([
    ['sum(rate(revision_request_count{response_code_class="5xx"}[5m])) > 1', '"revision_request_count"', 'http_server_request_duration_seconds_count{kn_route_tag!=""}'],
    ['histogram_quantile(0.9, rate(revision_app_request_latencies_bucket[5m])) > 1', '"revision_app_request_latencies_bucket"', 'kn_serving_invocation_duration_seconds_bucket; its values are seconds'],
    ['{__name__="autoscaler_desired_pods"} > 1', '"autoscaler_desired_pods"', 'kn_revision_pods_desired'],
    ['rate(activator_request_count[5m]) > 1', '"activator_request_count"', 'http_server_request_duration_seconds_count{kn_route_tag=""}'],
  ])('refuses %s', (expr, name, now) => {
    const problems = findings(removedKnativeMetric, raw(prometheusRule(alert(expr))));
    expect(problems).toMatchObject([{ code: 'SM0416', value: name, fix: expect.stringContaining(now) }]);
    expect(problems[0].severity).toBe('error');
  });

  test('takes the names of today, and those of others', () => {
    expect(found(removedKnativeMetric, alert('rate(kn_serving_invocation_duration_seconds_count[5m]) > 1'), alert('request_count > 1'))).toEqual([]);
  });
});

describe('SM0417: names that only look like Knative\'s', () => {
  test('warns of a name that is none of its metrics', () => {
    expect(found(unknownKnativeMetric, alert('kn_revision_pods_actual > 1'), alert('kn_serving_invocation_duration_bucket > 1'), alert('kn_serving_queue_depth_count > 1')))
      .toEqual([
        ['spec.groups[0].rules[0].expr', '"kn_revision_pods_actual"'], ['spec.groups[0].rules[1].expr', '"kn_serving_invocation_duration_bucket"'],
        ['spec.groups[0].rules[2].expr', '"kn_serving_queue_depth_count"'],
      ]);
  });

  test('takes its metrics, and leaves those of Eventing alone', () => {
    expect(found(unknownKnativeMetric, alert('kn_revision_pods_count > kn_revision_pods_desired'), alert('kn_autoscaler_scrape_duration_seconds_sum > 1'),
      alert('kn_eventing_kafka_discarded_events_total > 1'))).toEqual([]);
  });
});

describe('SM0418: ranges', () => {
  test('warns of a range below two scrape intervals', () => {
    expect(found(rateWindow, alert('rate(x[59s]) > 1'), recording('sum(increase(x[30s] offset 1h))'))).toEqual([
      ['spec.groups[0].rules[0].expr', '"59s"'], ['spec.groups[0].rules[1].expr', '"30s"'],
    ]);
  });

  test('takes two intervals, a subquery, and functions that need one sample', () => {
    expect(found(rateWindow, alert('rate(x[1m]) > 1'), recording('rate(x:y[10s:1s])'), recording('max_over_time(x[10s])'))).toEqual([]);
  });

  test('goes by the shortest interval that the app or the profile tells of', () => {
    const app = raw(prometheusRule(alert('rate(x[30s]) > 1')), podMonitor('fast', { port: 'metrics', interval: '15s' }));
    expect(findings(rateWindow, app)).toEqual([]);
    const fast = new App();
    ClusterProfile.sidecar({ monitoring: { scrapeInterval: Duration.seconds(10) } }).applyTo(fast);
    const chart = new Chart(fast, 'chart');
    expect(findings(rateWindow, chart)).toEqual([]);
  });
});

describe('SM0419: alerts without a comparison', () => {
  test.each(['up{job="x"}', 'sum(rate(errors_total[5m]))', 'x > bool 1'])('warns of %s', expr => {
    expect(found(alwaysFiring, alert(expr))).toEqual([['spec.groups[0].rules[0].expr', JSON.stringify(expr)]]);
  });

  test.each(['up == 0', 'absent(up{job="x"})', 'x unless y', 'vector(1)', 'ALERTS{severity="page"}', 'slo:breach:bool', 'kafka_resource_info{ready!="True"}', '(x > 1) and y'])('takes %s', expr => {
    expect(found(alwaysFiring, alert(expr))).toEqual([]);
  });

  test('says nothing of recordings', () => {
    expect(found(alwaysFiring, recording('up'))).toEqual([]);
  });
});

describe('SM0420: labels in templates', () => {
  test('warns of a label that was aggregated away', () => {
    expect(found(templateLabels, alert('sum by (job) (up) < 1', {
      annotations: { summary: '{{ $labels.instance }} of {{ $labels.job }}', description: '{{ with .Labels.pod }}{{ . }}{{ end }}' },
      labels: { cluster: '{{ index $labels "cluster" }}' },
    }))).toEqual([
      ['spec.groups[0].rules[0].labels.cluster', '"$labels.cluster"'],
      ['spec.groups[0].rules[0].annotations.description', '"$labels.pod"'],
      ['spec.groups[0].rules[0].annotations.summary', '"$labels.instance"'],
    ]);
  });

  test('takes labels that are kept, labels of series as they are, and text outside of templates', () => {
    expect(found(templateLabels, alert('sum by (job) (up) < 1', { annotations: { summary: '{{ $labels.job }} $labels.instance' } }),
      alert('up == 0', { annotations: { summary: '{{ $labels.anything }}' } }))).toEqual([]);
  });
});

describe('SM0421: duplicates', () => {
  test('warns of the same rule twice, in one object or two', () => {
    const app = raw(prometheusRule(recording('sum(x)'), recording('sum(x) ')), { ...prometheusRule(recording('sum(x)')), metadata: { name: 'others' } });
    expect(findings(duplicateRule, app).map(({ field, path, reason }) => [field, path, reason])).toEqual([
      ['spec.groups[0].rules[1]', 'chart/object-0', 'spec.groups[0].rules[0] of chart/object-0 is the same rule'],
      ['spec.groups[0].rules[0]', 'chart/object-1', 'spec.groups[0].rules[0] of chart/object-0 is the same rule'],
    ]);
  });

  test('takes one name with different labels or expressions', () => {
    expect(found(duplicateRule, recording('sum(x)'), recording('sum(y)'), recording('sum(x)', { labels: { a: 'b' } }), alert('sum(x)'))).toEqual([]);
  });
});
