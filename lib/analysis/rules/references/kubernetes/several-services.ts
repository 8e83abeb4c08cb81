import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { Rule, RuleContext } from '../../../rule';
import { Kept, labelsOf, membershipOf, Service, ServicePort, servicesOf, Workload, workloadsOf } from '../../../workloads';
import { listing } from '../listing';

const WORLD = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

const second = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: orders-internal, namespace: shop }
spec:
  selector: { app: orders }
  ports: [${port}]
`;

export const protocolsAtOnePort: Rule = {
  code: 'SM0873',
  title: 'one port of a Deployment with two protocols',
  explanation: 'Where two Services lead to the same pods and use one port number with different protocols, the sidecar cannot tell which one it is '
    + '(istio pkg/config/analysis/analyzers/deployment/services.go; istio.io, ops/deployment/application-requirements).',
  severity: Severity.WARNING,
  peers: ['IST0116'],
  example: {
    refused: WORLD + second('{ name: udp, port: 80, targetPort: 8080, protocol: UDP }'),
    accepted: WORLD + second('{ name: http, port: 80, targetPort: 8080 }'),
  },
  check(context) {
    const clashes = new Kept(protocolClashes);
    for (const { workload, services } of deployments(context)) {
      for (const { subject, uses } of clashes.of(services)) {
        context.report(workload.object, {
          field: 'spec.template.metadata.labels',
          reason: `port ${subject} is ${uses}`,
          fix: 'use one protocol for the port in all Services of these pods, or other ports',
        });
      }
    }
  },
};

export const portsForOneTarget: Rule = {
  code: 'SM0874',
  title: 'two Services with different ports for one port of the pods',
  explanation: 'The sidecar takes requests at the port of the pods and has to decide which Service they were for. With two Services that lead there from different ports, policies and routes '
    + 'of one may be applied to requests of the other (istio pkg/config/analysis/analyzers/deployment/services.go).',
  severity: Severity.WARNING,
  peers: ['IST0137'],
  example: {
    refused: WORLD + second('{ name: http, port: 8081, targetPort: 8080 }'),
    accepted: WORLD + second('{ name: http, port: 80, targetPort: 8080 }'),
  },
  check(context) {
    const clashes = new Kept(portClashes);
    for (const { workload, services } of deployments(context)) {
      for (const { subject, uses } of clashes.of(services)) {
        context.report(workload.object, {
          field: 'spec.template.metadata.labels',
          reason: `to port ${subject} of these pods lead ${uses}`,
          fix: 'use one port number for it in all Services, or give the pods a port for each',
        });
      }
    }
  },
};

/** A port for which Services differ, and in what. */
interface Clash {
  readonly subject: string;
  readonly uses: string;
}

function protocolClashes(services: readonly Service[]): Clash[] {
  return clashesOf(services, ({ number, protocol }, service) => [String(number), `${protocol} in Service ${service}`, protocol]);
}

function portClashes(services: readonly Service[]): Clash[] {
  return clashesOf(services, ({ target, number }, service) => [String(target), `port ${number} of Service ${service}`, String(number)]);
}

type Say = (port: ServicePort, service: string) => [subject: string, text: string, value: string];

function clashesOf(services: readonly Service[], say: Say): Clash[] {
  const found = new Map<string, Map<string, string>>();
  for (const service of services) {
    for (const port of service.ports) {
      const [subject, text, value] = say(port, service.name);
      const texts = found.get(subject) ?? new Map<string, string>();
      found.set(subject, texts);
      if (!texts.has(value)) texts.set(value, text);
    }
  }
  return [...found].filter(([, texts]) => texts.size > 1).map(([subject, texts]) => ({ subject, uses: listing([...texts.values()]) }));
}

/** Deployments of the mesh with the Services that lead to them. */
function deployments(context: RuleContext): { readonly workload: Workload; readonly services: readonly Service[] }[] {
  return workloadsOf(context.model).all
    .filter(({ object }) => object.group === 'apps' && object.manifest.kind === 'Deployment' && labelsOf(object.manifest.metadata.labels)['gateway.istio.io/managed'] === undefined)
    .filter(workload => ![undefined, MeshMembership.OUTSIDE].includes(membershipOf(context.model, workload)))
    .map(workload => ({ workload, services: servicesOf(context.model).ofWorkload(workload) }));
}
