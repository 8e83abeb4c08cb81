import { deployment } from './examples';
import { onWorkloads } from './pods';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsAt, fieldsOf, isGiven, textOf } from '../../workloads';

const STRATEGIES: Readonly<Record<string, string>> = { Deployment: 'strategy', DeploymentConfig: 'strategy', DaemonSet: 'updateStrategy', StatefulSet: 'updateStrategy' };

export const updateStrategy = onWorkloads({
  code: 'SM0747',
  title: 'update that stops the workload',
  explanation: 'Only a rolling update keeps some pods while others are replaced (Kubernetes documentation, deployments).',
  severity: Severity.INFO,
  peers: ['no-rolling-update-strategy'],
  example: {
    refused: deployment({ spec: 'strategy: { type: Recreate }' }),
    accepted: deployment({ spec: 'strategy: { type: RollingUpdate }' }),
  },
  findings: ({ object }) => {
    const field = STRATEGIES[object.manifest.kind];
    if (field === undefined) return [];
    const type = textOf(fieldsOf(fieldsOf(object.manifest.spec)[field]).type);
    return type === undefined || type.startsWith('Rolling') ? [] : [{
      field: `spec.${field}.type`,
      value: type,
      reason: type === 'OnDelete' ? 'a change reaches a pod only when somebody deletes it' : 'nothing answers while the pods are replaced',
      fix: 'use RollingUpdate, unless two versions must never run side by side',
    }];
  },
});

export const restartPolicy = onWorkloads({
  code: 'SM0748',
  title: 'pod that is not started again',
  explanation: 'With restartPolicy Never a container that fails stays down (Kubernetes documentation, pod lifecycle).',
  severity: Severity.INFO,
  peers: ['restart-policy'],
  example: {
    refused: `
apiVersion: v1
kind: Pod
metadata: { name: once, namespace: shop }
spec:
  restartPolicy: Never
  containers: [{ name: once, image: 'registry.example.com/shop/once:1.0.0' }]
`,
    accepted: `
apiVersion: v1
kind: Pod
metadata: { name: once, namespace: shop }
spec:
  restartPolicy: OnFailure
  containers: [{ name: once, image: 'registry.example.com/shop/once:1.0.0' }]
`,
  },
  findings: workload => workload.spec.restartPolicy !== 'Never' ? [] : [{
    field: `${workload.path}spec.restartPolicy`,
    value: 'Never',
    reason: 'a container that fails stays down',
    fix: 'use OnFailure',
  }],
});

export const jobLeftovers: Rule = {
  code: 'SM0749',
  title: 'Job that stays when it is done, or goes too early',
  explanation: 'A finished Job stays with its pods until somebody deletes it or ttlSecondsAfterFinished does. A CronJob has limits of its own for its history, '
    + 'and the stricter of the two counts (Kubernetes documentation, automatic cleanup for finished Jobs).',
  severity: Severity.INFO,
  peers: ['job-ttl-seconds-after-finished'],
  example: {
    refused: job(''),
    accepted: job('ttlSecondsAfterFinished: 86400'),
  },
  check(context) {
    for (const object of context.model.ofKind('batch', 'Job')) {
      if (isGiven(fieldsOf(object.manifest.spec).ttlSecondsAfterFinished)) continue;
      context.report(object, { field: 'spec.ttlSecondsAfterFinished', reason: 'the Job and its pods stay when it is done', fix: 'say after how many seconds they may go' });
    }
    for (const object of context.model.ofKind('batch', 'CronJob')) {
      if (!isGiven(fieldsAt(object.manifest, 'spec', 'jobTemplate', 'spec').ttlSecondsAfterFinished)) continue;
      context.report(object, {
        field: 'spec.jobTemplate.spec.ttlSecondsAfterFinished',
        reason: 'the CronJob keeps a history of its Jobs, and this deletes them earlier',
        fix: 'leave it out, and set successfulJobsHistoryLimit and failedJobsHistoryLimit',
      });
    }
  },
};


function job(field: string): string {
  return `
apiVersion: batch/v1
kind: Job
metadata: { name: once, namespace: shop }
spec:
${field ? `  ${field}\n` : ''}  template:
    spec:
      restartPolicy: OnFailure
      containers: [{ name: once, image: 'registry.example.com/shop/once:1.0.0' }]
`;
}
