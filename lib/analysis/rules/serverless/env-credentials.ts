import { onTemplates } from './knative-rule';
import { containersOf, Template } from './templates';
import { credentialIn } from '../../../core/credentials';
import { isKnativeWorkload } from '../../../core/knative-workload';
import { Severity } from '../../../core/problem';
import { isWorkload } from '../../../core/workload';
import { fieldsOf, listOf, stringOf } from '../../values';

export const envCredentials = onTemplates({
  code: 'SM0113',
  title: 'a credential in a variable',
  explanation: 'Whoever may read the Service or one of its revisions reads the password, key or token: so may the role view, from which Kubernetes keeps Secrets '
    + '(knative/serving config/core/200-roles/clusterrole-namespaced.yaml; kubernetes.io/docs/reference/access-authn-authz/rbac). It stays in every old revision. '
    + 'A variable may take the whole value from a Secret, or name the password as $(NAME) of a variable that does. Knative takes it all the same, so it is an '
    + 'error for a ServerlessService alone, and a warning elsewhere.',
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
  findings: template => containersOf(template).flatMap(({ container, field }) => listOf(container.env).flatMap((variable, i) => {
    const { name, value } = fieldsOf(variable);
    const credential = credentialIn(stringOf(value) ?? '');
    // the value itself must not reach a log
    return credential === undefined ? [] : [{
      field: `${field}.env[${i}].value`,
      severity: isOurs(template) ? Severity.ERROR : Severity.WARNING,
      reason: `variable ${String(name)} holds ${credential} in plain text`,
      fix: 'put it into a Secret and refer to its key with valueFrom.secretKeyRef; or, with the constructs, EnvValue.fromSecretValue() or bind()',
    }];
  })),
});

function isOurs({ object }: Template): boolean {
  const owner = object.construct.node.scope;
  return isWorkload(owner) && isKnativeWorkload(owner);
}
