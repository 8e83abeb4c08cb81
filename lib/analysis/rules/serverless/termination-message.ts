import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { isSet } from '../../values';

const POLICIES: readonly unknown[] = ['File', 'FallbackToLogsOnError'];

export const terminationMessage = onTemplates({
  code: 'SM0148',
  title: 'a termination message policy that does not exist',
  explanation: 'The last words of a container come from a file or from its log (knative/serving pkg/apis/serving/k8s_validation.go, validate).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          terminationMessagePolicy: Logs
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          terminationMessagePolicy: FallbackToLogsOnError
`,
  },
  findings: template => containersOf(template)
    .filter(({ container }) => isSet(container.terminationMessagePolicy) && !POLICIES.includes(container.terminationMessagePolicy))
    .map(({ container, field }) => ({
      field: `${field}.terminationMessagePolicy`,
      value: container.terminationMessagePolicy,
      reason: 'there is no such policy',
      fix: 'write File or FallbackToLogsOnError, or leave it out',
    })),
});
