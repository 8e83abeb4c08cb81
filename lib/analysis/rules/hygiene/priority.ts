import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { textOf } from '../../workloads';

export const noPriority = onWorkloads({
  code: 'SM0757',
  title: 'pod of no priority',
  explanation: 'Where a cluster is full pods of a lower priority make room for those of a higher one; without a class a pod has the cluster\'s default, mostly 0 '
    + '(Kubernetes documentation, priority and preemption).',
  severity: Severity.INFO,
  peers: ['priorityClassNotSet'],
  example: {
    refused: deployment({}),
    accepted: deployment({ pod: 'priorityClassName: system-cluster-critical' }),
  },
  findings: workload => typeof workload.spec.priorityClassName === 'string' ? [] : [{
    field: `${workload.path}spec.priorityClassName`,
    reason: 'it makes room for everything that has a priority',
    fix: 'name a class of the cluster',
  }],
});

export const unknownPriority = onWorkloads({
  code: 'SM0762',
  title: 'pod of a priority class that the app does not write',
  explanation: 'The API server refuses pods of a class that does not exist; every cluster has system-cluster-critical and system-node-critical, all others somebody writes '
    + '(Kubernetes documentation, priority and preemption).',
  severity: Severity.INFO,
  peers: ['priority-class-name'],
  example: {
    refused: deployment({ pod: 'priorityClassName: checkout' }),
    accepted: `${deployment({ pod: 'priorityClassName: checkout' })}---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: checkout }
value: 1000
`,
  },
  findings: (workload, model) => {
    const name = textOf(workload.spec.priorityClassName);
    if (name === undefined || name.startsWith('system-') || model.byName('scheduling.k8s.io', 'PriorityClass', undefined, name)) return [];
    return [{
      field: `${workload.path}spec.priorityClassName`,
      value: name,
      reason: 'the app writes no class of this name, so it has to be in the cluster',
      fix: 'check the spelling, or write the PriorityClass',
    }];
  },
});
