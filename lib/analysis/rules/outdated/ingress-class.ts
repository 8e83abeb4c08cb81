import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, labelsOf, textOf } from '../../workloads';

const ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

const ingress = (className: string) => `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: orders, namespace: shop }
spec:
${className}  rules:
    - host: orders.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: orders, port: { number: 80 } } } }]
`;

export const ingressClass: Rule = {
  code: 'SM0915',
  title: 'an Ingress that no controller is asked to serve',
  explanation: 'An Ingress without a class is served where the cluster has a default class, and else by nobody or by several controllers at once '
    + '(kubernetes.io, concepts/services-networking/ingress, "default ingress class").',
  severity: Severity.WARNING,
  example: { refused: ingress(''), accepted: ingress('  ingressClassName: istio\n') },
  check(context) {
    const classes = context.model.ofKind('networking.k8s.io', 'IngressClass');
    if (classes.some(object => labelsOf(object.manifest.metadata.annotations)[DEFAULT] === 'true')) return;
    for (const group of ['networking.k8s.io', 'extensions']) {
      for (const object of context.model.ofKind(group, 'Ingress')) {
        const named = textOf(fieldsOf(object.manifest.spec).ingressClassName) ?? labelsOf(object.manifest.metadata.annotations)[ANNOTATION];
        if (named !== undefined) continue;
        context.report(object, {
          field: 'spec.ingressClassName',
          reason: 'without a class it depends on the cluster\'s default whether anybody serves it',
          fix: 'write ingressClassName (istio for Istio\'s), or use a Gateway with an HTTPRoute: the controller that most clusters had as default, ingress-nginx, is retired',
        });
      }
    }
  },
};
