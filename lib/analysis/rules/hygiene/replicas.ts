import { deployment } from './examples';
import { onWorkloads } from './pods';
import { autoscalerOf, REPLICATED, writtenReplicas } from './scaling';
import { Severity } from '../../../core/problem';

export const replicas = onWorkloads({
  code: 'SM0740',
  title: 'workload that a lost node stops',
  explanation: 'With one pod nothing answers while it is moved; with two, one is left without a spare (Kubernetes documentation, disruptions).',
  severity: Severity.INFO,
  peers: ['deploymentMissingReplicas', 'minimum-three-replicas'],
  example: {
    refused: deployment({ spec: 'replicas: 1' }),
    accepted: deployment({ spec: 'replicas: 3' }),
  },
  findings: (workload, model) => {
    const { kind } = workload.object.manifest;
    const written = writtenReplicas(workload);
    if (!REPLICATED.includes(kind) || written === 0 || written >= 3 || autoscalerOf(model, workload)) return [];
    return [{
      field: 'spec.replicas',
      value: written,
      reason: written === 1 ? 'nothing answers while the one pod is moved' : 'while one of two pods is moved the other has no spare',
      fix: 'run three, or scale it by what it has to do',
      peers: ['minimum-three-replicas', ...kind === 'Deployment' && written === 1 ? ['deploymentMissingReplicas'] : []],
    }];
  },
});
