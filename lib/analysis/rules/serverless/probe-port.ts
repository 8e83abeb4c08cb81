import { onTemplates } from './knative-rule';
import { ContainerRole, containersOf, TemplateContainer } from './templates';
import { Finding } from '../../rule';
import { fieldsOf, isGiven } from '../../values';

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];

export const probePort = onTemplates({
  code: 'SM1107',
  title: 'a probe whose port nobody fills in',
  explanation: 'Of the container that takes the requests Knative fills in the port of the readiness probe, and of a liveness probe over HTTP or TCP. A '
    + 'startup probe and a liveness probe over gRPC reach the Deployment as they are, and Kubernetes refuses port 0: no revision ever becomes ready '
    + '(knative/serving pkg/reconciler/revision/resources/deploy.go, rewriteUserLivenessProbe).',
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          startupProbe:
            httpGet: { path: /started }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          startupProbe:
            httpGet: { path: /started, port: 8080 }
`,
  },
  findings: template => containersOf(template).filter(({ role }) => role === ContainerRole.SERVING).flatMap(entry => [
    ...portless(entry, 'startupProbe', HANDLERS),
    ...portless(entry, 'livenessProbe', ['grpc']),
  ]),
});

function portless({ container, field }: TemplateContainer, probe: string, handlers: string[]): Finding[] {
  const fields = fieldsOf(container[probe]);
  return handlers.filter(handler => isGiven(fields[handler]))
    .filter(handler => [undefined, null, 0, ''].includes(fieldsOf(fields[handler]).port as never))
    .map(handler => ({
      field: `${field}.${probe}.${handler}.port`,
      value: fieldsOf(fields[handler]).port ?? undefined,
      reason: 'Knative fills no port in here, and Kubernetes refuses a probe without one, so no pod ever starts',
      fix: 'name the port on which the container serves, 8080 unless ports say otherwise',
    }));
}
