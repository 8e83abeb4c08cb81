import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { fieldsOf, isSet, listOf } from '../../values';

const NAMES: readonly unknown[] = ['http1', 'h2c'];

export const portName = onTemplates({
  code: 'SM0108',
  title: 'a port name that is no protocol of Knative',
  explanation: 'The name of the port says what the application speaks, nothing else '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, validPortNames).',
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
            - name: grpc
              containerPort: 8080
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
            - name: h2c
              containerPort: 8080
`,
  },
  findings: template => containersOf(template).filter(({ role }) => role !== ContainerRole.INIT)
    .flatMap(({ container, field }) => listOf(container.ports)
      .map((port, i) => ({ name: fieldsOf(port).name, i }))
      .filter(({ name }) => isSet(name) && !NAMES.includes(name))
      .map(({ name, i }) => ({
        field: `${field}.ports[${i}].name`,
        value: name,
        reason: 'the name of a port tells Knative what is spoken there',
        fix: 'name it http1 for HTTP/1.1, h2c for HTTP/2 and gRPC, or not at all',
      }))),
});
