import { credentialIn } from '../../../core/credentials';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { containersOf, entriesOf, textOf, workloadsOf } from '../../workloads';

const deployment = (env: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, env: [${env}] }]
`;

export const envPasswords: Rule = {
  code: 'SM0908',
  title: 'a password in a variable of a workload',
  explanation: 'Whoever may read the workload reads the password, and it stays in every old ReplicaSet, in the history of the repository and in logs. A variable may take the whole URL '
    + 'from a Secret, or name the password as $(NAME) of a variable that does (kubernetes.io, concepts/configuration/secret). Knative services: SM0113.',
  severity: Severity.WARNING,
  example: {
    refused: deployment('{ name: DB_URL, value: "postgres://shop:secret@db.shop:5432/orders" }'),
    accepted: deployment('{ name: DB_URL, valueFrom: { secretKeyRef: { name: orders-db, key: url } } }'),
  },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      if (workload.object.group === 'serving.knative.dev') continue;
      for (const container of containersOf(workload)) {
        for (const { field, value } of entriesOf(container.value.env, `${container.field}.env`)) {
          const credential = credentialIn(textOf(value.value) ?? '');
          if (credential === undefined) continue;
          // the value itself must not reach a log
          context.report(workload.object, {
            field: `${field}.value`,
            reason: `variable ${String(value.name)} holds ${credential} in plain text`,
            fix: 'put it into a Secret and write valueFrom: { secretKeyRef: { name: ..., key: ... } }',
          });
        }
      }
    }
  },
};
