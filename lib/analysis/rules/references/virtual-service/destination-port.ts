import { destinationsOf, exportOf, virtualServices } from './routes';
import { Severity } from '../../../../core/problem';
import { hostsOf, KnownHost } from '../../../hosts';
import { Rule } from '../../../rule';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: grpc, port: 9000 }
---
`;

export const destinationPortMissing: Rule = {
  code: 'SM0802',
  title: 'a route to a port that the host does not have',
  explanation: 'A destination names a port of the Service or ServiceEntry, not one of the pods. Requests to any other are answered with 503 '
    + '(istio pkg/config/analysis/analyzers/virtualservice/destinationhosts.go).',
  peers: ['IST0101'],
  example: {
    refused: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: orders, port: { number: 8080 } }
`,
    accepted: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: orders, port: { number: 80 } }
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      for (const { field, host, port } of destinationsOf(virtual)) {
        if (port === undefined) continue;
        const ports = portsOf(hostsOf(context.model).find(host, virtual, context.profile(virtual), exportOf(virtual)).known);
        if (ports === undefined || ports.includes(port)) continue;
        context.report(virtual, {
          field: `${field}.port.number`,
          value: port,
          reason: ports.length === 0 ? `${host} has no ports` : `${host} has the ports ${ports.join(', ')}`,
          fix: 'name a port of the Service (the number in front of its targetPort)',
        });
      }
    }
  },
};

export const destinationPortUnsaid: Rule = {
  code: 'SM0803',
  title: 'a route to a host with several ports that does not say which',
  explanation: 'Without a port the destination is the port at which the request came in, which a gateway has others of than the Service '
    + '(istio networking/v1alpha3/virtual_service.proto, Destination.port).',
  severity: Severity.WARNING,
  peers: ['IST0112'],
  example: {
    refused: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: orders }
`,
    accepted: `${SERVICE}apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders]
  http:
    - route:
        - destination: { host: orders, port: { number: 80 } }
`,
  },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      for (const { field, host, port } of destinationsOf(virtual)) {
        if (port !== undefined) continue;
        const { known } = hostsOf(context.model).find(host, virtual, context.profile(virtual), exportOf(virtual));
        const ports = portsOf(known.filter(isWritten));
        if (ports === undefined || ports.length < 2) continue;
        context.report(virtual, {
          field: `${field}.port`,
          reason: `${host} has the ports ${ports.join(', ')}, and the route does not say which of them it means`,
          fix: `write port: { number: ${ports[0]} }`,
        });
      }
    }
  },
};

// of what a controller makes, the second port is an internal one
function isWritten({ object }: KnownHost): boolean {
  return ['Service', 'ServiceEntry'].includes(object.manifest.kind) && object.group !== 'serving.knative.dev';
}

/** The ports of a host; undefined where one who declares it does not say. */
function portsOf(known: readonly KnownHost[]): number[] | undefined {
  if (known.length === 0 || known.some(({ ports }) => ports === undefined)) return undefined;
  return [...new Set(known.flatMap(({ ports }) => ports!))];
}
