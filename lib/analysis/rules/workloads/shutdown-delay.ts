import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { Entry, entriesOf, fieldsAt, isGiven, numberOf } from '../../values';
import { Workload, workloadsOf } from '../../workloads';

const SHIPPED = 30;

const deployment = (seconds: number) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: orders
          image: registry.example.com/shop/orders:2.0.0
          lifecycle: { preStop: { sleep: { seconds: ${seconds} } } }
`;

export const shutdownDelay: Rule = {
  code: 'SM1182',
  title: 'a pod that sleeps through its grace period',
  explanation: 'preStop counts towards terminationGracePeriodSeconds. The API server refuses a sleep that is longer; after one that is as long the container is killed two seconds after its signal '
    + '(kubernetes pkg/apis/core/validation/validation.go, validateSleepAction; kubernetes.io, concepts/containers/container-lifecycle-hooks).',
  example: { refused: deployment(60), accepted: deployment(5) },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      const grace = numberOf(workload.spec.terminationGracePeriodSeconds) ?? SHIPPED;
      for (const { field, value } of containers(workload)) {
        const sleep = fieldsAt(value, 'lifecycle', 'preStop', 'sleep').seconds;
        const seconds = numberOf(sleep);
        if (seconds === undefined || seconds === 0 || seconds < grace) continue;
        context.report(workload.object, {
          field: `${field}.lifecycle.preStop.sleep.seconds`,
          value: sleep,
          severity: seconds > grace ? Severity.ERROR : Severity.WARNING,
          reason: `the pod has ${grace} s to go away${isGiven(workload.spec.terminationGracePeriodSeconds) ? '' : ', since it says nothing else'}, and the sleep leaves the program none of it`,
          fix: 'sleep for less, or raise terminationGracePeriodSeconds (with the constructs, shutdown.delay and shutdown.gracePeriod)',
        });
      }
    }
  },
};

function containers({ spec, path }: Workload): Entry[] {
  return [...entriesOf(spec.containers, `${path}spec.containers`), ...entriesOf(spec.initContainers, `${path}spec.initContainers`)];
}
