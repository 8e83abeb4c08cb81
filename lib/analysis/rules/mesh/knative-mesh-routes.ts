import { IngressClass } from '../../../core/gateway-reference';
import { Severity } from '../../../core/problem';
import { hostsOf } from '../../hosts';
import { Rule } from '../../rule';
import { hostsOfRoute, isForSidecars, virtualServices } from '../references/virtual-service/routes';

const world = (host: string) => `apiVersion: serving.knative.dev/v1
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
metadata: { name: orders, namespace: shop }
spec:
  hosts: [${host}]
  http:
    - timeout: 3s
      rewrite: { authority: orders.shop.svc.cluster.local }
      route: [{ destination: { host: knative-local-gateway.istio-system.svc.cluster.local, port: { number: 80 } } }]
`;

export const knativeMeshRoutes: Rule = {
  code: 'SM1242',
  title: 'mesh routes for the host of a Knative service',
  explanation: 'net-istio writes a VirtualService for the mesh for every Knative service. Those of a gateway are merged, those of the mesh are not: with two for one host it is undefined which one '
    + 'holds (net-istio pkg/reconciler/ingress/resources/virtual_service.go; istio IST0109). Only where Knative runs behind net-istio.',
  severity: Severity.WARNING,
  peers: ['IST0109'],
  example: { refused: world('orders.shop.svc.cluster.local'), accepted: world('web.shop.svc.cluster.local') },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      const profile = context.profile(virtual);
      if (!profile.hasIstio || profile.ingressClass !== IngressClass.ISTIO || !isForSidecars(virtual)) continue;
      for (const [index, host] of hostsOfRoute(virtual).entries()) {
        const service = hostsOf(context.model).find(host, virtual, profile).known
          .find(({ object }) => object.group === 'serving.knative.dev' && (object.manifest.kind === 'Service' || object.manifest.kind === 'Route'));
        if (service === undefined) continue;
        context.report(virtual, {
          field: `spec.hosts[${index}]`,
          value: host,
          reason: `Knative writes the routes of ${service.object.path} itself, and which of two sets of routes for one host the mesh follows is undefined`,
          fix: 'split requests by the traffic of the service; timeouts and retries stand on the service and on the routes of a gateway',
        });
      }
    }
  },
};
