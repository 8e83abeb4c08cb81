import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { Rule, RuleContext } from '../../../rule';
import { labelsOf, membershipOf, Service, ServicePort, servicesOf } from '../../../workloads';

const PROTOCOLS = ['tcp', 'udp', 'grpc', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'];
/** Ports at which the server speaks first, so that Istio takes them for TCP without looking. */
const SERVER_FIRST = [25, 53, 3306, 27017];
const STANDARD = ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'];

const service = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [${port}]
`;

export const portProtocol: Rule = {
  code: 'SM0852',
  title: 'a port whose protocol Istio has to guess',
  explanation: 'Istio reads the protocol from appProtocol or from the part of the port\'s name before the first dash. Of other ports it looks at the first bytes, which takes server-first '
    + 'protocols for a hang, and which policies for HTTP do not rely on (istio.io, ops/configuration/traffic-management/protocol-selection; istio pkg/config/kube/conversion.go).',
  severity: Severity.INFO,
  peers: ['IST0118', 'KIA0601'],
  example: {
    refused: service('{ name: orders, port: 80, targetPort: 8080 }'),
    accepted: service('{ name: http-orders, port: 80, targetPort: 8080 }'),
  },
  check(context) {
    for (const candidate of servicesOf(context.model).all) {
      if (candidate.type === 'ExternalName' || !isInMesh(context, candidate) || isOfIstio(candidate)) continue;
      for (const port of candidate.ports.filter(({ appProtocol }) => appProtocol === undefined)) {
        if (isKnown(port)) continue;
        context.report(candidate.object, {
          field: port.name === undefined ? port.field : `${port.field}.name`,
          value: port.name,
          reason: port.name === undefined ? 'a port without a name says nothing of its protocol' : 'the name does not begin with a protocol that Istio knows',
          fix: `write appProtocol: http (or grpc, tcp, …), or name it http${port.name === undefined ? '' : `-${port.name}`}`,
        });
      }
    }
  },
};

export const unknownAppProtocol: Rule = {
  code: 'SM0853',
  title: 'an appProtocol that Istio does not know',
  explanation: 'Istio knows tcp, udp, grpc, grpc-web, http, http2, https, tls, mongo, redis, mysql and the standard names of Kubernetes (kubernetes.io/h2c, ws, wss). Any other it treats '
    + 'as if nothing were said (istio pkg/config/kube/conversion.go).',
  severity: Severity.WARNING,
  peers: ['KIA0602'],
  example: {
    refused: service('{ name: http, port: 80, targetPort: 8080, appProtocol: htp }'),
    accepted: service('{ name: http, port: 80, targetPort: 8080, appProtocol: http }'),
  },
  check(context) {
    for (const candidate of servicesOf(context.model).all) {
      if (!isInMesh(context, candidate)) continue;
      for (const { field, appProtocol, protocol } of candidate.ports) {
        // names with a domain in front are for other implementations
        if (appProtocol === undefined || protocol === 'UDP' || speaks(appProtocol) || STANDARD.includes(appProtocol) || appProtocol.includes('/')) continue;
        context.report(candidate.object, {
          field: `${field}.appProtocol`,
          value: appProtocol,
          reason: 'Istio does not know this protocol and treats the port as if none were said',
          fix: `write one of ${PROTOCOLS.join(', ')}`,
        });
      }
    }
  },
};

export const externalNamePort: Rule = {
  code: 'SM0854',
  title: 'an alias with a port of no protocol',
  explanation: 'For a Service of type ExternalName a port that is named tcp, or after no protocol, makes the sidecar take every connection to that port number '
    + '(istio pkg/config/analysis/analyzers/service/portname.go).',
  severity: Severity.WARNING,
  peers: ['IST0150'],
  example: {
    refused: `apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec:
  type: ExternalName
  externalName: api.bank.example
  ports: [{ name: tcp, port: 443 }]
`,
    accepted: `apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec:
  type: ExternalName
  externalName: api.bank.example
  ports: [{ name: tls, port: 443 }]
`,
  },
  check(context) {
    for (const candidate of servicesOf(context.model).all.filter(({ type }) => type === 'ExternalName')) {
      if (!context.profile(candidate.object).hasIstio || isOfIstio(candidate)) continue;
      for (const port of candidate.ports) {
        if (port.name !== 'tcp' && isKnown(port)) continue;
        context.report(candidate.object, {
          field: `${port.field}.name`,
          value: port.name,
          reason: 'the name does not say which protocol is spoken, so sidecars take all connections to this port number for this Service',
          fix: 'name the port after its protocol (http, https, tls), or declare a ServiceEntry instead',
        });
      }
    }
  },
};

function isKnown({ name, appProtocol, protocol, number }: ServicePort): boolean {
  return protocol === 'UDP' || speaks(appProtocol ?? name ?? '') || STANDARD.includes(appProtocol ?? '') || SERVER_FIRST.includes(number);
}

function speaks(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('grpc-web') || PROTOCOLS.includes(lower.split('-')[0]);
}

function isInMesh(context: RuleContext, candidate: Service): boolean {
  if (!context.profile(candidate.object).hasIstio) return false;
  const pods = servicesOf(context.model).podsOf(candidate);
  return pods.length === 0 || pods.some(workload => membershipOf(context.model, workload) !== MeshMembership.OUTSIDE);
}

/** Whether a Service belongs to Istio itself, or is made by it. */
function isOfIstio({ object }: Service): boolean {
  const labels = labelsOf(object.manifest.metadata.labels);
  return labels.istio !== undefined || labels.release === 'istio' || labels['gateway.istio.io/managed'] !== undefined;
}
