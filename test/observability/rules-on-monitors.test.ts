import { ApiObject, App, Chart } from 'cdk8s';
import { findings, GARBAGE, knativeService, monitoredChart, podMonitor, prometheusRule, raw } from './support';
import { KnativeFake } from './workloads';
import { ClusterProfile } from '../../lib';
import { autoscalerPort } from '../../lib/analysis/rules/observability/autoscaler-port';
import { doubleScrape } from '../../lib/analysis/rules/observability/double-scrape';
import { strictScrape } from '../../lib/analysis/rules/observability/strict-scrape';
import { unselectedMonitor } from '../../lib/analysis/rules/observability/unselected-monitor';
import { AlertSeverity, ObservabilityStack } from '../../lib/observability';
import { rulesOf } from '../analysis/rules-of';
import { Json } from '../support';

const OBSERVABILITY_RULES = rulesOf('observability');

const METRICS = { port: 'http-usermetric', path: '/metrics' };

describe('SM0430: the autoscaler\'s port', () => {
  test.each([[{ port: 'http-autometric' }], [{ targetPort: 9090 }], [{ portNumber: 9090 }]])('refuses %j on pods of a Knative service', endpoint => {
    expect(findings(autoscalerPort, raw(knativeService('orders'), podMonitor('watch', endpoint)))).toMatchObject([
      { code: 'SM0430', path: 'chart/object-1', field: 'spec.podMetricsEndpoints[0]', fix: expect.stringContaining('http-usermetric (9091)') },
    ]);
  });

  test('refuses the name even where the service is not in the app, also on a ServiceMonitor', () => {
    const monitor = { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'm' }, spec: { selector: {}, endpoints: [{ port: 'http-autometric' }] } };
    expect(findings(autoscalerPort, raw(monitor))).toMatchObject([{ field: 'spec.endpoints[0]', value: '"http-autometric"' }]);
  });

  test('takes the metrics port, and 9090 on other pods', () => {
    expect(findings(autoscalerPort, raw(knativeService('orders'), podMonitor('watch', METRICS),
      podMonitor('prometheus', { portNumber: 9090 }, { selector: { matchLabels: { app: 'prometheus' } } })))).toEqual([]);
  });
});

describe('SM0431: labels that Prometheus selects by', () => {
  test('warns of monitors and rules without the labels that the profile tells of', () => {
    const chart = monitoredChart({ ruleLabels: { role: 'rules' } });
    [podMonitor('watch', METRICS, {}, { release: 'another' }), podMonitor('right', METRICS), prometheusRule()].forEach(
      (object, index) => new ApiObject(chart, `object-${index}`, object));
    expect(findings(unselectedMonitor, chart).map(({ path, severity, value, fix }) => [path, severity, value, fix])).toEqual([
      ['chart/object-0', 'warning', '{"release":"another"}', expect.stringContaining('add release: kube-prometheus-stack')],
      ['chart/object-2', 'warning', undefined, expect.stringContaining('add role: rules')],
    ]);
  });

  test('without a profile warns of those that have no label at all', () => {
    const app = raw(podMonitor('watch', METRICS, {}, {}), podMonitor('other', METRICS, {}, { release: 'another' }), prometheusRule());
    expect(findings(unselectedMonitor, app).map(({ path }) => path)).toEqual(['chart/object-0', 'chart/object-2']);
  });

  test('says nothing where the app brings its own Prometheus', () => {
    const prometheus = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'p' }, spec: { podMonitorSelector: {} } };
    expect(findings(unselectedMonitor, raw(prometheus, podMonitor('watch', METRICS, {}, {})))).toEqual([]);
  });
});

describe('SM0432: scraping under STRICT mTLS', () => {
  const injected = { labels: { 'sidecar.istio.io/inject': 'true' } };
  const policy = (spec: Json, namespace?: string) => ({
    apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: `policy-${JSON.stringify(spec).length}`, ...namespace && { namespace } }, spec,
  });
  const strict = policy({ mtls: { mode: 'STRICT' } });
  const found = (...objects: Json[]) => findings(strictScrape, raw(...objects)).map(({ path, reason }) => [path, reason]);
  const refused = [['chart/object-1', 'the pods of orders take only mTLS on port 9091, and Prometheus has no mesh identity, so every scrape fails']];

  test('warns where the namespace is STRICT', () => {
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS), strict)).toEqual(refused);
  });

  test('warns where the mesh is STRICT, and where the service itself is', () => {
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS), policy({ mtls: { mode: 'STRICT' } }, 'istio-system'))).toEqual(refused);
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS),
      policy({ selector: { matchLabels: { 'serving.knative.dev/service': 'orders' } }, mtls: { mode: 'STRICT' } }))).toEqual(refused);
  });

  test('takes a port that the sidecar leaves alone', () => {
    const open = { ...injected, annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '8086, 9091' } };
    expect(found(knativeService('orders', open), podMonitor('watch', METRICS), strict)).toEqual([]);
  });

  test('takes a port that a PeerAuthentication opens', () => {
    const open = policy({ selector: { matchLabels: { 'serving.knative.dev/service': 'orders' } }, portLevelMtls: { 9091: { mode: 'PERMISSIVE' } } });
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS), strict, open)).toEqual([]);
  });

  test('takes pods outside of the mesh, PERMISSIVE, another namespace, and no policy at all', () => {
    const outside = { labels: { 'sidecar.istio.io/inject': 'false' } };
    expect(found(knativeService('orders', outside), podMonitor('watch', METRICS), strict)).toEqual([]);
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS), policy({ mtls: { mode: 'PERMISSIVE' } }))).toEqual([]);
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS), policy({ mtls: { mode: 'STRICT' } }, 'billing'))).toEqual([]);
    expect(found(knativeService('orders', injected), podMonitor('watch', METRICS))).toEqual([]);
  });

  test('takes a Prometheus that is in the mesh', () => {
    const app = new App();
    ClusterProfile.sidecar({ monitoring: { outsideMesh: false } }).applyTo(app);
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    [knativeService('orders', injected), podMonitor('watch', METRICS), strict].forEach((object, index) => new ApiObject(chart, `o-${index}`, object));
    expect(findings(strictScrape, chart)).toEqual([]);
  });

  test('says in ambient mode what helps there', () => {
    const ambient = { labels: { 'istio.io/dataplane-mode': 'ambient' } };
    const [problem] = findings(strictScrape, raw(knativeService('orders', ambient), podMonitor('watch', METRICS), strict));
    expect(problem.fix).toBe('add a PeerAuthentication for the pods of orders with portLevelMtls "9091": PERMISSIVE');
  });
});

describe('SM0433: two monitors on the same metrics', () => {
  const found = (...objects: Json[]) => findings(doubleScrape, raw(...objects)).map(({ path, severity, reason }) => [path, severity, reason]);

  test('warns of the second monitor that scrapes a service', () => {
    expect(found(knativeService('orders'), podMonitor('all', METRICS),
      podMonitor('orders', METRICS, { selector: { matchLabels: { 'serving.knative.dev/service': 'orders' } } }))).toEqual([
      ['chart/object-2', 'warning', 'the PodMonitor all of chart/object-1 already scrapes the pods of orders, so every sample is taken twice'],
    ]);
  });

  test('takes monitors of different services, of different Prometheus, and those that each keep a part', () => {
    expect(found(knativeService('orders'), knativeService('carts'),
      podMonitor('orders', METRICS, { selector: { matchLabels: { 'serving.knative.dev/service': 'orders' } } }),
      podMonitor('carts', METRICS, { selector: { matchLabels: { 'serving.knative.dev/service': 'carts' } } }))).toEqual([]);
    expect(found(knativeService('orders'), podMonitor('all', METRICS), podMonitor('audit', METRICS, {}, { release: 'audit' }))).toEqual([]);
    expect(found(knativeService('orders'), podMonitor('all', METRICS),
      podMonitor('few', { ...METRICS, metricRelabelings: [{ action: 'keep', sourceLabels: ['__name__'], regex: 'kn_.*' }] }))).toEqual([]);
    expect(found(knativeService('orders'), podMonitor('all', METRICS), podMonitor('elsewhere', METRICS, { namespaceSelector: { matchNames: ['billing'] } }))).toEqual([]);
  });
});

test.each(OBSERVABILITY_RULES.map(rule => [rule.code, rule] as const))('%s gets over manifests that are garbage', (_, rule) => {
  expect(() => findings(rule, raw(...GARBAGE))).not.toThrow();
});

test('every rule has a code of its own out of the ranges for observability', () => {
  const codes = OBSERVABILITY_RULES.map(rule => rule.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^SM(04\d\d|019\d)$/);
});

test('a stack trips none of the rules', () => {
  const chart = monitoredChart();
  const stack = new ObservabilityStack(chart, 'watch');
  const alert = { severity: AlertSeverity.CRITICAL, runbookUrl: 'https://runbooks.example.com/' };
  stack.alertOnErrors(new KnativeFake(chart, 'orders'), alert);
  stack.alertOnErrors(new KnativeFake(chart, 'bills', 'billing'), { ...alert, minimumRequests: 10 });
  expect(OBSERVABILITY_RULES.flatMap(rule => findings(rule, chart))).toEqual([]);
});
