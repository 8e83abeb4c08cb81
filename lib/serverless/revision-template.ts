import { Autoscaling } from './autoscaling';
import { list, renderChecks, renderInit, renderSettings, renderSidecar, renderVolumes } from './containers';
import { renderPod } from './pod-spec';
import { meshProxyAnnotations, queueProxyAnnotations } from './proxy-resources';
import { Revision } from './revision';
import type { ServerlessServiceProps } from './serverless-service-props';
import { ServicePort } from './service-port';
import {
  ServiceSpecTemplate, ServiceSpecTemplateSpec, ServiceSpecTemplateSpecContainers as Container,
  toJson_ServiceSpecTemplateSpecContainers,
} from '../../imports/serving.knative.dev';
import { ActivatorStrategy } from '../core/activator-strategy';
import { ClusterProfile } from '../core/cluster-profile';
import { secondsSaid, wholeSeconds } from '../core/durations';
import { QUEUE_PROXY } from '../core/knative-workload';
import { podMeshAnnotations, podMeshLabels } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { instanceOf, NUMBER, TEXT, usable } from '../core/wrong-type';

const MIN_SCALE = 'autoscaling.knative.dev/min-scale';
const TARGET_BURST_CAPACITY = 'autoscaling.knative.dev/target-burst-capacity';
const CLASS = 'autoscaling.knative.dev/class';
const HPA_CLASS = 'hpa.autoscaling.knative.dev';
const EXCLUDE_INBOUND_PORTS = 'traffic.sidecar.istio.io/excludeInboundPorts';

/** What a revision is made from. */
export interface RevisionInput {
  readonly name: string;
  readonly props: ServerlessServiceProps;
  readonly profile: ClusterProfile;
  readonly membership: MeshMembership;
  readonly serviceAccountName: string;
  /** Labels that stay on the pods. */
  readonly podSelector: { [key: string]: string };
  /** Whether Prometheus reaches the pods without a mesh identity. */
  readonly openForScraping: boolean;
}

export function renderRevisionTemplate(input: RevisionInput): ServiceSpecTemplate {
  const annotations = templateAnnotations(input);
  return {
    metadata: {
      name: usable(input.props.revision, instanceOf(Revision, ''))?._nameIn(input.name),
      labels: templateLabels(input),
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    },
    spec: revisionSpec(input),
  };
}

function templateLabels({ name, props, profile, membership }: RevisionInput): Record<string, string> {
  return {
    // Knative would put the revision's name here, and metrics of the mesh would start afresh with each revision
    'app': name,
    'service.istio.io/canonical-name': name,
    ...podMeshLabels(membership, profile.mesh),
    ...texts(props.templateLabels),
  };
}

function templateAnnotations(input: RevisionInput): Record<string, string> {
  const { props, profile } = input;
  const merged: Record<string, string> = {
    ...podMeshAnnotations(input.membership, profile.mesh),
    ...AUTOSCALING.holds(props.autoscaling) ? props.autoscaling._annotations() : {},
    ...queueProxyAnnotations(props.queueProxyResources),
    ...input.membership === MeshMembership.SIDECAR ? meshProxyAnnotations(props.meshProxyResources) : {},
    ...texts(props.templateAnnotations),
  };
  const strategy = usable(props.activatorStrategy, instanceOf(ActivatorStrategy, ''));
  if (strategy && !strategy.trustsActivator) {
    // a HorizontalPodAutoscaler never puts the activator into the path, and reads nothing about it
    if (merged[CLASS] !== HPA_CLASS) merged[TARGET_BURST_CAPACITY] ??= '0';
    merged[MIN_SCALE] ??= String(Math.max(1, profile.autoscaler.minScale ?? 0));
  }
  if (input.openForScraping) {
    merged[EXCLUDE_INBOUND_PORTS] = withPort(merged[EXCLUDE_INBOUND_PORTS], QUEUE_PROXY.userMetrics);
  }
  return merged;
}

const AUTOSCALING = instanceOf(Autoscaling, '');

function revisionSpec({ props, serviceAccountName, podSelector }: RevisionInput): ServiceSpecTemplateSpec {
  const sidecars = list(props.sidecars);
  const first = list(props.initContainers);
  return {
    serviceAccountName,
    containerConcurrency: usable(props.containerConcurrency, NUMBER),
    timeoutSeconds: secondsSaid(props.timeout),
    responseStartTimeoutSeconds: wholeSeconds(props.responseStartTimeout),
    idleTimeoutSeconds: wholeSeconds(props.idleTimeout),
    containers: [servingContainer(props), ...sidecars.map(renderSidecar)],
    // the schema of the CRD leaves them open
    initContainers: first.length > 0 ? first.map(container => toJson_ServiceSpecTemplateSpecContainers(renderInit(container))) : undefined,
    volumes: renderVolumes([props, ...sidecars, ...first]),
    ...renderPod(props, { selector: podSelector, generation: 'serving.knative.dev/revision' }, !props.serviceAccount),
  };
}

function servingContainer(props: ServerlessServiceProps): Container {
  const port = portOf(props);
  return {
    image: usable(props.image, TEXT),
    ports: [{ name: port.protocol, containerPort: port.port }],
    ...renderSettings(props),
    ...renderChecks(props, port.port),
  };
}

/** The port of a service; the default where none, or none that can be used, was given. */
export function portOf(props: ServerlessServiceProps): ServicePort {
  return usable(props.port, instanceOf(ServicePort, '')) ?? ServicePort.http1();
}

function texts(given: { [key: string]: string } | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(given ?? {}).map(([key, value]) => [key, String(value)]));
}

function withPort(ports: string | undefined, port: number): string {
  const listed = (ports ?? '').split(',').map(entry => entry.trim()).filter(entry => entry !== '');
  return [...new Set([...listed, String(port)])].join(',');
}
