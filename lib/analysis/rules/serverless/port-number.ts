import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { fieldsOf, listOf } from '../../values';

const RESERVED: ReadonlyMap<unknown, string> = new Map([
  [8008, 'its profiling'],
  [8012, 'requests over HTTP/1'],
  [8013, 'requests over HTTP/2'],
  [8022, 'its health and shutdown hooks'],
  [9090, 'metrics for the autoscaler'],
  [9091, 'metrics for Prometheus'],
]);

export const portNumber = onTemplates({
  code: 'SM0106',
  title: 'a port that an application cannot have',
  explanation: 'The queue-proxy runs in the same pod and listens on ports of its own '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, reservedPorts; pkg/networking/constants.go).',
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
          ports:
            - containerPort: 9090
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
  findings: template => containersOf(template).flatMap(({ container, field }) => listOf(container.ports).flatMap((port, i) => {
    const number = fieldsOf(port).containerPort;
    const at = { field: `${field}.ports[${i}].containerPort`, value: number };
    const use = RESERVED.get(number);
    if (use !== undefined) {
      return [{ ...at, reason: `the queue-proxy in the same pod uses this port for ${use}`, fix: 'let the application listen on another port, such as 8080' }];
    }
    const fits = number === undefined || number === null || (Number.isInteger(number) && (number as number) >= 0 && (number as number) <= 65535);
    return fits ? [] : [{ ...at, reason: 'a port is a whole number from 0 to 65535', fix: 'name the port on which the application listens, such as 8080' }];
  })),
});
