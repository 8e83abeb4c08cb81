import { Rule } from '../../../rule';
import { fieldsOf, isGiven, labelSelector, mapSelector, selectorText, selects, selectsAll, workloadsOf } from '../../../workloads';

const KINDS = [
  'apps/Deployment', 'apps/ReplicaSet', 'apps/DaemonSet', 'apps/StatefulSet', 'argoproj.io/Rollout', '/ReplicationController', 'apps.openshift.io/DeploymentConfig',
];
/** Kinds whose selector is a plain map. */
const PLAIN = ['/ReplicationController', 'apps.openshift.io/DeploymentConfig'];

const deployment = (label: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0 }]
`;

export const ownSelector: Rule = {
  code: 'SM0863',
  title: 'a workload whose selector does not choose its own pods',
  explanation: 'The API server refuses a workload whose selector is empty or does not match the labels of its template (kubernetes pkg/apis/apps/validation).',
  peers: ['mismatching-selector'],
  example: { refused: deployment('order'), accepted: deployment('orders') },
  check(context) {
    for (const { object, labels } of workloadsOf(context.model).all) {
      const kind = `${object.group}/${object.manifest.kind}`;
      if (!KINDS.includes(kind)) continue;
      const written = fieldsOf(object.manifest.spec).selector;
      // kinds without a schema of ours may fill in one
      if (!isGiven(written) && (PLAIN.includes(kind) || object.group === 'argoproj.io')) continue;
      const selector = PLAIN.includes(kind) ? mapSelector(written) : labelSelector(written);
      if (selectsAll(selector)) {
        context.report(object, {
          field: 'spec.selector',
          reason: 'a workload needs a selector that says which pods are its own',
          fix: 'write selector.matchLabels with labels of the template',
        });
      } else if (!selects(selector, labels)) {
        context.report(object, {
          field: 'spec.selector',
          value: selectorText(selector),
          reason: 'the labels of the template do not satisfy it',
          fix: 'write the same labels in selector.matchLabels and in template.metadata.labels',
        });
      }
    }
  },
};
