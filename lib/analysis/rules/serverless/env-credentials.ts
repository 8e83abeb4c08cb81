import { onTemplates } from './knative-rule';
import { containersOf } from './templates';
import { Severity } from '../../../core/problem';
import { fieldsOf, listOf, stringOf } from '../../values';

const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s:]*:(?!\$\()[^/?#@\s]+@/i;

export const envCredentials = onTemplates({
  code: 'SM0113',
  title: 'a password in a variable',
  explanation: 'Whoever may read the Service or one of its revisions reads the password: so may the role view, from which Kubernetes keeps Secrets '
    + '(knative/serving config/core/200-roles/clusterrole-namespaced.yaml; kubernetes.io/docs/reference/access-authn-authz/rbac). It stays in every old revision. '
    + 'A variable may take the whole URL from a Secret, or name the password as $(NAME) of a variable that does.',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env:
            - name: DATABASE_URL
              value: postgres://checkout:secret@ledger/orders
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          env:
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef: { name: ledger, key: url }
`,
  },
  findings: template => containersOf(template).flatMap(({ container, field }) => listOf(container.env)
    .map((variable, i) => ({ name: fieldsOf(variable).name, value: stringOf(fieldsOf(variable).value), i }))
    .filter(({ value }) => value !== undefined && URL_WITH_PASSWORD.test(value))
    // the value itself must not reach a log
    .map(({ name, i }) => ({
      field: `${field}.env[${i}].value`,
      reason: `variable ${String(name)} holds a URL with a password in plain text`,
      fix: 'put it into a Secret and refer to its key with valueFrom.secretKeyRef; or, with the constructs, EnvValue.fromSecretValue()',
    }))),
});
