import { settingOf } from './autoscaling-annotations';
import { parseInteger } from './go-values';
import { horizontalExample, onHorizontal } from './horizontal';
import { annotationField } from './knative-rule';
import { Severity } from '../../../core/problem';

export const horizontalZero = onHorizontal({
  code: 'SM1142',
  title: 'scaling to zero by an autoscaler that cannot',
  explanation: 'The HorizontalPodAutoscaler of a revision keeps at least one pod: min-scale 0 leaves its bound out, which stands for 1. One that finds a Deployment at zero is switched off, so a revision that '
    + 'starts with no pod never gets any (knative/serving pkg/reconciler/autoscaling/hpa/resources/hpa.go; kubernetes.io, tasks/run-application/horizontal-pod-autoscale, '
    + '"implicit maintenance-mode deactivation").',
  severity: Severity.WARNING,
  example: {
    refused: horizontalExample({ 'metric': 'cpu', 'target': '70', 'min-scale': '0' }),
    accepted: horizontalExample({ 'metric': 'cpu', 'target': '70', 'min-scale': '1' }),
  },
  findings: template => [
    { key: 'min-scale' as const, reason: 'an autoscaler of class hpa keeps at least one pod' },
    { key: 'initial-scale' as const, reason: 'an autoscaler of class hpa never wakes a revision up that has no pod' },
  ].flatMap(({ key, reason }) => {
    const setting = settingOf(template.annotations, key);
    return setting === undefined || parseInteger(setting.value) !== 0 ? [] : [{
      field: annotationField(template, setting.key),
      value: setting.value,
      reason,
      fix: 'make it at least 1, or scale by concurrency or rps, with which a service can go to zero',
    }];
  }),
});
