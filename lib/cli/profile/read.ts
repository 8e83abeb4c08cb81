import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { duration, flag, listOf, memberOf, number, Reader, structOf, text, texts } from './readers';
import { nearest } from '../nearest';
import { UsageError } from '../terminal';
import {
  AutoscalerSettings, ClusterProfile, ClusterProfileProps, EventingFeature, ExistingNamespace, FeatureSetting, FeatureState, GatewayReference,
  GatewayApi, IngressClass, IstioVersion, KnativeMetrics, KnativeVersion, KubernetesVersion, MeshMembership, MeshMode, MonitoringSettings,
  OutboundTraffic, PrometheusOperatorVersion, RevisionSettings, ServingFeature,
} from 'cdk8s-serverless-mesh/analysis';

/** Reads a cluster profile from a YAML file. */
export function readProfile(name: string, cwd: string): ClusterProfile {
  const file = path.resolve(cwd, name);
  if (!fs.existsSync(file)) throw new UsageError(`the profile ${JSON.stringify(name)} does not exist.`);
  let value: unknown;
  try {
    value = parse(fs.readFileSync(file, 'utf8'), { prettyErrors: false });
  } catch (e) {
    throw new UsageError(`the profile ${JSON.stringify(name)} is no YAML: ${e instanceof Error ? e.message : String(e)}`);
  }
  try {
    return profileOf(value ?? {});
  } catch (e) {
    throw e instanceof UsageError ? new UsageError(`in the profile ${JSON.stringify(name)}, ${e.message}`) : e;
  }
}

/** A cluster profile from what a profile file holds. */
export function profileOf(value: unknown): ClusterProfile {
  const props = profileProps(value, '');
  const mesh = props.mesh ?? MeshMode.SIDECAR;
  switch (mesh) {
    case MeshMode.NONE: return ClusterProfile.withoutMesh(props);
    case MeshMode.LINKERD: return ClusterProfile.linkerd(props);
    default: return new ClusterProfile({ ...props, mesh });
  }
}

const gateway = structOf<GatewayReference>(
  { name: text, namespace: text, serviceName: text, serviceNamespace: text, serviceAccount: text },
  ['name', 'namespace', 'serviceName', 'serviceNamespace', 'serviceAccount'],
);

const autoscaler = structOf<AutoscalerSettings>({
  enableScaleToZero: flag,
  initialScale: number,
  allowZeroInitialScale: flag,
  minScale: number,
  maxScale: number,
  maxScaleLimit: number,
  concurrencyTarget: number,
  requestsPerSecondTarget: number,
  targetUtilization: number,
  targetBurstCapacity: number,
  stableWindow: duration,
  scaleToZeroGracePeriod: duration,
  horizontalPodAutoscaler: flag,
  resourceMetrics: flag,
  customMetrics: flag,
});

const revision = structOf<RevisionSettings>({
  timeout: duration,
  maxTimeout: duration,
  containerConcurrency: number,
  maxContainerConcurrency: number,
  allowUnlimitedConcurrency: flag,
});

const monitoring = structOf<MonitoringSettings>({
  monitorLabels: texts,
  ruleLabels: texts,
  dashboardLabels: texts,
  namespace: text,
  outsideMesh: flag,
  scrapeInterval: duration,
  knativeMetrics: memberOf(KnativeMetrics),
  knativeSystemMetrics: memberOf(KnativeMetrics),
  knativeExportInterval: duration,
});

const namespace = structOf<ExistingNamespace>({ name: text, mesh: memberOf(MeshMembership) }, ['name', 'mesh']);

const profileProps = structOf<ClusterProfileProps>({
  kubernetes: memberOf(KubernetesVersion),
  knativeServing: memberOf(KnativeVersion),
  knativeEventing: memberOf(KnativeVersion),
  istio: memberOf(IstioVersion),
  prometheusOperator: memberOf(PrometheusOperatorVersion),
  mesh: memberOf(MeshMode),
  istioCni: flag,
  linkerdCni: flag,
  sidecarSeccompProfile: flag,
  nativeSidecars: flag,
  knativeServingInMesh: flag,
  knativeEventingInMesh: flag,
  knativeServingNamespace: text,
  knativeEventingNamespace: text,
  istioNamespace: text,
  outboundTraffic: memberOf(OutboundTraffic),
  clusterDomain: text,
  publicDomain: text,
  trustDomain: text,
  ingressClass: memberOf(IngressClass),
  autocreateDomainClaims: flag,
  gatewayApi: memberOf(GatewayApi),
  publicGateway: gateway,
  localGateway: gateway,
  servingFeatures: flags(keysOf(ServingFeature)),
  eventingFeatures: flags(keysOf(EventingFeature)),
  autoscaler,
  revision,
  monitoring,
  namespaces: listOf(namespace),
});

/** Feature flags as their ConfigMap has them: a map of keys to states. */
function flags(known: readonly string[]): Reader<FeatureSetting[]> {
  const state = memberOf(FeatureState);
  return (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${place} should be a map of flags, as config-features has them.`);
    return Object.entries(value).map(([key, entry]) => {
      if (!known.includes(key)) {
        const [meant] = nearest(key, known);
        throw new UsageError(`${place} has no flag ${key}${meant ? `: did you mean ${meant}?` : '.'}`);
      }
      return { key, state: state(entry, `${place}[${key}]`) };
    });
  };
}

function keysOf(features: object): string[] {
  return Object.values(features).map(feature => (feature as { key?: unknown } | undefined)?.key).filter((key): key is string => typeof key === 'string');
}
