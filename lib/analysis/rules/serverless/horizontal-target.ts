import { settingOf } from './autoscaling-annotations';
import { parseFloatingPoint } from './go-values';
import { horizontalExample, onHorizontal } from './horizontal';
import { annotationField } from './knative-rule';
import { Severity } from '../../../core/problem';

export const horizontalTarget = onHorizontal({
  code: 'SM1141',
  title: 'a HorizontalPodAutoscaler without the target that was meant',
  explanation: 'Without a target Knative makes a HorizontalPodAutoscaler without metrics, which Kubernetes sets to 80 percent of the requested cpu, whatever the metric. Targets other than of cpu are cut '
    + 'to whole numbers, and an amount of 0 is refused, so that the revision never gets ready (knative/serving pkg/reconciler/autoscaling/hpa/resources/hpa.go, MakeHPA; '
    + 'kubernetes pkg/apis/autoscaling/v2/defaults.go, pkg/apis/autoscaling/validation).',
  example: {
    refused: horizontalExample({ metric: 'memory', target: '0.5' }),
    accepted: horizontalExample({ metric: 'memory', target: '512' }),
  },
  findings: template => {
    const metric = settingOf(template.annotations, 'metric')?.value ?? 'cpu';
    const target = settingOf(template.annotations, 'target');
    if (target === undefined) {
      return [{
        field: annotationField(template, 'autoscaling.knative.dev/target'),
        severity: Severity.WARNING,
        reason: `without a target the autoscaler is made without the metric ${metric}, and Kubernetes then aims at 80 percent of the requested cpu`,
        fix: metric === 'cpu' ? 'write the target in percent of the requested cpu' : metric === 'memory' ? 'write the target in MiB per pod' : 'write the target per pod',
      }];
    }
    const number = parseFloatingPoint(target.value);
    if (metric === 'cpu' || number === undefined || Number.isInteger(number)) return [];
    const at = { field: annotationField(template, target.key), value: target.value };
    const unit = metric === 'memory' ? 'whole MiB' : 'whole numbers';
    return [number < 1
      ? { ...at, reason: `the target of ${metric} is cut to ${unit}, and 0 is refused by Kubernetes`, fix: 'write a whole number of at least 1' }
      : { ...at, severity: Severity.WARNING, reason: `the target of ${metric} is cut to ${unit}, so it is ${Math.trunc(number)}`, fix: 'write a whole number' }];
  },
});
