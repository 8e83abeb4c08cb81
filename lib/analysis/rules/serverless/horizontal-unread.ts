import { AutoscalingKey, HPA, settingOf } from './autoscaling-annotations';
import { horizontalExample, onHorizontal } from './horizontal';
import { annotationField } from './knative-rule';
import { Severity } from '../../../core/problem';

const OF_KPA: readonly AutoscalingKey[] = [
  'activation-scale', 'metric-aggregation-algorithm', 'panic-threshold-percentage', 'panic-window-percentage', 'scale-down-delay',
  'scale-to-zero-pod-retention-period', 'target-burst-capacity', 'target-utilization-percentage',
];

export const horizontalUnread = onHorizontal({
  code: 'SM1140',
  title: 'a setting of another autoscaler',
  explanation: 'Of class hpa Knative makes a HorizontalPodAutoscaler from min-scale, max-scale, metric, target and window; what its own autoscaler reads besides has no effect '
    + '(knative/serving pkg/reconciler/autoscaling/hpa/resources/hpa.go, MakeHPA).',
  severity: Severity.WARNING,
  example: {
    refused: horizontalExample({ 'metric': 'cpu', 'target': '70', 'scale-down-delay': '5m' }),
    accepted: horizontalExample({ metric: 'cpu', target: '70', window: '5m' }),
  },
  findings: template => OF_KPA.flatMap(key => {
    const setting = settingOf(template.annotations, key);
    return setting === undefined ? [] : [{
      field: annotationField(template, setting.key),
      value: setting.value,
      reason: `an autoscaler of class ${HPA} does not read ${key}`,
      fix: key === 'scale-down-delay' ? 'set window, which delays scaling both ways, or drop it' : 'drop it, or scale by concurrency or rps, for which Knative\'s own autoscaler reads it',
    }];
  }),
});
