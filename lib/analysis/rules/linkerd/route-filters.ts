import { isForLinkerd, parentsOfClients, routes } from './attached-routes';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, textOf } from '../../values';

const KNOWN = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect'];

const route = (filter: string) => `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop, annotations: { retry.linkerd.io/limit: "1" } }
spec:
  parentRefs: [{ group: core, kind: Service, name: orders }]
  rules:
    - backendRefs: [{ name: orders, port: 80 }]
      filters: [${filter}]
`;

export const routeFilters: Rule = {
  code: 'SM1354',
  title: 'a filter that Linkerd does not know',
  explanation: 'Over a filter other than header changes and redirects, Linkerd leaves out the whole route, or has the backend with it fail (linkerd2 policy-controller/k8s/index/src/outbound/index/'
    + 'http.rs, convert_gateway_filter). Only for routes of Services that are for Linkerd: by their group, their annotations or the cluster profile.',
  example: {
    refused: route('{ type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /v2 } } }'),
    accepted: route('{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-Version, value: v2 }] } }'),
  },
  check(context) {
    for (const object of routes(context)) {
      if (parentsOfClients(object).length === 0 || !isForLinkerd(context, object)) continue;
      for (const { field, value } of entriesOf(fieldsOf(object.manifest.spec).rules, 'spec.rules')) {
        const backends = entriesOf(value.backendRefs, `${field}.backendRefs`).flatMap(backend => entriesOf(backend.value.filters, `${backend.field}.filters`));
        for (const filter of [...entriesOf(value.filters, `${field}.filters`), ...backends]) {
          const type = textOf(filter.value.type);
          if (type === undefined || KNOWN.includes(type)) continue;
          context.report(object, {
            field: `${filter.field}.type`,
            value: type,
            reason: `Linkerd does not know the filter ${type}, and does not follow what it stands in`,
            fix: 'leave it out: header changes and redirects are what Linkerd does',
          });
        }
      }
    }
  },
};
