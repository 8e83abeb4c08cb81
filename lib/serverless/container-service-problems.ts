import { ContainerPort } from './container-port';
import { ContainerMetrics, ContainerServiceProps } from './container-service-props';
import { SERVICE_ACCOUNT } from './serverless-service-problems';
import { ClusterProfile } from '../core/cluster-profile';
import { MeshMembership } from '../core/mesh-mode';
import { ProblemReport } from '../core/problem';
import { Expected, FLAG, instanceOf, NUMBER, optionsLike, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

export const METRICS = optionsLike<ContainerMetrics>('an object with port and path', 'pass { port: 9090 } or the like');

const PORT = instanceOf(ContainerPort, 'use a factory, as in ContainerPort.http(8080)');
const PORTS: Expected<unknown[]> = { what: 'a list of ContainerPorts', fix: PORT.fix, holds: (value): value is unknown[] => Array.isArray(value) };

/** A service as its problems see it. */
export interface ServiceState {
  readonly props: ContainerServiceProps;
  readonly ports: readonly ContainerPort[];
  readonly scraped: boolean;
  readonly membership: MeshMembership;
  readonly profile: ClusterProfile;
  /** Versions that were added twice. */
  readonly repeated: readonly string[];
}

/** What a service says that cannot be; what its versions say is theirs. */
export function serviceProblems(state: ServiceState): ProblemReport[] {
  const { props, ports } = state;
  return [
    ...wrongType('name', props.name, TEXT),
    ...wrongType('version', props.version, TEXT),
    ...wrongType('ports', props.ports, PORTS),
    ...(usable(props.ports, PORTS) ?? []).flatMap((port, index) => wrongType(`ports[${index}]`, port ?? 'nothing', PORT)),
    ...ports.flatMap((port, index) => port._problems(`ports[${index}]`)),
    ...wrongType('metrics', props.metrics, METRICS),
    ...wrongType('metrics.port', usable(props.metrics, METRICS)?.port, NUMBER),
    ...wrongType('metrics.path', usable(props.metrics, METRICS)?.path, TEXT),
    ...wrongType('serviceAccount', props.serviceAccount, SERVICE_ACCOUNT),
    ...wrongType('inMesh', props.inMesh, FLAG),
    ...wrongType('labels', props.labels, TEXT_MAP),
    ...wrongType('annotations', props.annotations, TEXT_MAP),
    ...portProblems(ports),
    ...metricsProblems(state),
    ...state.repeated.map(version => ({
      code: 'SM1174',
      field: `addVersion(${version})`,
      reason: 'the service already has a version of this name, and a label tells its pods from others',
      fix: 'give it another name, or change the version that is there',
    })),
  ];
}

function portProblems(ports: readonly ContainerPort[]): ProblemReport[] {
  if (ports.length === 0) {
    return [{ code: 'SM1175', field: 'ports', reason: 'a service without a port cannot be called, and the API server refuses it', fix: 'name at least one, or use a Deployment' }];
  }
  const names = ports.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? [] : [{
    code: 'SM1175',
    field: 'ports',
    value: twice,
    reason: 'two ports have this name, which is that of their protocol unless they say another',
    fix: "name one of them, as in ContainerPort.http(8081, { name: 'http-admin' })",
  }];
}

function metricsProblems({ props, ports, scraped, membership, profile }: ServiceState): ProblemReport[] {
  if (!scraped) return [];
  const metrics = usable(props.metrics, METRICS);
  if (metrics === undefined) {
    return [{
      code: 'SM1176',
      field: 'metrics',
      reason: 'Prometheus is to scrape the pods, and nothing says where they show their metrics',
      fix: 'say it: metrics: { port: 9090 }',
    }];
  }
  const shared = ports.some(({ port }) => port === metrics.port);
  if (!shared || membership === MeshMembership.OUTSIDE || !profile.monitoring.outsideMesh) return [];
  return [{
    code: 'SM1177',
    field: 'metrics.port',
    value: metrics.port,
    reason: 'requests come in on this port as well, so it cannot be opened to a Prometheus outside of the mesh, which has no identity',
    fix: 'show the metrics on a port of their own, or take Prometheus into the mesh (monitoring.outsideMesh: false in the cluster profile)',
  }];
}
