import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { Fields, fieldsOf, isGiven, listOf } from '../../values';

const ALLOWED = ['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef'];
const SOURCES = ['configMapRef', 'secretRef'];

export const envSource = onTemplates({
  code: 'SM0112',
  title: 'a variable, or an entry of envFrom, without a source that Knative knows',
  explanation: 'Variables come from a key of a ConfigMap or Secret, or from all keys of one of them '
    + '(knative/serving pkg/apis/serving/fieldmask.go, EnvVarSourceMask; k8s_validation.go, validateEnvFrom).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          envFrom:
            - configMapRef: { name: checkout }
              secretRef: { name: payment }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          envFrom:
            - configMapRef: { name: checkout }
            - secretRef: { name: payment }
`,
  },
  findings: template => containersOf(template).flatMap(({ container, field }) => [
    ...listOf(container.env).flatMap((variable, i) => there(fieldsOf(fieldsOf(variable).valueFrom))
      .filter(source => !ALLOWED.includes(source))
      .map(source => ({
        field: `${field}.env[${i}].valueFrom.${source}`,
        reason: 'Knative takes no variable from this source',
        fix: 'use configMapKeyRef or secretKeyRef',
      }))),
    ...listOf(container.envFrom).flatMap((from, i) => {
      const named = there(fieldsOf(from)).filter(source => SOURCES.includes(source));
      return named.length === 1 ? [] : [{
        field: `${field}.envFrom[${i}]`,
        reason: named.length === 0 ? 'the entry names neither a ConfigMap nor a Secret' : 'the entry names both a ConfigMap and a Secret',
        fix: 'name one of configMapRef and secretRef in an entry',
      }];
    }),
  ]),
});

function there(fields: Fields): string[] {
  return Object.keys(fields).filter(key => isGiven(fields[key]));
}
