import { Autoscaling } from './autoscaling';
import { renderResources } from './container-resources';
import { renderSecurity } from './container-security';
import { wholeSeconds } from './durations';
import { renderEnvironment } from './environment';
import { HealthCheck } from './health-check';
import type { ServerlessServiceProps } from './serverless-service-props';
import { ServicePort } from './service-port';
import {
  ServiceSpecTemplate, ServiceSpecTemplateSpec, ServiceSpecTemplateSpecContainers as Container,
} from '../../imports/serving.knative.dev';
import { ActivatorStrategy } from '../core/activator-strategy';
import { ClusterProfile } from '../core/cluster-profile';
import { QUEUE_PROXY } from '../core/knative-workload';
import { podMeshLabels } from '../core/membership';
import { MeshMembership } from '../core/mesh-mode';
import { instanceOf, NUMBER, TEXT, TEXTS, usable } from '../core/wrong-type';

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
  /** Whether Prometheus reaches the pods without a mesh identity. */
  readonly openForScraping: boolean;
}

export function renderRevisionTemplate(input: RevisionInput): ServiceSpecTemplate {
  const annotations = templateAnnotations(input);
  return {
    metadata: {
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
  const merged = {
    ...AUTOSCALING.holds(props.autoscaling) ? props.autoscaling._annotations() : {},
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

function revisionSpec({ props, serviceAccountName }: RevisionInput): ServiceSpecTemplateSpec {
  return {
    serviceAccountName,
    containerConcurrency: usable(props.containerConcurrency, NUMBER),
    timeoutSeconds: wholeSeconds(props.timeout),
    responseStartTimeoutSeconds: wholeSeconds(props.responseStartTimeout),
    idleTimeoutSeconds: wholeSeconds(props.idleTimeout),
    containers: [servingContainer(props)],
  };
}

function servingContainer(props: ServerlessServiceProps): Container {
  const port = portOf(props);
  return {
    image: usable(props.image, TEXT),
    command: usable(props.command, TEXTS),
    args: usable(props.args, TEXTS),
    ports: [{ name: port.protocol, containerPort: port.port }],
    env: renderEnvironment(props.env),
    resources: renderResources(props.resources),
    readinessProbe: usable(props.readiness, instanceOf(HealthCheck, ''))?._toProbe(),
    securityContext: renderSecurity(props.securityContext),
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
