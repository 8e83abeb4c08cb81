import { deployment } from './examples';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, numberOf } from '../../workloads';

export const autoscalerRange: Rule = {
  code: 'SM0759',
  title: 'autoscaler with nothing to scale',
  explanation: 'Where the bounds are equal nothing is ever scaled (Kubernetes documentation, horizontal pod autoscaling).',
  severity: Severity.WARNING,
  peers: ['hpaMaxAvailability'],
  example: {
    refused: scaled(3, 3),
    accepted: scaled(3, 9),
  },
  check(context) {
    for (const scaler of context.model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const spec = fieldsOf(scaler.manifest.spec);
      const [min, max] = [numberOf(spec.minReplicas), numberOf(spec.maxReplicas)];
      // the API server refuses one that is lower
      if (max === undefined || max !== min) continue;
      context.report(scaler, { field: 'spec.maxReplicas', value: max, reason: 'it is that of minReplicas, so nothing is ever scaled', fix: 'write more than minReplicas' });
    }
  },
};

export const autoscalerMinimum: Rule = {
  code: 'SM0745',
  title: 'autoscaler that leaves too few pods to fall back on',
  explanation: 'With a lower bound of one pod a lost node stops the workload, with two the other has no spare (Kubernetes documentation, disruptions).',
  severity: Severity.INFO,
  peers: ['hpaMinAvailability', 'hpa-minimum-three-replicas'],
  example: {
    refused: scaled(1, 9),
    accepted: scaled(3, 9),
  },
  check(context) {
    for (const scaler of context.model.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const min = numberOf(fieldsOf(scaler.manifest.spec).minReplicas);
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
