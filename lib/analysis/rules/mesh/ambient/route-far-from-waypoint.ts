import { isUsuallyAmbient, waypointOfService } from './waypoint-use';
import { Severity } from '../../../../core/problem';
import { qualified, serviceOfHost } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, servicesOf, textOf } from '../../../workloads';
import { hostsOfRoute, isForSidecars, virtualServices } from '../../references/virtual-service/routes';
import { specOf } from '../policies';

const GROUP = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'];

const world = (namespace: string) => `apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: shop }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ledger, namespace: ${namespace} }
spec:
  hosts: [ledger.shop.svc.cluster.local]
  http: [{ timeout: 2s, route: [{ destination: { host: ledger.shop.svc.cluster.local } }] }]
`;

export const routeFarFromWaypoint: Rule = {
  code: 'SM0280',
  title: 'routes that the waypoint does not read',
  explanation: 'A waypoint follows the routes that stand in the namespace of the Service, or in its own, and leaves out all others: a namespace cannot say in ambient mode how it calls the Services '
    + 'of another one (istio pilot/pkg/networking/core/listener_waypoint.go, getVirtualServiceForWaypoint).',
  severity: Severity.WARNING,
  peers: ['KIA1114'],
  example: { refused: world('web'), accepted: world('shop') },
  check(context) {
    for (const object of virtualServices(context.model)) {
      if (!isForSidecars(object)) continue;
      const { clusterDomain } = context.profile(object);
      hostsOfRoute(object).forEach((host, index) => {
        const service = serviceOfHost(qualified(host, object.namespace ?? 'default', clusterDomain), clusterDomain);
        if (service) report(context, object, service.namespace, service.name, `spec.hosts[${index}]`);
      });
    }
    for (const object of ROUTES.flatMap(kind => context.model.ofKind(GROUP, kind))) {
      for (const { field, value } of entriesOf(specOf(object).parentRefs, 'spec.parentRefs')) {
        if (value.kind === 'Service') report(context, object, textOf(value.namespace) ?? object.namespace ?? 'default', textOf(value.name) ?? '', `${field}.namespace`);
      }
    }
  },
};

function report(context: RuleContext, route: ModelObject, namespace: string, name: string, field: string): void {
  if (route.namespace === namespace) return;
  const service = servicesOf(context.model).find(namespace, name);
  const waypoint = service && waypointOfService(context.model, service);
  // sidecars follow the routes of their own namespace, whoever the Service belongs to
  if (!waypoint || waypoint.namespace === route.namespace || !isUsuallyAmbient(context, route) || !isUsuallyAmbient(context, route, namespace)) return;
  context.report(route, {
    field,
    value: `${namespace}/${name}`,
    reason: `the waypoint ${waypoint.name} before ${name} reads routes of the namespaces ${[...new Set([namespace, waypoint.namespace])].join(' and ')} alone: nobody follows these, of namespace ${route.namespace}`,
    fix: `write them into namespace ${namespace}, beside the Service`,
  });
}
