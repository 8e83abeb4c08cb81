import { Chart, Duration } from 'cdk8s';
import { monitoredChart } from './support';
import { DeploymentFake, KnativeFake } from './workloads';
import { ClusterProfile, KnativeMetrics } from '../../lib';
import { ObservabilityStack } from '../../lib/observability';
import { manifest, manifests, problems, shopChart } from '../support';

describe('monitoring Knative services', () => {
  test('scrapes the metrics port of queue-proxy, with the names of service and revision as labels', () => {
    const chart = monitoredChart();
    new ObservabilityStack(chart, 'watch').monitor(new KnativeFake(chart, 'orders'));
    expect(manifest(chart, 'PodMonitor')).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'watch', namespace: 'shop', labels: { release: 'kube-prometheus-stack' } },
      spec: {
        selector: { matchExpressions: [{ key: 'serving.knative.dev/service', operator: 'In', values: ['orders'] }] },
        podMetricsEndpoints: [{
          port: 'http-usermetric',
          path: '/metrics',
          interval: '30s',
          relabelings: [
            { sourceLabels: ['__meta_kubernetes_pod_label_serving_knative_dev_service'], targetLabel: 'kn_service_name' },
            { sourceLabels: ['__meta_kubernetes_pod_label_serving_knative_dev_revision'], targetLabel: 'kn_revision_name' },
            { sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'k8s_namespace_name' },
          ],
        }],
      },
    });
  });

  test('has one monitor for all services of a namespace, whatever the order of the calls', () => {
    const chart = monitoredChart();
    const stack = new ObservabilityStack(chart, 'watch');
    stack.monitor(new KnativeFake(chart, 'orders'));
    stack.monitor(new KnativeFake(chart, 'carts'), new KnativeFake(chart, 'billing'));
    expect(manifest(chart, 'PodMonitor').spec.selector.matchExpressions[0].values).toEqual(['billing', 'carts', 'orders']);
    expect(stack.monitorObjects).toHaveLength(1);
  });

  test('scrapes a service once, however often it is said', () => {
    const chart = monitoredChart();
    const orders = new KnativeFake(chart, 'orders');
    const stack = new ObservabilityStack(chart, 'watch');
    stack.monitor(orders, orders);
    stack.monitor(orders);
    expect(orders.scrapes).toBe(1);
    expect(manifest(chart, 'PodMonitor').spec.selector.matchExpressions[0].values).toEqual(['orders']);
  });

  test('selects each namespace on its own, since names repeat across namespaces', () => {
    const chart = monitoredChart();
    const stack = new ObservabilityStack(chart, 'watch');
    stack.monitor(new KnativeFake(chart, 'orders'), new KnativeFake(chart, 'bills', 'billing'));
    expect(manifest(chart, 'PodMonitor', 'watch').spec.namespaceSelector).toBeUndefined();
    expect(manifest(chart, 'PodMonitor', 'watch.billing')).toMatchObject({
      metadata: { namespace: 'shop' },
      spec: {
        namespaceSelector: { matchNames: ['billing'] },
        selector: { matchExpressions: [{ key: 'serving.knative.dev/service', operator: 'In', values: ['bills'] }] },
      },
    });
  });

  test('drops no target, so that ports of init containers are scraped as well', () => {
    const chart = monitoredChart();
    new ObservabilityStack(chart, 'watch').monitor(new KnativeFake(chart, 'orders'));
    const actions = manifest(chart, 'PodMonitor').spec.podMetricsEndpoints[0].relabelings.map((relabeling: { action?: string }) => relabeling.action);
    expect(actions).toEqual([undefined, undefined, undefined]);
  });

  test('takes labels and interval of the cluster, or its own', () => {
    const chart = monitoredChart({ monitorLabels: { team: 'a' }, scrapeInterval: Duration.seconds(15) });
    new ObservabilityStack(chart, 'theirs').monitor(new KnativeFake(chart, 'orders'));
    new ObservabilityStack(chart, 'ours', { monitorLabels: { team: 'b' }, scrapeInterval: Duration.minutes(1), name: 'shop-watch' })
      .monitor(new KnativeFake(chart, 'carts'));
    expect(manifest(chart, 'PodMonitor', 'theirs')).toMatchObject({ metadata: { labels: { team: 'a' } }, spec: { podMetricsEndpoints: [{ interval: '15s' }] } });
    expect(manifest(chart, 'PodMonitor', 'shop-watch')).toMatchObject({ metadata: { labels: { team: 'b' } }, spec: { podMetricsEndpoints: [{ interval: '1m' }] } });
  });

  test('scrapes nothing where Knative pushes its metrics, and leaves the ports closed', () => {
    const chart = monitoredChart({ knativeMetrics: KnativeMetrics.OTLP_PUSH });
    const orders = new KnativeFake(chart, 'orders');
    new ObservabilityStack(chart, 'watch').monitor(orders);
    expect(manifests(chart)).toEqual([]);
    expect(orders.scrapes).toBe(0);
    expect(problems(chart)).toEqual([]);
  });
});

describe('monitoring other workloads', () => {
  test('has a monitor for each, on its own endpoint and labels', () => {
    const chart = monitoredChart();
    const cache = new DeploymentFake(chart, 'cache');
    new ObservabilityStack(chart, 'watch').monitor(cache, new KnativeFake(chart, 'orders'));
    expect(manifest(chart, 'PodMonitor', 'watch-cache').spec).toEqual({
      selector: { matchLabels: { 'app': 'cache', 'app.kubernetes.io/part-of': 'shop' } },
      podMetricsEndpoints: [{
        port: 'http-metrics',
        path: '/internal/metrics',
        interval: '30s',
        relabelings: [{ sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'k8s_namespace_name' }],
      }],
    });
    expect(cache.scrapes).toBe(1);
  });

  test('needs nothing of Knative', () => {
    const chart = shopChart();
    new ObservabilityStack(chart, 'watch').monitor(new DeploymentFake(chart, 'cache'));
    expect(problems(chart)).toEqual([]);
  });
});

describe('what monitoring refuses', () => {
  test('refuses Knative services on a cluster whose Knative is not said to show metrics', () => {
    const chart = shopChart();
    new ObservabilityStack(chart, 'watch').monitor(new KnativeFake(chart, 'orders'));
    expect(problems(chart, 'SM0401')).toEqual([{
      code: 'SM0401',
      severity: 'error',
      path: 'chart/watch',
      field: 'ClusterProfile.monitoring.knativeMetrics',
      value: '"none"',
      reason: expect.stringContaining('orders'),
      fix: expect.stringMatching(/request-metrics-protocol: prometheus.*config-observability.*knative-serving.*KnativeMetrics\.PROMETHEUS/),
    }]);
  });

  test('refuses a second stack that has the same Prometheus scrape a workload again', () => {
    const chart = monitoredChart();
    const orders = new KnativeFake(chart, 'orders');
    new ObservabilityStack(chart, 'first').monitor(orders);
    new ObservabilityStack(chart, 'second').monitor(orders);
    expect(problems(chart, 'SM0405').map(({ path, reason }) => ({ path, reason }))).toEqual([
      { path: 'chart/second', reason: 'chart/first already has the same Prometheus scrape it, so every request would count twice' },
    ]);
  });

  test('lets another Prometheus scrape a workload again', () => {
    const chart = monitoredChart();
    const orders = new KnativeFake(chart, 'orders');
    new ObservabilityStack(chart, 'first').monitor(orders);
    new ObservabilityStack(chart, 'second', { monitorLabels: { prometheus: 'audit' } }).monitor(orders);
    expect(problems(chart, 'SM0405')).toEqual([]);
  });

  test('refuses an interval of zero', () => {
    const chart = monitoredChart();
    new ObservabilityStack(chart, 'watch', { scrapeInterval: Duration.seconds(0) });
    expect(problems(chart, 'SM0407')).toMatchObject([{ field: 'scrapeInterval', value: '"0s"' }]);
  });

  test('reports wrong types together, and renders all the same', () => {
    const chart = monitoredChart();
    const wrong = { name: 3, monitorLabels: 'release', ruleLabels: [], dashboardLabels: { a: 1 }, scrapeInterval: '30s' };
    const stack = new ObservabilityStack(chart, 'watch', wrong as never);
    stack.monitor(new KnativeFake(chart, 'orders'));
    expect(problems(chart, 'SM0005').map(problem => problem.field)).toEqual(['name', 'monitorLabels', 'ruleLabels', 'dashboardLabels', 'scrapeInterval']);
    expect(manifest(chart, 'PodMonitor').spec.podMetricsEndpoints[0].interval).toBe('30s');
  });
});

test('the profile says what config-observability of the cluster says, and that is nothing unless told', () => {
  expect(new ClusterProfile().monitoring).toMatchObject({ knativeMetrics: KnativeMetrics.DISABLED, knativeSystemMetrics: KnativeMetrics.DISABLED });
  const pushed = ClusterProfile.sidecar({ monitoring: { knativeMetrics: KnativeMetrics.OTLP_PUSH } }).monitoring;
  expect(pushed.knativeSystemMetrics).toBe(KnativeMetrics.OTLP_PUSH);
  expect(pushed.knativeExportInterval!.toSeconds()).toBe(60);
});

test('two charts with stacks of one id do not meet', () => {
  const chart = monitoredChart();
  const other = new Chart(chart.node.root as never, 'other', { namespace: 'billing' });
  new ObservabilityStack(chart, 'watch').monitor(new KnativeFake(chart, 'orders'));
  new ObservabilityStack(other, 'watch').monitor(new KnativeFake(other, 'bills', 'billing'));
  expect(problems(chart)).toEqual([]);
});
