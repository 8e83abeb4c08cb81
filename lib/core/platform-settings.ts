import { Duration } from 'cdk8s';
import { ClusterProfile } from './cluster-profile';
import { EventingFeature } from './eventing-feature';
import { FeatureState } from './feature-state';
import { GatewayReference, IngressClass } from './gateway-reference';
import { KnativeMetrics } from './knative-metrics';
import { MeshMode } from './mesh-mode';
import { ServingFeature } from './serving-feature';

/** Data of Knative's ConfigMaps, by the name of each without `config-`, as a profile has them. */
export type KnativeConfig = { readonly [name: string]: { readonly [key: string]: string } };

/** What the ConfigMaps of Knative Serving say in a cluster that is as a profile has it. */
export function servingConfig(profile: ClusterProfile): KnativeConfig {
  return {
    features: flags(statics<ServingFeature>(ServingFeature), feature => profile.servingFeature(feature)),
    autoscaler: autoscalerConfig(profile),
    defaults: defaultsConfig(profile),
    network: {
      'ingress-class': profile.ingressClass,
      'autocreate-cluster-domain-claims': String(profile.autocreateDomainClaims),
    },
    ...profile.publicDomain === undefined ? {} : { domain: { [profile.publicDomain]: '' } },
    ...profile.ingressClass === IngressClass.ISTIO ? { istio: gatewaysConfig(profile) } : {},
    observability: observabilityConfig(profile),
  };
}

/** What the ConfigMaps of Knative Eventing say in a cluster that is as a profile has it. */
export function eventingConfig(profile: ClusterProfile): KnativeConfig {
  return { features: flags(statics<EventingFeature>(EventingFeature), feature => profile.eventingFeature(feature)) };
}

function autoscalerConfig({ autoscaler }: ClusterProfile): { [key: string]: string } {
  return texts({
    'enable-scale-to-zero': autoscaler.enableScaleToZero,
    'initial-scale': autoscaler.initialScale,
    'allow-zero-initial-scale': autoscaler.allowZeroInitialScale,
    'min-scale': autoscaler.minScale,
    'max-scale': autoscaler.maxScale,
    'max-scale-limit': autoscaler.maxScaleLimit,
    'container-concurrency-target-default': autoscaler.concurrencyTarget,
    'requests-per-second-target-default': autoscaler.requestsPerSecondTarget,
    'container-concurrency-target-percentage': autoscaler.targetUtilization,
    'target-burst-capacity': autoscaler.targetBurstCapacity,
    'stable-window': seconds(autoscaler.stableWindow),
    'scale-to-zero-grace-period': seconds(autoscaler.scaleToZeroGracePeriod),
  });
}

function defaultsConfig({ revision }: ClusterProfile): { [key: string]: string } {
  return texts({
    'revision-timeout-seconds': revision.timeout?.toSeconds(),
    'max-revision-timeout-seconds': revision.maxTimeout?.toSeconds(),
    'container-concurrency': revision.containerConcurrency,
    'container-concurrency-max-limit': revision.maxContainerConcurrency,
    'allow-container-concurrency-zero': revision.allowUnlimitedConcurrency,
  });
}

function gatewaysConfig(profile: ClusterProfile): { [key: string]: string } {
  const entry = ({ name, namespace, serviceName, serviceNamespace }: GatewayReference) =>
    `- name: ${name}\n  namespace: ${namespace}\n  service: ${profile.serviceHost(serviceName, serviceNamespace)}\n`;
  return { 'external-gateways': entry(profile.publicGateway), 'local-gateways': entry(profile.localGateway) };
}

/** Whoever pushes metrics has to know where to, which is not the profile's to say. */
function observabilityConfig({ monitoring }: ClusterProfile): { [key: string]: string } {
  const protocol = (metrics?: KnativeMetrics) => metrics === KnativeMetrics.OTLP_PUSH ? 'http/protobuf' : metrics;
  const pushes = monitoring.knativeMetrics === KnativeMetrics.OTLP_PUSH;
  return texts({
    'request-metrics-protocol': protocol(monitoring.knativeMetrics),
    'metrics-protocol': protocol(monitoring.knativeSystemMetrics),
    'request-metrics-export-interval': pushes ? seconds(monitoring.knativeExportInterval) : undefined,
  });
}

/** What Istio's mesh-wide settings say, by the path of the value in its Helm charts. */
export function istioValues(profile: ClusterProfile): { readonly [path: string]: unknown } {
  return {
    'meshConfig.trustDomain': profile.trustDomain,
    'meshConfig.rootNamespace': profile.istioNamespace,
    'global.istioNamespace': profile.istioNamespace,
    'global.proxy.clusterDomain': profile.clusterDomain,
    'global.proxy.seccompProfile.type': profile.sidecarSeccompProfile ? 'RuntimeDefault' : undefined,
    'meshConfig.outboundTrafficPolicy.mode': profile.outboundTraffic,
    'pilot.cni.enabled': profile.istioCni || profile.mesh === MeshMode.AMBIENT,
    'pilot.env.ENABLE_NATIVE_SIDECARS': String(profile.nativeSidecars),
  };
}

function flags<F extends { readonly key: string }>(features: readonly F[], state: (feature: F) => FeatureState): { [key: string]: string } {
  return Object.fromEntries(features.map(feature => [feature.key, state(feature)]).sort(([a], [b]) => a < b ? -1 : 1));
}

function statics<F>(type: object): F[] {
  return Object.values(type).filter((value): value is F => value instanceof (type as new () => object));
}

function seconds(duration: Duration | undefined): string | undefined {
  return duration && `${duration.toSeconds()}s`;
}

function texts(values: { [key: string]: unknown }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]));
}
