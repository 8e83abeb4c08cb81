import { exportOf, hostsOfRoute, isForSidecars, virtualServices } from './routes';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { IngressClass } from '../../../../core/gateway-reference';
import { Severity } from '../../../../core/problem';
import { exportedTo, hostsOf, hostsOverlap, isWildcard, KnownHost, qualified } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { firstFew, paths } from '../listing';

const EVERYONE = '*';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

export const meshConflict: Rule = {
  code: 'SM0808',
  title: 'two sets of routes for one host of the mesh',
  explanation: 'Sidecars take one VirtualService a host, and which one of two is not defined; only gateways merge them '
    + '(istio pkg/config/analysis/analyzers/virtualservice/conflictingmeshgatewayhosts.go).',
  severity: Severity.WARNING,
  peers: ['IST0109', 'KIA1106'],
  example: {
    refused: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders-read, namespace: shop }
spec:
  hosts: [orders]
  http:
    - match: [{ method: { exact: GET } }]
      route: [{ destination: { host: orders } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders-write, namespace: shop }
spec:
  hosts: [orders.shop.svc.cluster.local]
  http:
    - route: [{ destination: { host: orders } }]
`,
    accepted: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - match: [{ method: { exact: GET } }]
      route: [{ destination: { host: orders } }]
    - route: [{ destination: { host: orders } }]
`,
  },
  check(context) {
    for (const [virtual, others] of rivals(context.model)) {
      context.report(virtual, {
        field: 'spec.hosts',
        value: hostsOfRoute(virtual),
        reason: `${paths([...others])} ${others.size > 1 ? 'route' : 'routes'} the same host for sidecars, and which one counts is not defined`,
        fix: 'write the routes into one VirtualService, the most specific match first',
      });
    }
  },
};

export const knativeRouteConflict: Rule = {
  code: 'SM0809',
  title: 'routes for the host of a Knative service',
  explanation: 'net-istio writes a VirtualService for sidecars for every Knative service, with the hosts of its cluster-local address. A second one for such a host competes '
    + 'with it, and which one counts is not defined (net-istio pkg/reconciler/ingress/resources/virtual_service.go).',
  severity: Severity.WARNING,
  peers: ['IST0109'],
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: example.com/orders:1.2.0 }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.shop.svc.cluster.local]
  http:
    - route:
        - destination: { host: knative-local-gateway.istio-system.svc.cluster.local, port: { number: 80 } }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    spec:
      containers: [{ image: example.com/orders:1.2.0 }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - rewrite: { authority: orders.shop.svc.cluster.local }
      route:
        - destination: { host: knative-local-gateway.istio-system.svc.cluster.local, port: { number: 80 } }
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model).filter(isForSidecars)) {
      const profile = context.profile(virtual);
      // behind another networking layer nobody but the user writes routes for sidecars
      if (!profile.hasIstio || profile.ingressClass !== IngressClass.ISTIO) continue;
      for (const [index, host] of hostsOfRoute(virtual).entries()) {
        const owner = hostsOf(context.model).find(host, virtual, profile).known.find(isKnative);
        if (owner === undefined || isWildcard(host)) continue;
        context.report(virtual, {
          field: `spec.hosts[${index}]`,
          value: host,
          reason: `Knative writes the routes of ${owner.host} for sidecars itself, and which of the two counts is not defined`,
          fix: 'say what you need on the service (spec.traffic, timeouts), or route another host to it through the cluster-local gateway',
        });
      }
    }
  },
};

/** For every VirtualService a few of the others that claim one of its hosts for sidecars that see both. */
function rivals(model: ManifestModel): Map<ModelObject, Set<ModelObject>> {
  const claims = new Map<string, Map<string, Set<ModelObject>>>();
  for (const virtual of virtualServices(model).filter(isForSidecars)) {
    for (const host of hostsInFull(virtual)) {
      const scopes = claims.get(host) ?? new Map<string, Set<ModelObject>>();
      claims.set(host, scopes);
      for (const scope of scopesOf(virtual)) scopes.set(scope, (scopes.get(scope) ?? new Set()).add(virtual));
    }
  }
  const wildcards = [...claims.keys()].filter(isWildcard);
  const found = new Map<ModelObject, Set<ModelObject>>();
  for (const [host, scopes] of claims) {
    for (const [scope, virtuals] of scopes) {
      // what only some namespaces see collides there with what all see
      const seenByAll = scope === EVERYONE ? [] : (isWildcard(host) ? [...claims.keys()] : [host, ...wildcards])
        .filter(other => hostsOverlap(other, host))
        .flatMap(other => [...claims.get(other)!.get(EVERYONE) ?? []]);
      const together = new Set([...virtuals, ...seenByAll]);
      if (together.size < 2) continue;
      for (const virtual of together) {
        const others = found.get(virtual) ?? new Set();
        firstFew(together, other => other !== virtual).forEach(other => others.add(other));
        found.set(virtual, others);
      }
    }
  }
  return found;
}

function hostsInFull(virtual: ModelObject): string[] {
  const { clusterDomain } = ClusterProfile.of(virtual.construct);
  return hostsOfRoute(virtual).map(host => qualified(host, virtual.namespace ?? 'default', clusterDomain));
}

function scopesOf(virtual: ModelObject): string[] {
  const scopes = exportedTo(exportOf(virtual), virtual.namespace ?? 'default');
  return scopes.includes(EVERYONE) ? [EVERYONE] : scopes;
}

function isKnative({ object }: KnownHost): boolean {
  return object.group === 'serving.knative.dev' && (object.manifest.kind === 'Service' || object.manifest.kind === 'Route');
}
