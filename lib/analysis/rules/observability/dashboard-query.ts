import { promqlProblem } from './promql/verdict';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { Fields, fieldsOf, listOf, mapsOf, stringOf } from '../../values';

const dashboard = (expression: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: orders-dashboard, namespace: shop, labels: { grafana_dashboard: "1" } }
data:
  orders.json: |
    {"title": "Orders", "panels": [{"title": "Orders per second", "type": "timeseries", "datasource": {"type": "prometheus", "uid": "main"},
      "targets": [{"refId": "A", "expr": "${expression}"}]}]}
`;

/** What Grafana fills in before it asks: `$name`, `${name}`, `${name:format}`, `[[name]]`. */
const VARIABLE = /\$\{[^}]*\}|\$\w+|\[\[\w+(?::\w+)?\]\]/g;

export const dashboardQuery: Rule = {
  code: 'SM0191',
  title: 'a dashboard with a query that Prometheus refuses',
  explanation: 'The panel shows an error in place of its data. ConfigMaps with the label grafana_dashboard are looked at, which the sidecar of Grafana loads '
    + '(github.com/grafana-community/helm-charts, charts/grafana, sidecar.dashboards.label); queries in which a variable stands for more than a text or a duration are not.',
  severity: Severity.WARNING,
  example: {
    refused: dashboard('sum(rate(orders_total))'),
    accepted: dashboard('sum(rate(orders_total{namespace=\\"$namespace\\"}[$__rate_interval]))'),
  },
  check(context) {
    for (const object of context.model.ofKind('', 'ConfigMap')) {
      if (fieldsOf(object.manifest.metadata.labels).grafana_dashboard === undefined) continue;
      for (const [key, json] of Object.entries(fieldsOf(object.manifest.data))) {
        for (const { panel, expression } of queriesOf(parsed(json))) {
          const query = filledIn(expression);
          const problem = query === undefined ? undefined : promqlProblem(query);
          if (problem === undefined) continue;
          context.report(object, {
            field: `data[${key}]`,
            value: expression,
            reason: `Prometheus refuses the query of the panel ${JSON.stringify(panel)}: ${problem}`,
            fix: 'correct the query',
          });
        }
      }
    }
  },
};

interface Query {
  readonly panel: string;
  readonly expression: string;
}

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' && json.includes('"expr"') ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}

/** The queries for Prometheus; other sources of data have an `expr` in a language of their own. */
function queriesOf(board: unknown): Query[] {
  const { panels, rows } = fieldsOf(board);
  return [...mapsOf(panels), ...mapsOf(rows).flatMap(row => mapsOf(row.panels))].flatMap(panel => [
    ...queriesOf(panel),
    ...mapsOf(panel.targets).filter(target => isForPrometheus(target, panel)).flatMap(target => {
      const expression = stringOf(target.expr);
      return expression === undefined || expression.trim() === '' ? [] : [{ panel: stringOf(panel.title) ?? '', expression }];
    }),
  ]);
}

function isForPrometheus(target: Fields, panel: Fields): boolean {
  return [target.datasource, panel.datasource].map(source => fieldsOf(source).type).find(type => type !== undefined) === 'prometheus';
}

/** A query as Grafana would ask it; nothing where that cannot be told. */
function filledIn(expression: string): string | undefined {
  const filled = expression
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, text => text.replace(VARIABLE, 'x'))
    .replace(/\[(?!\[)([^[\]]*)\]/g, (_, range: string) => `[${range.replace(VARIABLE, '5m')}]`)
    .replace(/\boffset\s+(?:\$\w+|\$\{[^}]*\})/g, 'offset 5m');
  return listOf(filled.match(VARIABLE)).length > 0 ? undefined : filled;
}
