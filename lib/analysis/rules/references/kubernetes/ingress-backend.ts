import { serviceNames, severityWithoutService } from './absence';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { entriesOf, Fields, fieldsAt, fieldsOf, numberOf, Service, servicesOf, textOf } from '../../../workloads';
import { suggestion } from '../suggestion';

// the controller for load balancers of AWS then reads the target from an annotation
const BY_ANNOTATION = 'use-annotation';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

const ingress = (name: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  ingressClassName: istio
  rules:
    - host: shop.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }]
`;

export const ingressBackend: Rule = {
  code: 'SM0855',
  title: 'an Ingress to a Service or port that is not there',
  explanation: 'A backend names a Service of the Ingress\' own namespace and one of its ports, by number or by name. Requests for any other are answered with 503. Advice where the app '
    + 'writes no Services into the namespace (kubernetes.io, concepts/services-networking/ingress).',
  severity: Severity.WARNING,
  peers: ['dangling-ingress'],
  example: { refused: `${SERVICE}${ingress('order')}`, accepted: `${SERVICE}${ingress('orders')}` },
  check(context) {
    for (const object of context.model.ofKind('networking.k8s.io', 'Ingress')) {
      const namespace = object.namespace ?? 'default';
      for (const { field, name, port } of backendsOf(object)) {
        const names = serviceNames(context.model, namespace);
        const service = servicesOf(context.model).find(namespace, name);
        if (!names.includes(name)) {
          const meant = suggestion(name, names);
          context.report(object, {
            field: `${field}.name`,
            value: name,
            severity: severityWithoutService(context.model, namespace, context.profile(object)),
            reason: `the app writes no Service of this name into namespace ${namespace}`,
            fix: meant === undefined ? 'check the name; a backend is in the namespace of the Ingress' : `write ${meant}, if that is meant`,
          });
        } else if (service !== undefined && port !== undefined && !hasPort(service, port)) {
          context.report(object, {
            field: `${field}.port`,
            value: port,
            reason: `${service.object.path} has ${service.ports.map(known => known.name === undefined ? known.number : `${known.number} (${known.name})`).join(', ') || 'no ports'}`,
            fix: 'write number or name of a port of the Service',
          });
        }
      }
    }
  },
};

function hasPort(service: Service, port: number | string): boolean {
  return port === BY_ANNOTATION || service.ports.some(known => known.number === port || known.name === port);
}

interface Backend {
  readonly field: string;
  readonly name: string;
  readonly port?: number | string;
}

function backendsOf(object: ModelObject): Backend[] {
  const spec = fieldsOf(object.manifest.spec);
  const paths = entriesOf(spec.rules, 'spec.rules').flatMap(rule => entriesOf(fieldsOf(rule.value.http).paths, `${rule.field}.http.paths`));
  return [
    ...backend(fieldsOf(spec.defaultBackend), 'spec.defaultBackend'),
    ...backend(fieldsOf(spec.backend), 'spec.backend'),
    ...paths.flatMap(path => backend(fieldsOf(path.value.backend), `${path.field}.backend`)),
  ];
}

/** A backend as it is written today, or as it was before networking.k8s.io/v1. */
function backend(value: Fields, field: string): Backend[] {
  const old = textOf(value.serviceName);
  if (old !== undefined) return [{ field, name: old, port: numberOf(value.servicePort) ?? textOf(value.servicePort) }];
  const name = textOf(fieldsAt(value, 'service').name);
  const port = fieldsAt(value, 'service', 'port');
  return name === undefined ? [] : [{ field: `${field}.service`, name, port: textOf(port.name) ?? numberOf(port.number) }];
}
