import { deployment } from './examples';
import { nameOf, onContainers, PodContainer, runsToTheEnd } from './pods';
import { Severity } from '../../../core/problem';
import { Finding } from '../../rule';
import { entriesOf, Fields, fieldsOf, isGiven, numberOf, textOf } from '../../workloads';

const PROBES: readonly (readonly [field: string, without: string, peers: string[], port: string])[] = [
  ['readinessProbe', 'gets requests before it can take them', ['no-readiness-probe', 'readinessProbeMissing'], 'readiness-port'],
  ['livenessProbe', 'is not started again when it hangs', ['no-liveness-probe', 'livenessProbeMissing'], 'liveness-port'],
  ['startupProbe', '', [], 'startup-port'],
];

export const probesMissing = onContainers({
  code: 'SM0723',
  title: 'container that nobody asks how it is',
  explanation: 'Without a readiness probe a pod gets requests as soon as its containers run; without a liveness probe a container that hangs keeps hanging '
    + '(Kubernetes documentation, probes).',
  severity: Severity.INFO,
  peers: PROBES.flatMap(([, , peers]) => peers),
  example: {
    refused: deployment({ container: 'readinessProbe: { tcpSocket: { port: 8080 } }' }),
    accepted: deployment({ container: 'readinessProbe: { tcpSocket: { port: 8080 } }\nlivenessProbe: { tcpSocket: { port: 8080 } }' }),
  },
  findings: container => container.init || runsToTheEnd(container.workload) ? [] : PROBES
    .filter(([field, , peers]) => peers.length > 0 && !isGiven(container.value[field]))
    .map(([field, without, peers]) => ({
      field: `${container.field}.${field}`,
      reason: `${nameOf(container)} ${without}`,
      fix: 'ask a path or port that answers only when the program works',
      peers,
    })),
});

export const probePortNumbers = onContainers({
  code: 'SM0761',
  title: 'probe of a port that the container does not list',
  explanation: 'A container listens where it likes, whatever its ports say; but mostly the list is right and the number in the probe is the mistake (Kubernetes documentation, probes).',
  severity: Severity.INFO,
  peers: PROBES.map(([, , , port]) => port),
  example: {
    refused: deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]\nreadinessProbe: { httpGet: { path: /ready, port: 8081 } }' }),
    accepted: deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]\nreadinessProbe: { httpGet: { path: /ready, port: 8080 } }' }),
  },
  findings: container => probedPorts(container).flatMap(({ port, place, ports }) => {
    const number = numberOf(port);
    return number === undefined || ports.some(({ containerPort }) => numberOf(containerPort) === number) ? [] : [{
      ...place,
      reason: `${nameOf(container)} does not list this port, so it may be a mistake`,
      fix: 'list the port, or correct the number',
    }];
  }),
});

export const probePorts = onContainers({
  code: 'SM0724',
  title: 'probe of a port that the container does not name',
  explanation: 'A probe names a port by its number or by a name from the container\'s ports. Of a name that is not there the kubelet makes a failed probe, '
    + 'so the pod is never ready or starts again and again (Kubernetes documentation, probes).',
  peers: PROBES.map(([, , , port]) => port),
  example: {
    refused: deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]\nreadinessProbe: { httpGet: { path: /ready, port: web } }' }),
    accepted: deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]\nreadinessProbe: { httpGet: { path: /ready, port: http } }' }),
  },
  findings: container => probedPorts(container).flatMap(({ port, place, ports }) => {
    const names = ports.map(({ name }) => textOf(name)).filter(name => name !== undefined);
    return typeof port !== 'string' || numberOf(port) !== undefined || names.includes(port) ? [] : [{
      ...place,
      reason: `${nameOf(container)} has no port of this name, so the probe always fails`,
      fix: names.length > 0 ? `write one of ${names.join(', ')}, or a number` : 'name the port in the container\'s ports, or write its number',
    }];
  }),
});

/** A port that a probe asks. */
interface ProbedPort {
  readonly port: unknown;
  /** What a finding on it begins with. */
  readonly place: Pick<Finding, 'field' | 'value' | 'peers'>;
  /** The TCP ports of the container. */
  readonly ports: readonly Fields[];
}

function probedPorts(container: PodContainer): ProbedPort[] {
  if (container.init) return [];
  const ports = entriesOf(container.value.ports, '').map(({ value }) => value).filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
  return PROBES.flatMap(([field, , , peer]) => {
    const probe = fieldsOf(container.value[field]);
    return ['httpGet', 'tcpSocket', 'grpc'].filter(handler => isGiven(probe[handler])).map(handler => {
      const { port } = fieldsOf(probe[handler]);
      return { port, place: { field: `${container.field}.${field}.${handler}.port`, value: port, peers: [peer] }, ports };
    });
  });
}
