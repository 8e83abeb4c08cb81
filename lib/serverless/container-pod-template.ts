import { ContainerPort } from './container-port';
import type { ContainerTemplateProps, GracefulShutdown } from './container-template-props';
import { list, renderChecks, renderInit, renderSettings, renderSidecar, renderVolumes } from './containers';
import { HealthCheck } from './health-check';
import { renderNativePod } from './pod-spec';
import { meshProxyAnnotations } from './proxy-resources';
import { ClusterProfile } from '../core/cluster-profile';
import { wholeSeconds } from '../core/durations';
import { podMeshAnnotations, podMeshLabels } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { FLAG, instanceOf, optionsLike, TEXT_MAP, usable } from '../core/wrong-type';

const HEALTH_CHECK = instanceOf(HealthCheck, '');
const EXCLUDE_INBOUND_PORTS = 'traffic.sidecar.istio.io/excludeInboundPorts';
const PROXY_CONFIG = 'proxy.istio.io/config';
const GENERATION = 'pod-template-hash';

/** What the pods of a version are made from. */
export interface PodInput {
  readonly name: string;
  readonly image: string | undefined;
  readonly props: ContainerTemplateProps;
  readonly ports: readonly ContainerPort[];
  /** Port of the metrics where it is none of those above. */
  readonly metricsPort?: number;
  /** Labels by which the Deployment knows its pods. */
  readonly selector: { [key: string]: string };
  readonly profile: ClusterProfile;
  readonly membership: MeshMembership;
  readonly serviceAccountName: string;
  /** Whether the service account is the service's own. */
  readonly ownAccount: boolean;
  /** Port that the sidecar leaves alone, so that Prometheus gets there without a mesh identity. */
  readonly openPort?: number;
  /** Whether more than one pod runs. */
  readonly several: boolean;
}

/** Name of the port that shows nothing but metrics. */
export const METRICS_PORT_NAME = 'http-metrics';

export const SHUTDOWN = optionsLike<GracefulShutdown>('an object with delay and gracePeriod', 'pass { gracePeriod: Duration.seconds(60) } or the like');

/** The pod template of a Deployment. */
export function renderPodTemplate(input: PodInput): object {
  const annotations = podAnnotations(input);
  const { props } = input;
  const { topologySpreadConstraints: own, ...said } = renderNativePod(props, { selector: input.selector, generation: GENERATION }, input.ownAccount);
  const [sidecars, first] = [list(props.sidecars), list(props.initContainers)];
  const { gracePeriod } = usable(props.shutdown, SHUTDOWN) ?? {};
  return {
    metadata: {
      labels: {
        ...podMeshLabels(input.membership, input.profile.mesh),
        ...texts(props.templateLabels),
        ...input.selector,
      },
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    },
    spec: {
      ...said,
      topologySpreadConstraints: usable(props.spread, FLAG) ?? (own === undefined && input.several) ? [...spreadOver(input.selector), ...own ?? []] : own,
      serviceAccountName: input.serviceAccountName,
      terminationGracePeriodSeconds: wholeSeconds(gracePeriod) ?? 30,
      containers: [applicationContainer(input), ...sidecars.map(renderSidecar)],
      initContainers: first.length > 0 ? first.map(renderInit) : undefined,
      volumes: renderVolumes([props, ...sidecars, ...first]),
    },
  };
}

function applicationContainer({ name, image, props, ports, metricsPort }: PodInput): object {
  const declared = ports.map(port => ({ name: port.name, containerPort: port.port }));
  const port = ports[0]?.port;
  const checks = renderChecks(props, port);
  return {
    name,
    image,
    ports: metricsPort === undefined ? declared : [...declared, { name: METRICS_PORT_NAME, containerPort: metricsPort }],
    ...renderSettings(props),
    ...checks,
    // unlike Knative the kubelet wants to know the port, and asks nothing by itself
    readinessProbe: port === undefined ? checks.readinessProbe : (usable(props.readiness, HEALTH_CHECK) ?? HealthCheck.tcp())._toProbe(port),
    lifecycle: lifecycle(props.shutdown),
  };
}

function lifecycle(shutdown: GracefulShutdown | undefined): object | undefined {
  const delay = wholeSeconds(usable(shutdown, SHUTDOWN)?.delay) ?? 5;
  return delay > 0 ? { preStop: { sleep: { seconds: delay } } } : undefined;
}

function podAnnotations({ props, profile, membership, openPort }: PodInput): Record<string, string> {
  const merged: Record<string, string> = podMeshAnnotations(membership, profile.mesh);
  if (membership === MeshMembership.SIDECAR && !profile.nativeSidecars) {
    // such a sidecar starts after the application and ends while it still answers, unless it is told to wait at both ends
    merged[PROXY_CONFIG] = JSON.stringify({ holdApplicationUntilProxyStarts: true, proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true' } });
  }
  if (membership === MeshMembership.SIDECAR) Object.assign(merged, meshProxyAnnotations(props.meshProxyResources));
  Object.assign(merged, texts(props.templateAnnotations));
  if (openPort !== undefined) {
    const listed = (merged[EXCLUDE_INBOUND_PORTS] ?? '').split(',').map(entry => entry.trim()).filter(entry => entry !== '');
    merged[EXCLUDE_INBOUND_PORTS] = [...new Set([...listed, String(openPort)])].join(',');
  }
  return merged;
}

/** Over nodes and zones as far as there is room; the pods of a new template are counted by themselves, so that they are spread too. */
function spreadOver(matchLabels: { [key: string]: string }): object[] {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(topologyKey => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    matchLabelKeys: [GENERATION],
  }));
}

function texts(given: { [key: string]: string } | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(usable(given, TEXT_MAP) ?? {}));
}
