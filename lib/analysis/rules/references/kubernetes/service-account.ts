import { severityOfAbsence } from './absence';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { serviceAccountOf, textOf, workloadsOf } from '../../../workloads';
import { names } from '../names';
import { suggestion } from '../suggestion';

const deployment = (account: string) => `apiVersion: v1
kind: ServiceAccount
metadata: { name: orders, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      serviceAccountName: ${account}
      containers: [{ name: orders, image: example.com/orders:1.2.0 }]
`;

export const serviceAccountMissing: Rule = {
  code: 'SM0867',
  intents: ['SM0005', 'SM0182'],
  title: 'pods under a service account that the app does not write',
  explanation: 'Pods whose ServiceAccount is not in their namespace are not created. Advice where the app writes no ServiceAccounts into the namespace '
    + '(kubernetes.io, tasks/configure-pod-container/configure-service-account).',
  severity: Severity.WARNING,
  peers: ['non-existent-service-account'],
  example: { refused: deployment('order'), accepted: deployment('orders') },
  check(context) {
    const { model } = context;
    for (const workload of workloadsOf(model).all) {
      const account = serviceAccountOf(workload);
      if (account === 'default' || model.byName('', 'ServiceAccount', workload.namespace, account)) continue;
      const others = names(model, '', 'ServiceAccount', workload.namespace);
      const meant = suggestion(account, others);
      context.report(workload.object, {
        field: `${workload.path}spec.${textOf(workload.spec.serviceAccountName) === undefined ? 'serviceAccount' : 'serviceAccountName'}`,
        value: account,
        severity: severityOfAbsence(others.length > 0, workload.namespace, context.profile(workload.object)),
        reason: `the app writes no ServiceAccount of this name into namespace ${workload.namespace}`,
        fix: meant === undefined ? 'write the ServiceAccount, or make sure that it is there before the pods are' : `write ${meant}, if that is meant`,
      });
    }
  },
};
