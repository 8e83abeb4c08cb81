import { destinationsOf, gatewaysOf, hostsOfRoute, isForSidecars, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { qualified } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { addTo } from '../../../workloads';

const WORLD = `apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec:
  selector: { app: reviews }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [shop.example.com]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews, subset: v1 } }]
---
`;

export const ingressRoutes: Rule = {
  code: 'SM0810',
  title: 'routes to subsets that requests from outside go past',
  explanation: 'A gateway follows the routes that are bound to it and no others: where it sends requests to a host, the subsets that a VirtualService for sidecars chooses for '
    + 'that host have no say (istio pkg/config/analysis/analyzers/virtualservice/destinationhosts.go).',
  severity: Severity.WARNING,
  peers: ['IST0140'],
  example: {
    refused: `${WORLD}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - route: [{ destination: { host: reviews } }]
`,
    accepted: `${WORLD}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
    - route: [{ destination: { host: reviews, subset: v1 } }]
`,
  },
  check(context) {
    const bySidecars = chosenSubsets(context);
    if (bySidecars.size === 0) return;
    for (const virtual of virtualServices(context.model)) {
      if (gatewaysOf(virtual).length === 0) continue;
      for (const { field, host, subset } of destinationsOf(virtual).filter(destination => destination.field.startsWith('spec.http'))) {
        const other = (bySidecars.get(inFull(context, virtual, host)) ?? []).find(candidate => candidate !== virtual);
        if (subset !== undefined || other === undefined || field.includes('mirror')) continue;
        context.report(virtual, {
          field,
          value: host,
          reason: `${other.path} chooses subsets of this host for sidecars, which the gateway does not follow`,
          fix: 'name the subset here too, or bind the routes with the subsets to the gateway as well',
        });
      }
    }
  },
};

/** VirtualServices that choose subsets of the very hosts that they are for. */
function chosenSubsets(context: RuleContext): Map<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const virtual of virtualServices(context.model).filter(isForSidecars)) {
    const own = new Set(hostsOfRoute(virtual).map(host => inFull(context, virtual, host)));
    for (const { host, subset } of destinationsOf(virtual)) {
      const full = inFull(context, virtual, host);
      if (subset !== undefined && own.has(full)) addTo(found, full, virtual);
    }
  }
  return found;
}

function inFull(context: RuleContext, virtual: ModelObject, host: string): string {
  return qualified(host, virtual.namespace ?? 'default', context.profile(virtual).clusterDomain);
}
