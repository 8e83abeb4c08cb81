import { promqlProblem } from './promql/verdict';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, stringOf } from '../../values';

const scaled = (query: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: orders, namespace: shop }
spec:
  scaleTargetRef: { name: orders }
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus-operated.monitoring:9090
        query: ${query}
        threshold: "100"
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: registry.example.com/shop/orders:1.0.0 }]
`;

export const triggerQuery: Rule = {
  code: 'SM0190',
  title: 'a trigger whose query Prometheus refuses',
  explanation: 'KEDA hands the query to Prometheus as it is. Where that refuses it, the trigger has no value and scales nothing '
    + '(kedacore/keda pkg/scalers/prometheus_scaler.go, ExecutePromQuery).',
  example: { refused: scaled('sum(rate(orders_total))'), accepted: scaled('sum(rate(orders_total[2m]))') },
  check(context) {
    for (const object of ['ScaledObject', 'ScaledJob'].flatMap(kind => context.model.ofKind('keda.sh', kind))) {
      for (const { field, value: trigger } of entriesOf(fieldsOf(object.manifest.spec).triggers, 'spec.triggers')) {
        const query = stringOf(fieldsOf(trigger.metadata).query);
        if (trigger.type !== 'prometheus' || query === undefined) continue;
        const problem = promqlProblem(query);
        if (problem === undefined) continue;
        context.report(object, {
          field: `${field}.metadata.query`,
          value: query === '' ? undefined : query,
          reason: `Prometheus refuses the query: ${problem}`,
          fix: 'correct the query',
        });
      }
    }
  },
};
