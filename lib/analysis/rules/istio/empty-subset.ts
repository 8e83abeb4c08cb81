import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, labelsOf } from '../../workloads';

export const emptySubset: Rule = {
  code: 'SM0636',
  title: 'subset that is the whole host',
  explanation: 'A subset without labels has all pods of its host, so a route to it is a route to the host '
    + '(istio.io/latest/docs/reference/config/networking/destination-rule).',
  severity: Severity.WARNING,
  peers: ['KIA0209'],
  example: {
    refused: rule('{ name: v1 }'),
    accepted: rule('{ name: v1, labels: { version: v1 } }'),
  },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'DestinationRule')) {
      for (const { field, value } of entriesOf(fieldsOf(object.manifest.spec).subsets, 'spec.subsets')) {
        if (Object.keys(labelsOf(value.labels)).length > 0) continue;
        context.report(object, { field: `${field}.labels`, reason: 'without labels it has all pods of the host', fix: 'write the labels that tell its pods from the others' });
      }
    }
  },
};

function rule(subset: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalogue, namespace: shop }
spec:
  host: catalogue.shop.svc.cluster.local
  subsets: [${subset}]
---
apiVersion: v1
kind: Service
metadata: { name: catalogue, namespace: shop }
spec: { selector: { app: catalogue }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: catalogue, namespace: shop }
spec:
  selector: { matchLabels: { app: catalogue } }
  template:
    metadata: { labels: { app: catalogue, version: v1 } }
    spec:
      containers: [{ name: app, image: 'registry.example.com/shop/catalogue:1.0.0', ports: [{ containerPort: 8080 }] }]
`;
}
