import { classOf, HPA, KPA, settingOf } from './autoscaling-annotations';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { Finding } from '../../rule';

const ALGORITHMS = ['linear', 'weighted-exponential', 'weightedExponential'];

export const autoscalingClass = onTemplates({
  code: 'SM0123',
  title: 'an autoscaler that does not know the metric',
  explanation: 'Knative\'s own autoscaler (class kpa) scales on concurrency or rps; cpu, memory and metrics of the application need the class hpa '
    + '(knative/serving pkg/apis/autoscaling/annotation_validation.go, validateClass, validateMetric, validateAlgorithm).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/metric: cpu
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/class: hpa.autoscaling.knative.dev
        autoscaling.knative.dev/metric: cpu
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => {
    const { annotations } = template;
    const findings: Finding[] = [];
    const report = (setting: { key: string; value: string }, reason: string, fix: string) =>
      findings.push({ field: annotationField(template, setting.key), value: setting.value, reason, fix });

    const given = settingOf(annotations, 'class');
    const metric = settingOf(annotations, 'metric');
    const algorithm = settingOf(annotations, 'metric-aggregation-algorithm');
    const scaledBy = classOf(annotations);
    if (given && given.value.endsWith('.knative.dev') && given.value !== KPA && given.value !== HPA) {
      report(given, 'Knative has no autoscaler of this class', `use ${KPA} or ${HPA}, or a class under another domain for an autoscaler of your own`);
    }
    if (metric && scaledBy === KPA && !['concurrency', 'rps'].includes(metric.value)) {
      report(metric, `class ${KPA} scales on concurrency or rps`, `use one of them, or set class ${HPA}, which cannot scale to zero`);
    }
    if (metric && scaledBy === HPA && metric.value === '') {
      report(metric, 'the metric has no name', 'name cpu, memory or a metric of the application');
    }
    if (algorithm && algorithm.value !== '' && given?.value === KPA && !ALGORITHMS.includes(algorithm.value)) {
      report(algorithm, `class ${KPA} averages linear or weighted-exponential`, 'use one of them, or leave it out');
    }
    return findings;
  },
});
