import { onTemplates } from './knative-rule';
import { containersOf } from './templates';
import { Severity } from '../../../core/problem';
import { fieldsOf, listOf } from '../../values';

export const portOfKnativeTls = onTemplates({
  code: 'SM0107',
  title: 'the port that Knative takes for its own TLS',
  explanation: 'The queue-proxy declares port 8112 in every pod and listens there as soon as system-internal-tls is on. The webhook does not check it '
    + '(knative/serving pkg/reconciler/revision/resources/queue.go, pkg/queue/sharedmain/main.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          ports:
            - containerPort: 8112
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          ports:
            - containerPort: 8080
`,
  },
  findings: template => containersOf(template).flatMap(({ container, field }) => listOf(container.ports)
    .map((port, i) => ({ number: fieldsOf(port).containerPort, i }))
    .filter(({ number }) => number === 8112)
    .map(({ number, i }) => ({
      field: `${field}.ports[${i}].containerPort`,
      value: number,
      reason: 'the queue-proxy takes this port once system-internal-tls is switched on, and the application can no longer start',
      fix: 'let the application listen on another port, such as 8080',
    }))),
});
