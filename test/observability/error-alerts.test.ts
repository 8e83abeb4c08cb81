import { Duration } from 'cdk8s';
import { monitoredChart } from './support';
import { DeploymentFake, KnativeFake } from './workloads';
import { KnativeMetrics, MeshMembership } from '../../lib';
import { labelsOf } from '../../lib/analysis/rules/observability/promql/labels';
import { parsePromql } from '../../lib/analysis/rules/observability/promql/parse';
import { promqlProblem } from '../../lib/analysis/rules/observability/promql/verdict';
import { AlertSeverity, ErrorAlertOptions, ObservabilityStack } from '../../lib/observability';
import { Json, manifest, problems, shopChart } from '../support';

const ALERT: ErrorAlertOptions = { severity: AlertSeverity.CRITICAL, runbookUrl: 'https://runbooks.example.com/orders' };

function rules(scope: Parameters<typeof manifest>[0], group = 0): Json[] {
  return manifest(scope, 'PrometheusRule').spec.groups[group].rules;
}

function ruleNamed(scope: Parameters<typeof manifest>[0], name: string): Json {
  return rules(scope).find(rule => rule.record === name || rule.alert === name);
}

describe('alerting on failed requests to a Knative service', () => {
  const chart = monitoredChart();
  const stack = new ObservabilityStack(chart, 'watch');
  stack.alertOnErrors(new KnativeFake(chart, 'orders'), ALERT);

  test('records requests, failures and their ratio, then alerts, in one group', () => {
    expect(rules(chart).map(rule => rule.record ?? rule.alert)).toEqual([
      'ksvc:http_requests:rate5m', 'ksvc:http_request_errors:rate5m', 'ksvc:http_request_errors:ratio_rate5m', 'KnativeServiceErrors',
    ]);
    expect(manifest(chart, 'PrometheusRule')).toMatchObject({
      metadata: { name: 'watch', namespace: 'shop', labels: { release: 'kube-prometheus-stack' } },
      spec: { groups: [{ name: 'shop.orders.errors' }] },
    });
  });

  test('counts requests at queue-proxy alone, though the activator exports the same name', () => {
    expect(ruleNamed(chart, 'ksvc:http_requests:rate5m').expr).toBe(
      'sum by (k8s_namespace_name, kn_service_name) (rate(http_server_request_duration_seconds_count'
      + '{k8s_namespace_name="shop",kn_route_tag!="",kn_service_name="orders"}[5m]))');
  });

  test('divides what is aggregated alike, and nothing by nothing never', () => {
    const selector = '{k8s_namespace_name="shop",kn_service_name="orders"}';
    expect(ruleNamed(chart, 'ksvc:http_request_errors:ratio_rate5m').expr)
      .toBe(`ksvc:http_request_errors:rate5m${selector} / (ksvc:http_requests:rate5m${selector} > 0)`);
    const [, errors] = rules(chart);
    expect(errors.expr).toMatch(/^sum by \((.*?)\) .*http_response_status_code=~"5\.\.".* or \(sum by \(\1\) .* \* 0\)$/);
  });

  test('is due above the threshold for the time given, with what whoever gets it needs', () => {
    expect(ruleNamed(chart, 'KnativeServiceErrors')).toEqual({
      alert: 'KnativeServiceErrors',
      expr: 'ksvc:http_request_errors:ratio_rate5m{k8s_namespace_name="shop",kn_service_name="orders"} > 0.05',
      for: '5m',
      labels: { namespace: 'shop', kn_service_name: 'orders', severity: 'critical' },
      annotations: {
        summary: '{{ $labels.kn_service_name }} fails {{ $value | humanizePercentage }} of its requests',
        description: '{{ $labels.kn_service_name }} in namespace {{ $labels.k8s_namespace_name }} answered {{ $value | humanizePercentage }} of the '
          + 'requests of the last 5m with a server error; more than 5% for 5m is an alert.',
        runbook_url: 'https://runbooks.example.com/orders',
      },
    });
  });

  test('never asks whether a series is absent, since a service may be at zero', () => {
    expect(JSON.stringify(rules(chart))).not.toContain('absent');
  });

  test('has the service scraped', () => {
    expect(manifest(chart, 'PodMonitor').spec.selector.matchExpressions[0].values).toEqual(['orders']);
  });
});

describe('options of an alert', () => {
  test('are taken as they are', () => {
    const chart = monitoredChart();
    new ObservabilityStack(chart, 'watch', { ruleLabels: { team: 'b' } }).alertOnErrors(new KnativeFake(chart, 'orders'), {
      severity: AlertSeverity.WARNING,
      runbookUrl: 'http://wiki/orders',
      thresholdPercent: 1.1,
      window: Duration.minutes(30),
      pendingFor: Duration.minutes(90),
      minimumRequests: 100,
      alertName: 'OrdersFail',
      labels: { team: 'shop' },
    });
    expect(manifest(chart, 'PrometheusRule').metadata.labels).toEqual({ team: 'b' });
    expect(ruleNamed(chart, 'OrdersFail')).toMatchObject({
      expr: '(ksvc:http_request_errors:ratio_rate30m{k8s_namespace_name="shop",kn_service_name="orders"} > 0.011) '
        + 'and ((ksvc:http_requests:rate30m{k8s_namespace_name="shop",kn_service_name="orders"} * 1800) >= 100)',
      for: '1h30m',
      labels: { namespace: 'shop', team: 'shop', severity: 'warning' },
    });
    expect(problems(chart).filter(problem => problem.severity === 'error')).toEqual([]);
  });

  test('two alerts on one window share its recordings', () => {
    const chart = monitoredChart();
    const stack = new ObservabilityStack(chart, 'watch');
    const orders = new KnativeFake(chart, 'orders');
    stack.alertOnErrors(orders, ALERT);
    stack.alertOnErrors(orders, { ...ALERT, severity: AlertSeverity.WARNING, thresholdPercent: 1 });
    stack.alertOnErrors(orders, { ...ALERT, severity: AlertSeverity.WARNING, thresholdPercent: 0.5, window: Duration.hours(1), alertName: 'Slow' });
    const records = rules(chart).map(rule => rule.record).filter(Boolean);
    expect(new Set(records).size).toBe(records.length);
    expect(records).toHaveLength(6);
    expect(rules(chart).map(rule => rule.alert).filter(Boolean)).toEqual(['KnativeServiceErrors', 'KnativeServiceErrors', 'Slow']);
  });

  test('every workload has a group of its own, and recordings that labels tell apart', () => {
    const chart = monitoredChart();
    const stack = new ObservabilityStack(chart, 'watch');
    stack.alertOnErrors(new KnativeFake(chart, 'orders'), ALERT);
    stack.alertOnErrors(new KnativeFake(chart, 'bills', 'billing'), ALERT);
    expect(manifest(chart, 'PrometheusRule').spec.groups.map((group: Json) => group.name)).toEqual(['shop.orders.errors', 'billing.bills.errors']);
    expect(rules(chart, 1)[0].labels).toEqual({ k8s_namespace_name: 'billing', kn_service_name: 'bills' });
  });
});

describe('alerting on a workload in the mesh', () => {
  const chart = shopChart();
  const stack = new ObservabilityStack(chart, 'watch');
  stack.alertOnErrors(new DeploymentFake(chart, 'cache'), ALERT);

  test('counts what its own sidecar reports, failed gRPC calls included', () => {
    expect(ruleNamed(chart, 'workload:istio_requests:rate5m').expr).toBe(
      'sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total'
      + '{destination_workload="cache",destination_workload_namespace="shop",reporter="destination"}[5m]))');
    const errors = ruleNamed(chart, 'workload:istio_request_errors:rate5m').expr;
    expect(errors).toContain('response_code=~"5.."');
    expect(errors).toContain('grpc_response_status=~"12|13|14|15|2|4"');
    expect(ruleNamed(chart, 'WorkloadErrors').labels).toEqual({ namespace: 'shop', destination_workload: 'cache', severity: 'critical' });
  });

  test('neither scrapes it nor needs Knative\'s metrics', () => {
    expect(stack.monitorObjects).toEqual([]);
    expect(problems(chart)).toEqual([]);
  });

  test.each([
    [MeshMembership.OUTSIDE, 'is neither a Knative service nor in the mesh'],
    [MeshMembership.AMBIENT, 'ztunnel carries connections and does not see requests'],
  ])('refuses a workload whose requests nothing counts: %s', (membership, reason) => {
    const refused = shopChart();
    new ObservabilityStack(refused, 'watch').alertOnErrors(new DeploymentFake(refused, 'cache', membership), ALERT);
    expect(problems(refused, 'SM0404')).toMatchObject([{ path: 'chart/watch', field: 'alertOnErrors(cache)', reason: expect.stringContaining(reason) }]);
  });
});

describe('what an alert refuses', () => {
  function refusals(options: Partial<ErrorAlertOptions>, knativeMetrics = KnativeMetrics.PROMETHEUS): Json[] {
    const chart = monitoredChart({ knativeMetrics });
    new ObservabilityStack(chart, 'watch').alertOnErrors(new KnativeFake(chart, 'orders'), { ...ALERT, ...options });
    return problems(chart).filter(problem => problem.severity === 'error').map(({ code, field, value }) => ({ code, field, value }));
  }

  test('refuses a window of less than four scrape intervals', () => {
    expect(refusals({ window: Duration.seconds(119) })).toEqual([{ code: 'SM0402', field: 'alertOnErrors(orders).window', value: '"1m59s"' }]);
    expect(refusals({ window: Duration.seconds(120) })).toEqual([]);
  });

  test('refuses a window of less than four pushes where metrics are pushed', () => {
    expect(refusals({ window: Duration.minutes(3) }, KnativeMetrics.OTLP_PUSH)).toMatchObject([{ code: 'SM0402' }]);
    expect(refusals({ window: Duration.minutes(4) }, KnativeMetrics.OTLP_PUSH)).toEqual([]);
  });

  test.each([[-1], [100], [250]])('refuses a threshold of %d percent', thresholdPercent => {
    expect(refusals({ thresholdPercent })).toEqual([{ code: 'SM0403', field: 'alertOnErrors(orders).thresholdPercent', value: String(thresholdPercent) }]);
  });

  test('takes a threshold of 0 and of just below 100 percent', () => {
    expect([...refusals({ thresholdPercent: 0 }), ...refusals({ thresholdPercent: 99.9 })]).toEqual([]);
  });

  test.each([[''], ['runbooks/orders'], ['ftp://wiki/orders'], [undefined]])('refuses the runbook %s', runbookUrl => {
    expect(refusals({ runbookUrl })).toMatchObject([{ code: 'SM0403', field: 'alertOnErrors(orders).runbookUrl' }]);
  });

  test('refuses a negative number of requests', () => {
    expect(refusals({ minimumRequests: -5 })).toMatchObject([{ code: 'SM0403', field: 'alertOnErrors(orders).minimumRequests' }]);
  });

  test('reports wrong types together', () => {
    const wrong = { severity: 'page', window: '5m', pendingFor: 5, thresholdPercent: '5', minimumRequests: 'many', alertName: 7, labels: [] };
    expect(refusals(wrong as never).map(problem => problem.code)).toEqual(Array(7).fill('SM0005'));
  });
});

test.each([
  ['scraped', KnativeMetrics.PROMETHEUS], ['pushed', KnativeMetrics.OTLP_PUSH],
])('every expression parses, and every template names a label that there is: %s', (_, knativeMetrics) => {
  const chart = monitoredChart({ knativeMetrics });
  const stack = new ObservabilityStack(chart, 'watch');
  stack.alertOnErrors(new KnativeFake(chart, 'orders'), { ...ALERT, minimumRequests: 7 });
  stack.alertOnErrors(new DeploymentFake(chart, 'cache'), ALERT);
  for (const rule of manifest(chart, 'PrometheusRule').spec.groups.flatMap((group: Json) => group.rules)) {
    expect(promqlProblem(rule.expr)).toBeUndefined();
  }
  const recorded: Record<string, string[]> = { ksvc: ['k8s_namespace_name', 'kn_service_name'], workload: ['destination_workload_namespace', 'destination_workload'] };
  for (const group of manifest(chart, 'PrometheusRule').spec.groups) {
    const [requests, errors] = group.rules;
    const level = requests.record.split(':')[0];
    for (const rule of [requests, errors]) expect([...labelsOf(parsePromql(rule.expr))!]).toEqual(recorded[level]);
    const alert = group.rules.find((rule: Json) => rule.alert);
    const named = [...JSON.stringify(alert.annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(named.length).toBeGreaterThan(0);
    for (const label of named) expect(recorded[level]).toContain(label);
  }
});
