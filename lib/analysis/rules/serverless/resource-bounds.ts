import { annotationField, onTemplates } from './knative-rule';
import { containersOf, Template } from './templates';
import { Finding } from '../../rule';
import { parseQuantity } from '../../schema/quantity';
import { fieldsOf, isGiven } from '../../values';

const QUEUE_PROXY = 'queue.sidecar.serving.knative.dev';
const PAIRS: readonly (readonly [request: string, limit: string])[] = [
  ...['cpu', 'memory', 'ephemeral-storage'].map(kind => [`${QUEUE_PROXY}/${kind}-resource-request`, `${QUEUE_PROXY}/${kind}-resource-limit`] as const),
  ['sidecar.istio.io/proxyCPU', 'sidecar.istio.io/proxyCPULimit'],
  ['sidecar.istio.io/proxyMemory', 'sidecar.istio.io/proxyMemoryLimit'],
];

export const resourceBounds = onTemplates({
  code: 'SM1104',
  title: 'a request above the limit',
  explanation: 'Kubernetes refuses a container that asks for more than it may use. The webhook of Knative does not look, so the Service is accepted and no '
    + 'revision ever becomes ready (kubernetes pkg/apis/core/validation, ValidateResourceRequirements).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          resources:
            requests: { memory: 1Gi }
            limits: { memory: 512Mi }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          resources:
            requests: { memory: 512Mi }
            limits: { memory: 512Mi }
`,
  },
  findings: template => [
    ...containersOf(template).flatMap(({ container, field }) => {
      const [requests, limits] = ['requests', 'limits'].map(name => fieldsOf(fieldsOf(container.resources)[name]));
      return Object.keys(requests).filter(name => isGiven(limits[name]))
        .flatMap(name => exceeding(requests[name], limits[name], `${field}.resources.requests.${name}`));
    }),
    ...annotationFindings(template),
  ],
});

function annotationFindings(template: Template): Finding[] {
  return PAIRS.filter(([request, limit]) => request in template.annotations && limit in template.annotations)
    .flatMap(([request, limit]) => exceeding(template.annotations[request], template.annotations[limit], annotationField(template, request)));
}

function exceeding(request: unknown, limit: unknown, field: string): Finding[] {
  const [asked, most] = [request, limit].map(amount => parseQuantity(String(amount))?.nano);
  if (asked === undefined || most === undefined || asked <= most) return [];
  return [{
    field,
    value: request,
    reason: `the limit is ${String(limit)}, and no container may ask for more than that`,
    fix: 'lower the request or raise the limit',
  }];
}
