import { KEYS, valueFault } from './annotation-values';
import { linkerdAnnotations, parentsOfClients, routes } from './attached-routes';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { suggestion } from '../references/suggestion';

const route = (annotation: string, parent = 'group: core, kind: Service, name: orders') => `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop, annotations: { ${annotation} } }
spec:
  parentRefs: [{ ${parent} }]
  rules: [{ backendRefs: [{ name: orders, port: 80 }] }]
`;

export const annotationValue: Rule = {
  code: 'SM1351',
  title: 'retries and timeouts that Linkerd cannot read',
  explanation: 'Linkerd\'s admission webhook refuses a route for a Service whose annotations it cannot read; those of a Service it leaves out and logs (linkerd2 policy-controller/'
    + 'runtime/src/admission.rs, policy-controller/k8s/index/src/outbound/index.rs, parse_duration, and outbound/index/http.rs, parse_http_retry).',
  example: { refused: route('timeout.linkerd.io/request: "0.5s"'), accepted: route('timeout.linkerd.io/request: 500ms') },
  check(context) {
    const attached = routes(context).filter(object => parentsOfClients(object).length > 0);
    for (const object of [...attached, ...context.model.ofKind('', 'Service')]) {
      for (const [key, value] of linkerdAnnotations(object)) {
        const fault = valueFault(key, value);
        if (fault === undefined) continue;
        const onService = object.manifest.kind === 'Service';
        context.report(object, {
          severity: onService ? Severity.WARNING : Severity.ERROR,
          field: `metadata.annotations['${key}']`,
          value,
          reason: `${fault}; Linkerd ${onService ? 'leaves all of these annotations out' : 'refuses the route'}`,
          fix: key.endsWith('/http') ? 'write such as 5xx, gateway-error, 429 or 500-503, with commas between and no spaces' : key.endsWith('/grpc')
            ? 'write such as unavailable, with commas between and no spaces' : key.endsWith('/limit') ? 'write a whole number, such as "2"' : 'write a whole number and its unit, such as 500ms or 10s',
        });
      }
    }
  },
};

export const annotationName: Rule = {
  code: 'SM1352',
  title: 'an annotation for retries or timeouts that Linkerd does not know',
  explanation: 'Linkerd reads retry.linkerd.io/http, /grpc, /limit and /timeout, and timeout.linkerd.io/request, /response and /idle; others it passes over (linkerd.io/2/reference/retries, '
    + 'linkerd.io/2/reference/timeouts).',
  severity: Severity.WARNING,
  example: { refused: route('retry.linkerd.io/limits: "2"'), accepted: route('retry.linkerd.io/limit: "2"') },
  check(context) {
    for (const object of [...routes(context), ...context.model.ofKind('', 'Service'), ...context.model.ofKind('policy.linkerd.io', 'EgressNetwork')]) {
      for (const [key, value] of linkerdAnnotations(object)) {
        if (KEYS.includes(key)) continue;
        const meant = suggestion(key, KEYS);
        context.report(object, {
          field: `metadata.annotations['${key}']`,
          value,
          reason: 'Linkerd knows no such annotation and passes over it',
          fix: meant === undefined ? `use one of ${KEYS.join(', ')}` : `write ${meant}`,
        });
      }
    }
  },
};

export const annotationWithoutService: Rule = {
  code: 'SM1353',
  title: 'retries or timeouts of Linkerd on a route for no Service',
  explanation: 'Retries and timeouts are made by the proxies of clients, which follow routes whose parent is a Service or an EgressNetwork. Those of a Gateway or a Server are followed elsewhere '
    + '(linkerd.io/2/features/httproute).',
  severity: Severity.WARNING,
  example: { refused: route('retry.linkerd.io/limit: "2"', 'name: public'), accepted: route('retry.linkerd.io/limit: "2"') },
  check(context) {
    for (const object of routes(context)) {
      const [first] = linkerdAnnotations(object);
      if (first === undefined || parentsOfClients(object).length > 0) continue;
      context.report(object, {
        field: `metadata.annotations['${first[0]}']`,
        value: first[1],
        reason: 'the route has no Service for a parent, so no client of Linkerd follows it',
        fix: 'write the annotation on a route whose parentRefs name the Service (group: core, kind: Service), or on the Service itself',
      });
    }
  },
};
