import { SOURCES, specOf } from './brokers';
import { Rule } from '../../rule';
import { fieldsOf, listOf, textOf } from '../../values';

export const containerSource: Rule = {
  code: 'SM0358',
  title: 'ContainerSource without a container',
  explanation: 'It runs at least one container, and each has an image (knative/eventing pkg/apis/sources/v1/container_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const source of context.model.ofKind(SOURCES, 'ContainerSource')) {
      const containers = listOf(fieldsOf(fieldsOf(specOf(source).template).spec).containers);
      if (containers.length === 0) {
        context.report(source, { field: 'spec.template.spec.containers', reason: 'nothing runs that could send events', fix: 'write a container with an image' });
      }
      containers.map(fieldsOf).forEach(({ image }, index) => {
        if (textOf(image) !== undefined) return;
        context.report(source, { field: `spec.template.spec.containers[${index}].image`, reason: 'a container has an image', fix: 'name the image' });
      });
    }
  },
  example: {
    refused: `
apiVersion: sources.knative.dev/v1
kind: ContainerSource
metadata: { name: heartbeat, namespace: shop }
spec:
  template:
    spec:
      containers: []
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: ContainerSource
metadata: { name: heartbeat, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: heartbeat
          image: registry.example.com/heartbeat:1.4.2
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};
