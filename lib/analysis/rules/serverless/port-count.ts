import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { listOf } from '../../values';

export const portCount = onTemplates({
  code: 'SM0105',
  title: 'not exactly one port over all containers',
  explanation: 'All requests of a pod arrive at the queue-proxy, which passes them on to one port. Several containers need a port on exactly one of '
    + 'them, or nobody knows which one serves (knative/serving pkg/apis/serving/k8s_validation.go, validateContainersPorts).',
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
            - containerPort: 8081
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
  findings: template => {
    const containers = containersOf(template).filter(({ role }) => role !== ContainerRole.INIT);
    const ports = containers.flatMap(({ container, field }) => listOf(container.ports).map((port, i) => ({ port, field: `${field}.ports[${i}]` })));
    if (ports.length > 1) {
      return [{
        field: `${template.specField}.containers[*].ports`,
        value: ports.map(({ port }) => (port as { containerPort?: unknown } | null)?.containerPort ?? port),
        reason: `a pod takes requests on one port, and ${ports.length} are declared (${ports.map(({ field }) => field).join(', ')})`,
        fix: 'keep the port that takes requests; serve metrics and the like under a path of it',
      }];
    }
    return ports.length === 0 && containers.length > 1 ? [{
      field: `${template.specField}.containers[*].ports`,
      reason: `of ${containers.length} containers none declares a port, so nobody knows which one takes the requests`,
      fix: 'declare the port on the container that takes requests',
    }] : [];
  },
});
