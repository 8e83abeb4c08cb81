import { severityWithoutPods } from './absence';
import { Severity } from '../../../../core/problem';
import { ManifestModel } from '../../../model';
import { Rule } from '../../../rule';
import { labelsOf, selectorText, Service, servicesOf, workloadsOf } from '../../../workloads';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, ports: [{ containerPort: 8080 }] }]
---
`;

export const serviceWithoutPods: Rule = {
  code: 'SM0850',
  title: 'a Service that chooses no pods',
  explanation: 'A Service sends to the pods of its own namespace that have all the labels of its selector. One that finds none answers no connection. Advice where the app writes no '
    + 'pods into the namespace, and for a Service without a selector whose endpoints nobody writes (kubernetes.io, concepts/services-networking/service).',
  severity: Severity.WARNING,
  peers: ['dangling-service'],
  example: {
    refused: `${WORKLOAD}apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: order }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`,
    accepted: `${WORKLOAD}apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`,
  },
  check(context) {
    const services = servicesOf(context.model);
    for (const service of services.all) {
      if (service.type === 'ExternalName') continue;
      if (service.selector === undefined) {
        if (hasEndpoints(context.model, service)) continue;
        context.report(service.object, {
          field: 'spec.selector',
          severity: Severity.INFO,
          reason: 'without a selector somebody else has to write the endpoints, and the app writes none',
          fix: 'add a selector, write an EndpointSlice, or use type ExternalName or a ServiceEntry for something outside of the cluster',
        });
        continue;
      }
      if (services.podsOf(service).length > 0) continue;
      const severity = severityWithoutPods(context.model, service.namespace, context.profile(service.object));
      context.report(service.object, {
        field: 'spec.selector',
        value: selectorText(service.selector),
        severity,
        reason: severity === Severity.WARNING ? `no pods of namespace ${service.namespace} have these labels` : `the app writes no pods with these labels into namespace ${service.namespace}`,
        fix: severity === Severity.WARNING ? `use labels that a pod template has${examplesIn(context.model, service)}` : 'check labels and namespace if the pods are part of another app',
      });
    }
  },
};

function hasEndpoints(model: ManifestModel, { namespace, name }: Service): boolean {
  return model.byName('', 'Endpoints', namespace, name) !== undefined || model.derived(servicesWithSlices).has(`${namespace}/${name}`);
}

function servicesWithSlices(model: ManifestModel): Set<string> {
  return new Set(model.ofKind('discovery.k8s.io', 'EndpointSlice')
    .map(slice => `${slice.namespace}/${labelsOf(slice.manifest.metadata.labels)['kubernetes.io/service-name']}`));
}

function examplesIn(model: ManifestModel, { namespace }: Service): string {
  const first = workloadsOf(model).inNamespace(namespace).map(({ labels }) => Object.entries(labels)[0]).filter(label => label !== undefined);
  const texts = [...new Set(first.map(([key, value]) => `${key}: ${value}`))].slice(0, 3);
  return texts.length === 0 ? '' : `, such as ${texts.join(' or ')}`;
}
