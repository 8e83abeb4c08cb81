import { settingOf } from './autoscaling-annotations';
import { parseInteger } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

export const initialScale = onTemplates({
  code: 'SM0120',
  title: 'an initial scale that the cluster does not allow',
  explanation: 'A new revision must have been ready once before it takes traffic, unless the cluster lets it start with no pod '
    + '(allow-zero-initial-scale in config-autoscaler) (knative/serving pkg/apis/autoscaling/annotation_validation.go, validateInitialScale).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/initial-scale: "0"
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
        autoscaling.knative.dev/initial-scale: "1"
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: (template, context) => {
    const setting = settingOf(template.annotations, 'initial-scale');
    if (!setting) return [];
    const at = { field: annotationField(template, setting.key), value: setting.value };
    const scale = parseInteger(setting.value);
    if (scale === undefined || scale < 0) return [{ ...at, reason: 'a number of pods is a whole number of at least 0', fix: 'write a whole number' }];
    const profile = context.profile(template.object);
    return scale > 0 || profile.autoscaler.allowZeroInitialScale ? [] : [{
      ...at,
      reason: 'this cluster lets no revision start with zero pods',
      fix: `start with 1, or set allow-zero-initial-scale in ConfigMap config-autoscaler of ${profile.knativeServingNamespace} and declare it in the cluster profile; `
        + 'with the constructs, ClusterProfile({ autoscaler: { allowZeroInitialScale: true } })',
    }];
  },
});
