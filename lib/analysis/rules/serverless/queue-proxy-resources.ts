import { isQuantity, parseFloatingPoint } from './go-values';
import { annotationField, onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';

const GROUP = 'queue.sidecar.serving.knative.dev';
const AMOUNTS = ['cpu', 'memory', 'ephemeral-storage'].flatMap(kind => [`${GROUP}/${kind}-resource-request`, `${GROUP}/${kind}-resource-limit`]);
const PERCENTAGES = [`${GROUP}/resource-percentage`, `${GROUP}/resourcePercentage`];

export const queueProxyResources = onTemplates({
  code: 'SM0144',
  title: 'resources of the queue-proxy that are none',
  explanation: 'Requests and limits of the queue-proxy are quantities of Kubernetes, its share a percentage '
    + '(knative/serving pkg/apis/serving/v1/revision_validation.go, validateQueueSidecarResourceAnnotations).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    metadata:
      annotations:
        queue.sidecar.serving.knative.dev/cpu-resource-request: 100 millicores
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
        queue.sidecar.serving.knative.dev/cpu-resource-request: 100m
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => template.object.manifest.kind === 'Revision' ? [] : [
    ...AMOUNTS.filter(key => key in template.annotations && !isQuantity(template.annotations[key])).map(key => ({
      field: annotationField(template, key),
      value: template.annotations[key],
      reason: 'it is no quantity of Kubernetes',
      fix: 'write a number with a unit, as in 100m or 128Mi',
    })),
    ...PERCENTAGES.filter(key => key in template.annotations && !isPercentage(template.annotations[key])).map(key => ({
      field: annotationField(template, key),
      value: template.annotations[key],
      reason: 'the share is a number from 0.1 to 100',
      fix: `name requests and limits instead, with ${AMOUNTS[0]} and the like: the percentage is deprecated`,
    })),
  ],
});

function isPercentage(text: string): boolean {
  const number = parseFloatingPoint(text);
  return number !== undefined && number >= 0.1 && number <= 100;
}
