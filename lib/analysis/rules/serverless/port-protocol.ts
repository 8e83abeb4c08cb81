import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { fieldsOf, isSet, listOf } from '../../values';

export const portProtocol = onTemplates({
  code: 'SM0109',
  title: 'a port that is not TCP',
  explanation: 'Knative serves HTTP only (knative/serving pkg/apis/serving/k8s_validation.go, validateContainerPorts).',
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
            - containerPort: 8080
              protocol: UDP
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
  findings: template => containersOf(template).filter(({ role }) => role !== ContainerRole.INIT)
    .flatMap(({ container, field }) => listOf(container.ports)
      .map((port, i) => ({ protocol: fieldsOf(port).protocol, i }))
      .filter(({ protocol }) => isSet(protocol) && protocol !== 'TCP')
      .map(({ protocol, i }) => ({
        field: `${field}.ports[${i}].protocol`,
        value: protocol,
        reason: 'Knative serves HTTP, which runs over TCP',
        fix: 'leave the protocol out; what does not speak HTTP needs a Deployment of its own',
      }))),
});
