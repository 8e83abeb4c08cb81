import { classOf, HPA } from './autoscaling-annotations';
import { onTemplates, TemplateRule } from './knative-rule';
import { Rule } from '../../rule';

/** A rule that looks at the templates which a HorizontalPodAutoscaler scales. */
export function onHorizontal({ findings, ...rule }: TemplateRule): Rule {
  return onTemplates({ ...rule, findings: (template, context) => classOf(template.annotations) === HPA ? findings(template, context) : [] });
}

/** A service that a HorizontalPodAutoscaler scales, with the annotations and the container of an example. */
export function horizontalExample(annotations: Record<string, string>, container = ', resources: { requests: { cpu: 100m } }'): string {
  const lines = Object.entries(annotations).map(([key, value]) => `        autoscaling.knative.dev/${key}: "${value}"\n`).join('');
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/class: hpa.autoscaling.knative.dev
${lines}    spec:
      containers: [{ image: registry.example.com/shop/checkout:1.0.0${container} }]
`;
}
