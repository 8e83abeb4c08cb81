import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { ALIASES } from '../serverless/autoscaling-annotations';
import { templatesOf } from '../serverless/templates';

const service = (key: string) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { annotations: { autoscaling.knative.dev/${key}: "1" } }
    spec:
      containers: [{ image: registry.example.com/shop/orders:1.2.0 }]
`;

export const camelCaseScale: Rule = {
  code: 'SM0919',
  title: 'an autoscaling annotation by its old name',
  explanation: 'Knative spells the keys of the autoscaler with dashes since release 0.26 and reads those in camel case only where the other is missing '
    + '(serving pkg/apis/autoscaling/register.go).',
  severity: Severity.INFO,
  example: { refused: service('minScale'), accepted: service('min-scale') },
  check(context) {
    for (const { object, annotations, metadataField } of templatesOf(context.model)) {
      for (const [key, alias] of ALIASES) {
        // both at once is said elsewhere
        if (!(alias in annotations) || key in annotations) continue;
        context.report(object, {
          field: `${metadataField}.annotations[${alias}]`,
          value: annotations[alias],
          reason: 'Knative still reads the old name, and only where the one with dashes is missing',
          fix: `write ${key}`,
        });
      }
    }
  },
};
