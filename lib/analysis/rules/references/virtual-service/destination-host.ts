import { destinationsOf, exportOf, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { hostsOf, Lookup, Whereabouts } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Finding, Rule } from '../../../rule';
import { hostAdvice } from '../host-advice';

export const destinationHost: Rule = {
  code: 'SM0801',
  title: 'a route to a host that nobody declares',
  explanation: 'Requests to a host that is not in the mesh\'s registry, be it of Services or of ServiceEntries, are answered with 503 or 404. A host without a dot is '
    + 'completed in the namespace of the VirtualService, any other is taken as it is. An error where the app writes the Services of that namespace and there is none of '
    + 'this name; a warning where the host may belong to another app (istio pilot/pkg/model/config.go, pkg/config/analysis/analyzers/virtualservice/destinationhosts.go).',
  peers: ['IST0101', 'KIA1101'],
  example: {
    refused: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: order }
`,
    accepted: `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: orders }
`,
  },
  check(context) {
    const virtuals = virtualServices(context.model);
    if (virtuals.length === 0) return;
    const hosts = hostsOf(context.model);
    for (const virtual of virtuals) {
      const said = new Set<string>();
      for (const { field, host } of destinationsOf(virtual)) {
        // a wildcard is no name of a host, which SM1005 says
        if (said.has(host) || host.includes('*')) continue;
        said.add(host);
        const lookup = hosts.find(host, virtual, context.profile(virtual), exportOf(virtual));
        const finding = flaw(lookup, virtual, host);
        if (finding) context.report(virtual, { field: `${field}.host`, value: host, ...finding });
      }
    }
  },
};

function flaw(lookup: Lookup, virtual: ModelObject, host: string): Finding | undefined {
  const advice = hostAdvice(lookup, virtual, host);
  return advice && { ...advice, severity: lookup.whereabouts === Whereabouts.MISSING ? Severity.ERROR : Severity.WARNING };
}
