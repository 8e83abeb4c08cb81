/** Where an annotation of Istio does something, and how far it is to be relied on. */
export interface AnnotationFacts {
  readonly kinds: readonly string[];
  readonly alpha: boolean;
  readonly deprecated: boolean;
}

/** What each release of Istio has of its annotations: kinds (one for several is a list), then alpha (a) and deprecated (d). */
const TABLE: Readonly<Record<string, readonly [kinds: string, status: string]>> = {
  'prometheus.istio.io/merge-metrics': ['Pod', 'a'],
  'alpha.istio.io/kubernetes-serviceaccounts': ['Service', 'ad'],
  'alpha.istio.io/canonical-serviceaccounts': ['Service', 'ad'],
  'networking.istio.io/exportTo': ['Service', 'a'],
  'sidecar.istio.io/inject': ['Pod', 'd'],
  'sidecar.istio.io/status': ['Pod', 'a'],
  'sidecar.istio.io/rewriteAppHTTPProbers': ['Pod', 'a'],
  'sidecar.istio.io/discoveryAddress': ['Pod', 'ad'],
  'sidecar.istio.io/proxyImage': ['Pod', 'a'],
  'sidecar.istio.io/proxyImageType': ['Pod', 'a'],
  'sidecar.istio.io/proxyCPU': ['Pod', 'a'],
  'sidecar.istio.io/proxyCPULimit': ['Pod', 'a'],
  'sidecar.istio.io/proxyMemory': ['Pod', 'a'],
  'sidecar.istio.io/proxyMemoryLimit': ['Pod', ''],
  'sidecar.istio.io/interceptionMode': ['Pod', 'a'],
  'sidecar.istio.io/bootstrapOverride': ['Pod', 'a'],
  'sidecar.istio.io/statsInclusionPrefixes': ['Pod', 'ad'],
  'sidecar.istio.io/statsInclusionSuffixes': ['Pod', 'ad'],
  'sidecar.istio.io/statsInclusionRegexps': ['Pod', 'ad'],
  'sidecar.istio.io/statsHistogramBuckets': ['Pod', 'a'],
  'sidecar.istio.io/statsFlushInterval': ['Pod', 'a'],
  'sidecar.istio.io/statsEvictionInterval': ['Pod', 'a'],
  'sidecar.istio.io/statsHistogramBins': ['Pod', 'a'],
  'sidecar.istio.io/userVolume': ['Pod', 'a'],
  'sidecar.istio.io/userVolumeMount': ['Pod', ''],
  'status.sidecar.istio.io/port': ['Pod', 'a'],
  'sidecar.istio.io/logLevel': ['Pod', 'a'],
  'sidecar.istio.io/componentLogLevel': ['Pod', 'a'],
  'sidecar.istio.io/agentLogLevel': ['Pod', 'a'],
  'sidecar.istio.io/nativeSidecar': ['Pod', 'a'],
  'readiness.status.sidecar.istio.io/initialDelaySeconds': ['Pod', 'a'],
  'readiness.status.sidecar.istio.io/periodSeconds': ['Pod', 'a'],
  'readiness.status.sidecar.istio.io/failureThreshold': ['Pod', 'a'],
  'readiness.status.sidecar.istio.io/applicationPorts': ['Pod', 'a'],
  'traffic.istio.io/nodeSelector': ['Service', ''],
  'traffic.sidecar.istio.io/includeOutboundIPRanges': ['Pod', 'a'],
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': ['Pod', 'a'],
  'traffic.sidecar.istio.io/includeInboundPorts': ['Pod', ''],
  'traffic.sidecar.istio.io/excludeInboundPorts': ['Pod', 'a'],
  'traffic.sidecar.istio.io/excludeInterfaces': ['Pod', 'a'],
  'traffic.sidecar.istio.io/includeOutboundPorts': ['Pod', 'a'],
  'traffic.sidecar.istio.io/excludeOutboundPorts': ['Pod', 'a'],
  'traffic.sidecar.istio.io/kubevirtInterfaces': ['Pod', 'ad'],
  'kubernetes.io/ingress.class': ['Ingress', ''],
  'galley.istio.io/analyze-suppress': ['Any', 'a'],
  'proxy.istio.io/config': ['Pod', ''],
  'istio.io/dry-run': ['AuthorizationPolicy', 'a'],
  'istio.io/rev': ['Pod', 'a'],
  'proxy.istio.io/overrides': ['Pod', 'a'],
  'inject.istio.io/templates': ['Pod', 'a'],
  'sidecar.istio.io/extraStatTags': ['Pod', 'ad'],
  'istio.io/autoRegistrationGroup': ['WorkloadEntry', 'a'],
  'istio.io/workloadController': ['WorkloadEntry', 'a'],
  'istio.io/connectedAt': ['WorkloadEntry', 'a'],
  'istio.io/disconnectedAt': ['WorkloadEntry', 'a'],
  'topology.istio.io/controlPlaneClusters': ['Namespace', 'a'],
  'gateway.istio.io/controller-version': ['Any', 'a'],
  'ambient.istio.io/redirection': ['Pod', ''],
  'ambient.istio.io/waypoint-inbound-binding': ['GatewayClass Gateway', 'a'],
  'gateway.istio.io/service-account': ['Gateway', 'a'],
  'gateway.istio.io/name-override': ['Gateway', 'a'],
  'networking.istio.io/service-type': ['Gateway', 'a'],
  'networking.istio.io/traffic-distribution': ['Namespace Service ServiceEntry', 'a'],
  'istio.io/use-waypoint-canary-weight': ['Service ServiceEntry Namespace', 'a'],
  'ambient.istio.io/bypass-inbound-capture': ['Pod', 'a'],
  'istio.io/reroute-virtual-interfaces': ['Pod', 'a'],
  'ambient.istio.io/dns-capture': ['Pod', 'a'],
  'sidecar.istio.io/statsCompression': ['Pod', 'ad'],
};

/** Stands for every kind. */
export const ANY_KIND = 'Any';

/** The annotations that Istio reads (istio/api annotation/annotations.yaml). */
export const ISTIO_ANNOTATIONS: ReadonlyMap<string, AnnotationFacts> = new Map(Object.entries(TABLE).map(([name, [kinds, status]]) => [
  name, { kinds: kinds.split(' '), alpha: status.includes('a'), deprecated: status.includes('d') },
]));
