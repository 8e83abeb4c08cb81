import { hostsOf, qualified } from '../../hosts';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { entriesOf, fieldsOf, textOf } from '../../values';
import { virtualServices } from '../references/virtual-service/routes';

const world = (mirror: string) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: registry.example.com/orders:1.2.0 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web.shop.svc.cluster.local]
  http:
    - route: [{ destination: { host: web.shop.svc.cluster.local, port: { number: 80 } } }]
      mirrors: [{ destination: { host: ${mirror}, port: { number: 80 } }, percentage: { value: 10 } }]
`;

export const mirrorToKnative: Rule = {
  code: 'SM1239',
  title: 'a mirror that is a Knative service',
  explanation: 'A copy of a request keeps the host of the original; Istio has no other host for mirrors. Knative\'s cluster-local gateway finds services by the host, so it would send the copy '
    + 'to the original\'s service or answer 404 (istio pilot/pkg/networking/core/route/route.go, TranslateRequestMirrorPolicy).',
  example: { refused: world('orders.shop.svc.cluster.local'), accepted: world('web.shop.svc.cluster.local') },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      for (const route of entriesOf(fieldsOf(virtual.manifest.spec).http, 'spec.http')) {
        const mirrors = [
          { field: `${route.field}.mirror`, value: fieldsOf(route.value.mirror) },
          ...entriesOf(route.value.mirrors, `${route.field}.mirrors`).map(({ field, value }) => ({ field: `${field}.destination`, value: fieldsOf(value.destination) })),
        ];
        for (const { field, value } of mirrors) {
          const host = textOf(value.host);
          if (host === undefined || !isKnative(context, virtual, host)) continue;
          context.report(virtual, {
            field: `${field}.host`,
            value: host,
            reason: 'copies keep the host of the original request, and the cluster-local gateway of Knative finds services by the host',
            fix: 'mirror to a Service with pods of its own, or give the service a share of the requests by weight',
          });
        }
      }
    }
  },
};

function isKnative(context: RuleContext, virtual: ModelObject, host: string): boolean {
  const profile = context.profile(virtual);
  const { serviceName, serviceNamespace } = profile.localGateway;
  return qualified(host, virtual.namespace ?? 'default', profile.clusterDomain) === profile.serviceHost(serviceName, serviceNamespace)
    || hostsOf(context.model).find(host, virtual, profile).known.some(({ object }) => object.group === 'serving.knative.dev');
}
