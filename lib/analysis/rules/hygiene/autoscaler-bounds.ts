import { deployment } from './examples';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, numberOf } from '../../workloads';

export const autoscalerBounds: Rule = {
  code: 'SM0745',
  title: 'autoscaler with nothing to scale, or too little to fall back on',
  explanation: 'Where the bounds are equal nothing is ever scaled; with a lower bound of one pod a lost node stops the workload '
    + '(Kubernetes documentation, horizontal pod autoscaling).',
  severity: Severity.INFO,
  peers: ['hpaMaxAvailability', 'hpaMinAvailability', 'hpa-minimum-three-replicas'],
  example: {
    refused: scaled(3, 3),
    accepted: scaled(3, 9),
  },
  check(context) {
    for (const scaler of context.model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const spec = fieldsOf(scaler.manifest.spec);
      const [min, max] = [numberOf(spec.minReplicas), numberOf(spec.maxReplicas)];
      if (min !== undefined && max !== undefined && max <= min) {
        context.report(scaler, {
          field: 'spec.maxReplicas',
          value: max,
          reason: max === min ? 'the bounds are equal, so nothing is ever scaled' : 'it is below minReplicas, and the API server refuses that',
          fix: 'write more than minReplicas',
          severity: max === min ? Severity.WARNING : Severity.ERROR,
          peers: ['hpaMaxAvailability'],
        });
      }
      if ((min ?? 1) < 3) {
        context.report(scaler, {
          field: 'spec.minReplicas',
          value: min,
          reason: (min ?? 1) < 2 ? 'when there is little to do a lost node stops the workload' : 'when there is little to do one of two pods has no spare',
          fix: 'keep three pods',
          peers: ['hpa-minimum-three-replicas', ...min !== undefined && min < 2 ? ['hpaMinAvailability'] : []],
        });
      }
    }
  },
};

function scaled(min: number, max: number): string {
  return `${deployment({})}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: checkout, namespace: shop }
spec: { minReplicas: ${min}, maxReplicas: ${max}, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: checkout } }
`;
}
