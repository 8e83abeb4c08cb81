import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf } from './templates';
import { stringOf } from '../../values';

export const containerName = onTemplates({
  code: 'SM0114',
  title: 'a container name that is taken',
  explanation: 'Knative adds a container queue-proxy to each pod, and names are unique in a pod '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, reservedContainerNames, validateContainers).',
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
          name: queue-proxy
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          name: checkout
`,
  },
  findings: template => {
    const named = containersOf(template).map(({ container, field }) => ({ name: stringOf(container.name), field: `${field}.name` }));
    return named.flatMap(({ name, field }, i) => {
      if (name === 'queue-proxy') {
        return [{ field, value: name, reason: 'Knative adds a container of this name to each pod', fix: 'choose another name, or leave it out' }];
      }
      const first = named.findIndex(other => other.name === name);
      return name && first < i
        ? [{ field, value: name, reason: `${named[first].field} already has this name`, fix: 'give each container a name of its own' }]
        : [];
    });
  },
});
