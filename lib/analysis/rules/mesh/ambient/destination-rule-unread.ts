import { isUsuallyAmbient, waypointOfService } from './waypoint-use';
import { membershipFromLabels, MESH_LABELS } from '../../../../core/membership';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { qualified, serviceOfHost } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { labelsOf, mapsOf, servicesOf, textOf, workloadsOf } from '../../../workloads';
import { destinationsOf, gatewaysOf, hostsOfRoute, isForSidecars, virtualServices } from '../../references/virtual-service/routes';
import { specOf } from '../policies';

const GROUP = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'];

const world = (label: string) => `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${label} } }
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
kind: DestinationRule
metadata: { name: ledger, namespace: shop }
spec:
  host: ledger.shop.svc.cluster.local
  trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 10 } } }
`;

export const destinationRuleUnread: Rule = {
  code: 'SM0281',
  title: 'a DestinationRule that no proxy reads',
  explanation: 'DestinationRules are for those who call: sidecars, gateways and waypoints. ztunnel reads none. So in ambient mode one for a Service without a waypoint does nothing, and with a waypoint '
    + 'it is looked for in the waypoint\'s namespace, in that of the Service and in the mesh\'s own (istio pilot/pkg/model/push_context.go, destinationRule). Not said where a gateway or another '
    + 'host\'s routes lead to the Service, or where anything of the app has a sidecar.',
  severity: Severity.WARNING,
  peers: ['KIA0210', 'KIA0211', 'KIA0212'],
  example: { refused: world(''), accepted: world(', istio.io/use-waypoint: waypoint') },
  check(context) {
    const { model } = context;
    for (const rule of model.ofKind('networking.istio.io', 'DestinationRule')) {
      const own = rule.namespace ?? 'default';
      const { clusterDomain, istioNamespace } = context.profile(rule);
      const host = qualified(textOf(specOf(rule).host) ?? '', own, clusterDomain);
      const named = serviceOfHost(host, clusterDomain);
      const service = named && servicesOf(model).find(named.namespace, named.name);
      if (!service || !isUsuallyAmbient(context, rule, service.namespace) || model.derived(hasSidecars)) continue;
      const waypoint = waypointOfService(model, service);
      const isRead = waypoint ? [waypoint.namespace, service.namespace, istioNamespace].includes(own) : !isUsuallyAmbient(context, rule);
      if (isRead || model.derived(routedTo).has(`${service.namespace}/${service.name}`)) continue;
      context.report(rule, {
        field: waypoint ? 'metadata.namespace' : 'spec.host',
        value: waypoint ? own : host,
        peers: waypoint ? ['KIA0212'] : ['KIA0210', 'KIA0211'],
        reason: waypoint
          ? `the waypoint ${waypoint.name} before ${service.name} reads DestinationRules of its own namespace, of ${service.namespace} and of ${istioNamespace}, not of ${own}`
          : `${service.name} is in ambient mode and has no waypoint, and ztunnel reads no DestinationRules: nobody applies this one`,
        fix: waypoint ? `write it into namespace ${service.namespace}` : 'deploy a waypoint and label the Service or its namespace istio.io/use-waypoint, or leave the DestinationRule out',
      });
    }
  },
};

/** Whether anything of the app has a sidecar, which reads DestinationRules wherever its callees are. */
function hasSidecars(model: ManifestModel): boolean {
  return model.ofKind('', 'Namespace').some(({ manifest }) => membershipFromLabels(labelsOf(manifest.metadata.labels)) === MeshMembership.SIDECAR)
    || workloadsOf(model).all.some(({ labels }) => labels[MESH_LABELS.podInjection] === 'true');
}

/** Services to which gateways or the routes of other hosts lead, as namespace/name: whoever sends requests there reads their DestinationRules. */
function routedTo(model: ManifestModel): Set<string> {
  return new Set([...virtualServices(model).flatMap(fromVirtualService), ...ROUTES.flatMap(kind => model.ofKind(GROUP, kind)).flatMap(fromRoute)]);
}

function fromVirtualService(virtual: ModelObject): string[] {
  const own = virtual.namespace ?? 'default';
  const hosts = hostsOfRoute(virtual).map(host => keyOf(host, own));
  const forMeshAlone = isForSidecars(virtual) && gatewaysOf(virtual).length === 0;
  return destinationsOf(virtual).map(({ host }) => keyOf(host, own)).filter(key => !forMeshAlone || hosts.some(host => host !== key) || hosts.length === 0);
}

function fromRoute(route: ModelObject): string[] {
  const own = route.namespace ?? 'default';
  const parents = mapsOf(specOf(route).parentRefs);
  return mapsOf(specOf(route).rules).flatMap(rule => mapsOf(rule.backendRefs)).flatMap(backend => {
    const name = textOf(backend.name);
    const isItself = parents.every(parent => parent.kind === 'Service' && parent.name === name);
    return name === undefined || isItself ? [] : [`${textOf(backend.namespace) ?? own}/${name}`];
  });
}

// which domain the cluster has does not matter to tell namespace and name
function keyOf(host: string, own: string): string {
  const [name, namespace] = host.split('.');
  return `${namespace ?? own}/${name}`;
}
