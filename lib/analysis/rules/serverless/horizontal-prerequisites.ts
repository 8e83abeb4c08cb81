import { settingOf } from './autoscaling-annotations';
import { horizontalExample, onHorizontal } from './horizontal';
import { annotationField } from './knative-rule';
import { AutoscalerSettings } from '../../../core/autoscaler-settings';
import { ClusterProfile } from '../../../core/cluster-profile';
import { Severity } from '../../../core/problem';
import { Finding } from '../../rule';

const EXAMPLE = horizontalExample({ metric: 'cpu', target: '70' });

export const horizontalPrerequisites = onHorizontal({
  code: 'SM1144',
  title: 'an autoscaler that the cluster may not have',
  explanation: 'Revisions of class hpa are scaled by Knative\'s extension serving-hpa, which is installed on its own; without it they never get ready. The figures come from metrics.k8s.io (metrics-server) '
    + 'or, for metrics of the application, from an adapter behind custom.metrics.k8s.io; without them the number of pods stays as it is. An error where the profile says that the extension is '
    + 'missing, advice where it says nothing (knative.dev, install/yaml-install/serving, "HPA autoscaling").',
  example: {
    refused: EXAMPLE,
    accepted: EXAMPLE.replace(/autoscaling\.knative\.dev\/class: .*/, 'autoscaling.knative.dev/class: kpa.autoscaling.knative.dev')
      .replace('metric: "cpu"', 'metric: "concurrency"'),
  },
  findings: (template, context) => {
    const { autoscaler } = context.profile(template.object);
    const field = annotationField(template, 'autoscaling.knative.dev/class');
    const value = template.annotations['autoscaling.knative.dev/class'];
    const metric = settingOf(template.annotations, 'metric')?.value ?? 'cpu';
    const figures: keyof AutoscalerSettings = ['cpu', 'memory'].includes(metric) ? 'resourceMetrics' : 'customMetrics';
    const source = figures === 'resourceMetrics' ? 'metrics.k8s.io, as metrics-server does' : `custom.metrics.k8s.io with ${metric}, as an adapter does`;
    return [
      ...missing(autoscaler, 'horizontalPodAutoscaler', Severity.ERROR, 'Knative\'s extension serving-hpa', 'install serving-hpa.yaml of the release of Knative Serving'),
      ...missing(autoscaler, figures, Severity.WARNING, `something that serves ${source}`, 'install it'),
    ].map(finding => ({ ...finding, field, value }));
  },
});

function missing(autoscaler: ClusterProfile['autoscaler'], part: keyof AutoscalerSettings, severity: Severity, what: string, how: string): Finding[] {
  if (autoscaler[part] === true) return [];
  const known = autoscaler[part] === false;
  return [{
    severity: known ? severity : Severity.INFO,
    reason: known ? `the cluster does not have ${what}` : `it needs ${what}, and the cluster profile does not say whether that is there`,
    fix: `${how}, and declare it in the cluster profile; with the constructs, ClusterProfile({ autoscaler: { ${part}: true } })`,
  }];
}
