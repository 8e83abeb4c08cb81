/** A series with the values it has, in promtool's shorthand. */
interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** What `promtool test rules` takes. */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly alert_rule_test?: readonly unknown[];
  readonly promql_expr_test?: readonly unknown[];
}

const RUNBOOK = 'https://runbooks.example.com/orders';

/** Tests of one rule file. Samples are half a minute apart. */
export interface TestFile {
  readonly rules: string;
  readonly tests: readonly RuleTest[];
}

export function testFiles(): TestFile[] {
  return [
    { rules: 'knative', tests: knativeTests() },
    { rules: 'knative-pushed', tests: [aTenthFails()] },
    { rules: 'mesh', tests: meshTests() },
  ];
}

function knativeTests(): RuleTest[] {
  return [
    aTenthFails(),
    test('few failures', [requests('orders', '200', '0+99x120'), requests('orders', '500', '0+1x120')], {
      silent: [['20m', 'KnativeServiceErrors']],
    }),
    test('few failures and an alert with a low threshold', [requests('reports', '200', '0+99x240'), requests('reports', '500', '0+1x240')], {
      silent: [['14m', 'KnativeServiceErrors']],
      firing: [['80m', { service: 'reports', severity: 'warning', share: '1%', window: '1h', threshold: '0.5', pending: '15m' }]],
    }),
    test('no traffic', [requests('orders', '200', '500+0x120'), requests('orders', '500', '500+0x120')], {
      silent: [['20m', 'KnativeServiceErrors']], empty: [['20m', 'ksvc:http_request_errors:ratio_rate5m']],
    }),
    test('no pods ever', [], { silent: [['20m', 'KnativeServiceErrors']] }),
    test('nothing ever failed', [requests('orders', '200', '0+10x60')], {
      value: [['20m', 'ksvc:http_request_errors:ratio_rate5m', 0]],
    }),
    test('queue-proxy turned requests away and timed them out', [
      requests('orders', '200', '0+50x60'), requests('orders', '503', '0+30x60'), requests('orders', '504', '0+20x60'),
    ], { value: [['20m', 'ksvc:http_request_errors:ratio_rate5m', 0.5]] }),
    test('the activator counts the same requests', [
      requests('orders', '200', '0+100x60'),
      { series: 'http_server_request_duration_seconds_count{k8s_namespace_name="shop",kn_service_name="orders",http_response_status_code="502"}', values: '0+100x60' },
    ], { silent: [['20m', 'KnativeServiceErrors']], value: [['20m', 'ksvc:http_request_errors:ratio_rate5m', 0]] }),
    test('pods come and go', [
      requests('orders', '200', '0+90x10 _x30', 'one'), requests('orders', '500', '0+10x10 _x30', 'one'),
      requests('orders', '200', '_x10 0+90x30', 'two'), requests('orders', '500', '_x10 0+10x30', 'two'),
    ], { value: [['18m', 'ksvc:http_request_errors:ratio_rate5m', 0.1]], firing: [['18m', {}]] }),
    test('scaled to zero after failures', [requests('orders', '500', '0+100x20 stale')], { silent: [['30m', 'KnativeServiceErrors']] }),
    test('one failed request', [requests('orders', '500', '0x10 1x110')], {
      silent: [['5m', 'KnativeServiceErrors'], ['8m', 'KnativeServiceErrors'], ['11m', 'KnativeServiceErrors'], ['20m', 'KnativeServiceErrors']],
    }),
    test('too little traffic for an alert that asks for more', [requests('billing', '500', '0+1x60')], { silent: [['20m', 'KnativeServiceErrors']] }),
    test('enough traffic for an alert that asks for it', [requests('billing', '500', '0+4x60')], {
      firing: [['20m', { service: 'billing', share: '100%' }]],
    }),
    test('another service and another namespace', [
      requests('orders', '200', '0+10x60'),
      requests('carts', '500', '0+10x60'),
      { series: 'http_server_request_duration_seconds_count{k8s_namespace_name="test",kn_service_name="orders",kn_route_tag="kn:disabled",http_response_status_code="500"}', values: '0+10x60' },
    ], { silent: [['20m', 'KnativeServiceErrors']] }),
  ];
}

function meshTests(): RuleTest[] {
  return [
    test('failed calls by HTTP status and by gRPC status', [
      mesh({ response_code: '200', grpc_response_status: '0' }, '0+70x60'),
      mesh({ response_code: '200', grpc_response_status: '14' }, '0+10x60'),
      mesh({ response_code: '503', grpc_response_status: '14' }, '0+10x60'),
      mesh({ response_code: '500' }, '0+10x60'),
    ], { value: [['20m', 'workload:istio_request_errors:ratio_rate5m', 0.3]] }),
    test('gRPC statuses that are the caller\'s fault', [
      mesh({ response_code: '200', grpc_response_status: '5' }, '0+50x60'),
      mesh({ response_code: '200', grpc_response_status: '0' }, '0+50x60'),
    ], { value: [['20m', 'workload:istio_request_errors:ratio_rate5m', 0]], silent: [['20m', 'WorkloadErrors']] }),
    test('what callers report is not counted again', [
      mesh({ response_code: '200' }, '0+100x60'),
      mesh({ response_code: '503', reporter: 'source' }, '0+100x60'),
    ], { value: [['20m', 'workload:istio_request_errors:ratio_rate5m', 0]] }),
  ];
}

/** A tenth of the requests fail: the alert is pending for five minutes, then it fires. */
function aTenthFails(): RuleTest {
  return test('a tenth of the requests fail', [requests('orders', '200', '0+90x60'), requests('orders', '500', '0+10x60')], {
    silent: [['4m', 'KnativeServiceErrors']],
    firing: [['12m', {}]],
    value: [['12m', 'ksvc:http_request_errors:ratio_rate5m', 0.1]],
  });
}

interface Alerting {
  readonly service?: string;
  readonly severity?: string;
  readonly share?: string;
  readonly window?: string;
  readonly threshold?: string;
  readonly pending?: string;
}

interface Expectations {
  /** When which alert must not fire. */
  readonly silent?: readonly (readonly [string, string])[];
  /** When an alert fires, and what it then says. */
  readonly firing?: readonly (readonly [string, Alerting])[];
  /** When a recorded series has which value. */
  readonly value?: readonly (readonly [string, string, number])[];
  /** When a recorded series has no sample. */
  readonly empty?: readonly (readonly [string, string])[];
}

function test(name: string, series: readonly InputSeries[], { silent = [], firing = [], value = [], empty = [] }: Expectations): RuleTest {
  return {
    name,
    interval: '30s',
    input_series: series,
    alert_rule_test: [
      ...firing.map(([at, alerting]) => ({ eval_time: at, alertname: 'KnativeServiceErrors', exp_alerts: [alert(alerting)] })),
      ...silent.map(([at, alertname]) => ({ eval_time: at, alertname, exp_alerts: [] })),
    ],
    promql_expr_test: [
      ...value.map(([at, metric, expected]) => ({
        eval_time: at, expr: `round(max(${metric}), 0.0001)`, exp_samples: [{ labels: '{}', value: expected }],
      })),
      ...empty.map(([at, expr]) => ({ eval_time: at, expr, exp_samples: [] })),
    ],
  };
}

function alert({ service = 'orders', severity = 'critical', share = '10%', window = '5m', threshold = '5', pending = '5m' }: Alerting): unknown {
  return {
    exp_labels: { severity, namespace: 'shop', k8s_namespace_name: 'shop', kn_service_name: service },
    exp_annotations: {
      summary: `${service} fails ${share} of its requests`,
      description: `${service} in namespace shop answered ${share} of the requests of the last ${window} with a server error; `
        + `more than ${threshold}% for ${pending} is an alert.`,
      runbook_url: RUNBOOK,
    },
  };
}

function requests(service: string, status: string, values: string, pod = 'one'): InputSeries {
  const labels = `k8s_namespace_name="shop",kn_service_name="${service}",kn_route_tag="kn:disabled",http_response_status_code="${status}",pod="${pod}"`;
  return { series: `http_server_request_duration_seconds_count{${labels}}`, values };
}

function mesh(labels: Record<string, string>, values: string): InputSeries {
  const all = { reporter: 'destination', destination_workload_namespace: 'shop', destination_workload: 'cache', grpc_response_status: '', ...labels };
  return { series: `istio_requests_total{${Object.entries(all).map(([key, value]) => `${key}="${value}"`).join(',')}}`, values };
}
