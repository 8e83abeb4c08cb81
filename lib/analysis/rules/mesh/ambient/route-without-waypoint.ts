import { isAmbient, waypointIn, waypointOfNamespace } from './waypoint-use';
import { MeshMode } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { WAYPOINT_LABELS } from '../../../../core/waypoints';
import { serviceOfHost } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, servicesOf, textOf, textsOf } from '../../../workloads';
import { specOf } from '../policies';

export const routeWithoutWaypoint: Rule = {
  code: 'SM1324',
  title: 'routes in the mesh that nobody follows',
  explanation: 'In ambient mode routes are followed by waypoints: ztunnel forwards connections and reads no HTTP. A VirtualService for the mesh, or an HTTPRoute whose parent is a '
    + 'Service, does nothing for a Service without a waypoint (istio.io/docs/ambient/usage/l7-features).',
  severity: Severity.WARNING,
  peers: ['KIA1109', 'KIA1113'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: shop }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ledger, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: ledger, port: 80 }]
  rules: [{ timeouts: { request: 2s }, backendRefs: [{ name: ledger, port: 80 }] }]
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: shop, labels: { istio.io/use-waypoint: waypoint } }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ledger, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: ledger, port: 80 }]
  rules: [{ timeouts: { request: 2s }, backendRefs: [{ name: ledger, port: 80 }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
`,
  },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'VirtualService')) {
      const gateways = textsOf(specOf(object).gateways);
      // sidecars of a mixed mesh follow it, and so may gateways
      if (context.profile(object).mesh !== MeshMode.AMBIENT || gateways.some(gateway => gateway !== 'mesh')) continue;
      textsOf(specOf(object).hosts).forEach((host, i) => {
        const service = serviceOfHost(host, context.profile(object).clusterDomain)
          ?? (host.includes('.') ? undefined : { name: host, namespace: object.namespace ?? 'default' });
        if (service) report(context, object, service.namespace, service.name, `spec.hosts[${i}]`);
      });
    }
    for (const object of context.model.ofKind('gateway.networking.k8s.io', 'HTTPRoute')) {
      for (const { field, value } of entriesOf(specOf(object).parentRefs, 'spec.parentRefs')) {
        if (value.kind !== 'Service') continue;
        report(context, object, textOf(value.namespace) ?? object.namespace ?? 'default', textOf(value.name) ?? '', `${field}.name`);
      }
    }
  },
};

function report(context: RuleContext, route: ModelObject, namespace: string, name: string, field: string): void {
  const service = servicesOf(context.model).find(namespace, name);
  if (!service || service.labels[WAYPOINT_LABELS.use] !== undefined && waypointIn(service.labels, namespace)) return;
  if (!isAmbient(context, route, namespace)) return;
  const off = service.labels[WAYPOINT_LABELS.use] === 'none';
  if (!off && waypointOfNamespace(context.model, namespace)) return;
  context.report(route, {
    field,
    value: name,
    reason: `${name} is in ambient mode and has no waypoint, and ztunnel reads no HTTP: nobody follows these routes`,
    fix: `deploy a waypoint and label the Service or its namespace ${WAYPOINT_LABELS.use} (with the constructs, new Waypoint(chart, 'waypoint')), or leave the routes out`,
  });
}
