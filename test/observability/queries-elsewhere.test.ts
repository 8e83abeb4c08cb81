import { checkFiles } from '../../lib/analysis/check-files';

const dashboard = (panel: object, labels = '{ grafana_dashboard: "1" }') => `apiVersion: v1
kind: ConfigMap
metadata: { name: board, namespace: shop, labels: ${labels} }
data:
  board.json: '${JSON.stringify({ panels: [panel] }).replace(/'/g, '\'\'')}'
`;
const panel = (expr: string, type = 'prometheus') => ({ title: 'Orders', datasource: { type }, targets: [{ expr }] });
const trigger = (query: string, type = 'prometheus', kind = 'ScaledObject') => `apiVersion: keda.sh/v1alpha1
kind: ${kind}
metadata: { name: orders, namespace: shop }
spec: { triggers: [{ type: ${type}, metadata: { serverAddress: "http://p:9090", threshold: "1", query: ${JSON.stringify(query)} } }] }
`;

function fields(code: string, text: string): (string | undefined)[] {
  return checkFiles([{ name: 'a.yaml', text }]).filter(problem => problem.code === code).map(({ field }) => field);
}

describe('the query of a trigger', () => {
  test.each(['sum(rate(orders_total))', 'orders_total{', 'nonsense(orders)', ''])('%j is refused', query => {
    expect(fields('SM0190', trigger(query))).toEqual(['spec.triggers[0].metadata.query']);
    expect(fields('SM0190', trigger(query, 'prometheus', 'ScaledJob'))).toEqual(['spec.triggers[0].metadata.query']);
  });

  test('is not read where the trigger asks something else', () => {
    expect(fields('SM0190', trigger('SELECT count(*) FROM orders', 'postgresql'))).toEqual([]);
    expect(fields('SM0190', trigger('sum(rate(orders_total[2m]))'))).toEqual([]);
  });
});

describe('the query of a dashboard', () => {
  test('is refused wherever its panel stands', () => {
    const broken = panel('rate(orders_total) +');
    expect(fields('SM0191', dashboard(broken))).toEqual(['data[board.json]']);
    expect(fields('SM0191', dashboard({ type: 'row', panels: [broken] }))).toEqual(['data[board.json]']);
  });

  test.each([
    'sum(rate(orders_total{namespace="$namespace", pod=~"${pod:regex}"}[$__rate_interval]))',
    'rate(orders_total[${window}:$step] offset $ago)',
    'topk($n, orders_total)',
    '$metric{job="a"}',
    'sum by ([[label]]) (orders_total)',
    'label_replace(up, "a", "$1", "b", "it\\"s (.*)")',
  ])('may have variables: %s', expression => {
    expect(fields('SM0191', dashboard(panel(expression)))).toEqual([]);
  });

  test('is not read in another language, in a ConfigMap that no sidecar loads, or in what is no JSON', () => {
    expect(fields('SM0191', dashboard(panel('{app="a"} |= "x"', 'loki')))).toEqual([]);
    expect(fields('SM0191', dashboard(panel('rate('), '{ app: a }'))).toEqual([]);
    expect(fields('SM0191', dashboard(panel('rate(')).replace('{"panels"', '{"expr", {"panels"'))).toEqual([]);
  });
});
