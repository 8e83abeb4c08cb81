import { monitoredChart } from './support';
import { DeploymentFake, KnativeFake } from './workloads';
import { KnativeMetrics, MeshMembership } from '../../lib';
import { promqlProblem } from '../../lib/analysis/rules/observability/promql/verdict';
import { DashboardOptions, ObservabilityStack } from '../../lib/observability';
import { Json, manifest, problems, shopChart } from '../support';

function rendered(options: (chart: ReturnType<typeof monitoredChart>) => Partial<DashboardOptions>, settings = {}): { configMap: Json; model: Json } {
  const chart = monitoredChart(settings);
  new ObservabilityStack(chart, 'watch').dashboard('overview', { title: 'Shop', workloads: [], ...options(chart) });
  const configMap = manifest(chart, 'ConfigMap');
  return { configMap, model: JSON.parse(Object.values<string>(configMap.data)[0]) };
}

function panel(model: Json, title: string): Json {
  return model.panels.find((candidate: Json) => candidate.title === title);
}

function targets(model: Json): Json[] {
  return model.panels.flatMap((candidate: Json) => candidate.targets ?? []);
}

describe('a dashboard of Knative services', () => {
  const { configMap, model } = rendered(chart => ({ workloads: [new KnativeFake(chart, 'orders'), new KnativeFake(chart, 'carts')] }));

  test('is a ConfigMap that Grafana\'s sidecar loads, in a file whose name no other namespace has', () => {
    expect(configMap.metadata).toEqual({ name: 'overview', namespace: 'shop', labels: { grafana_dashboard: '1' } });
    expect(Object.keys(configMap.data)).toEqual(['shop-overview.json']);
    expect(model).toMatchObject({ title: 'Shop', uid: 'shop-overview', editable: false });
  });

  test('asks for a data source, and uses no other', () => {
    expect(model.templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
    for (const target of targets(model)) expect(target.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
  });

  test('shows requests, failures, latency, pods and what waits, each in its unit', () => {
    expect(model.panels.map((each: Json) => [each.title, each.fieldConfig?.defaults.unit])).toEqual([
      ['Knative services', undefined], ['Requests by status', 'reqps'], ['Failed requests', 'percentunit'], ['Latency', 's'], ['Pods', 'short'],
      ['Requests in flight', 'short'],
    ]);
  });

  test('numbers panels and lets none cover another', () => {
    const ids = model.panels.map((each: Json) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = new Set<string>();
    for (const { gridPos: { x, y, w, h } } of model.panels) {
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++) {
        for (let row = y; row < y + h; row++) {
          expect(cells.has(`${column},${row}`)).toBe(false);
          cells.add(`${column},${row}`);
        }
      }
    }
  });

  test('reads every status class of the services shown at queue-proxy', () => {
    expect(panel(model, 'Requests by status').targets.map((target: Json) => [target.refId, target.legendFormat, target.expr])).toEqual(['2', '3', '4', '5'].map(
      (codes, index) => [
        'ABCD'[index],
        `{{kn_service_name}} ${codes}xx`,
        'sum by (k8s_namespace_name, kn_service_name) (rate(http_server_request_duration_seconds_count'
          + `{http_response_status_code=~"${codes}..",k8s_namespace_name="shop",kn_route_tag!="",kn_service_name=~"carts|orders"}[$__rate_interval]))`,
      ]));
  });

  test('takes quantiles from the buckets, in seconds', () => {
    expect(panel(model, 'Latency').targets.map((target: Json) => target.expr)).toEqual([0.5, 0.95, 0.99].map(share =>
      `histogram_quantile(${share}, sum by (le, k8s_namespace_name, kn_service_name) (rate(http_server_request_duration_seconds_bucket`
      + '{k8s_namespace_name="shop",kn_route_tag!="",kn_service_name=~"carts|orders"}[$__rate_interval])))'));
  });

  test('compares the pods that the autoscaler wants with those that are ready', () => {
    const matchers = '{k8s_namespace_name="shop",kn_service_name=~"carts|orders"}';
    const by = 'k8s_namespace_name, kn_service_name';
    expect(panel(model, 'Pods').targets.map((target: Json) => target.expr)).toEqual(['kn_revision_pods_desired', 'kn_revision_pods_count'].map(metric =>
      `sum by (${by}) (max by (${by}, kn_revision_name) (${metric}${matchers}))`));
  });

  test('tells Grafana the scrape interval, so that its rate windows hold four samples', () => {
    for (const each of model.panels.filter((candidate: Json) => candidate.type === 'timeseries')) expect(each.interval).toBe('30s');
  });

  test('is the same text every time', () => {
    const again = rendered(chart => ({ workloads: [new KnativeFake(chart, 'orders'), new KnativeFake(chart, 'carts')] }));
    expect(again.configMap).toEqual(configMap);
  });
});

describe('what a dashboard shows besides', () => {
  test('workloads in the mesh as their sidecars report them, latency in seconds too', () => {
    const { model } = rendered(chart => ({ workloads: [new DeploymentFake(chart, 'cache'), new KnativeFake(chart, 'orders')] }));
    expect(model.panels.filter((each: Json) => each.type === 'row').map((each: Json) => each.title)).toEqual(['Knative services', 'Workloads in the mesh']);
    const latency = model.panels.filter((each: Json) => each.title === 'Latency')[1];
    expect(latency.targets[0].expr).toMatch(/^histogram_quantile\(0\.5, .*istio_request_duration_milliseconds_bucket\{.*reporter="destination"\}.* \* 0\.001$/);
  });

  test('the namespace in the legend where there are several', () => {
    const { model } = rendered(chart => ({ workloads: [new KnativeFake(chart, 'orders'), new KnativeFake(chart, 'bills', 'billing')] }));
    const { targets: series } = panel(model, 'Failed requests');
    expect(series.map((target: Json) => target.legendFormat)).toEqual(Array(2).fill('{{k8s_namespace_name}}/{{kn_service_name}}'));
    expect(series[0].expr).toContain('k8s_namespace_name="billing"');
    expect(series[1].expr).toContain('k8s_namespace_name="shop"');
  });

  test('nothing of the autoscaler and activator where they show no metrics', () => {
    const { model } = rendered(chart => ({ workloads: [new KnativeFake(chart, 'orders')] }), { knativeSystemMetrics: KnativeMetrics.DISABLED });
    expect(panel(model, 'Pods')).toBeUndefined();
    expect(JSON.stringify(model)).not.toContain('kn_revision_');
  });

  test('only expressions that parse', () => {
    const { model } = rendered(chart => ({
      workloads: [new KnativeFake(chart, 'orders'), new KnativeFake(chart, 'bills', 'billing'), new DeploymentFake(chart, 'cache')],
    }));
    const all = targets(model).map(target => target.expr.replace(/\$__rate_interval/g, '5m'));
    expect(all.length).toBeGreaterThan(20);
    for (const text of all) expect(promqlProblem(text)).toBeUndefined();
  });

  test('colors by query, each query under a letter of its own', () => {
    const { model } = rendered(chart => ({ workloads: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(namespace => new KnativeFake(chart, `s-${namespace}`, namespace)) }));
    const { targets: series, fieldConfig } = panel(model, 'Requests by status');
    const letters = series.map((target: Json) => target.refId);
    expect(letters).toHaveLength(32);
    expect(letters.slice(24, 28)).toEqual(['Y', 'Z', 'AA', 'AB']);
    expect(fieldConfig.overrides.map((override: Json) => override.matcher.options)).toEqual(letters);
    expect(fieldConfig.overrides[3].properties[0].value.fixedColor).toBe('red');
  });
});

describe('identity of a dashboard', () => {
  test('has a uid of at most 40 characters, different for names that begin alike', () => {
    const chart = monitoredChart();
    const stack = new ObservabilityStack(chart, 'watch');
    const uids = ['a', 'b'].map(end => stack.dashboard(`a-dashboard-with-a-name-that-is-really-long-${end}`, { title: 'x', workloads: [] }).uid);
    for (const uid of uids) expect(uid.length).toBeLessThanOrEqual(40);
    expect(uids[0]).not.toBe(uids[1]);
  });

  test('warns of a dashboard about nothing, and reports wrong types', () => {
    const chart = shopChart();
    new ObservabilityStack(chart, 'watch').dashboard('overview', { title: 3, name: {}, workloads: undefined } as never);
    expect(problems(chart).map(({ code, field, path }) => [code, field, path])).toEqual([
      ['SM0005', 'title', 'chart/watch/overview'], ['SM0005', 'name', 'chart/watch/overview'], ['SM0406', 'workloads', 'chart/watch/overview'],
    ]);
  });

  test('refuses a workload whose requests nothing counts', () => {
    const chart = shopChart();
    new ObservabilityStack(chart, 'watch').dashboard('overview', { title: 'Shop', workloads: [new DeploymentFake(chart, 'cache', MeshMembership.OUTSIDE)] });
    expect(problems(chart, 'SM0404')).toMatchObject([{ field: 'dashboard(overview)' }]);
  });
});
