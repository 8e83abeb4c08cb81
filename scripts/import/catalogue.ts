export interface KindOptions {
  readonly collapse?: readonly string[];
  readonly open?: readonly string[];
}
export interface CatalogueEntry extends KindOptions {
  readonly project: string; readonly group: string; readonly version: string; readonly kind: string;
}
function from(project: string, group: string, version: string, kinds: Record<string, KindOptions>): CatalogueEntry[] {
  return Object.entries(kinds).map(([kind, options]) => ({ project, group, version, kind, ...options }));
}
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...from('istio', 'networking.istio.io', 'v1', {
    DestinationRule: {}, Gateway: {}, ServiceEntry: {}, Sidecar: {}, VirtualService: {}, WorkloadEntry: {}, WorkloadGroup: {},
  }),
  ...from('istio', 'networking.istio.io', 'v1alpha3', { EnvoyFilter: {} }),
  ...from('istio', 'networking.istio.io', 'v1beta1', { ProxyConfig: {} }),
  ...from('istio', 'security.istio.io', 'v1', { AuthorizationPolicy: {}, PeerAuthentication: {}, RequestAuthentication: {} }),
  ...from('istio', 'telemetry.istio.io', 'v1', { Telemetry: {} }),
  ...from('istio', 'extensions.istio.io', 'v1alpha1', { TrafficExtension: {}, WasmPlugin: {} }),
  ...from('knative-serving', 'serving.knative.dev', 'v1', { Service: {}, Route: {}, Configuration: {}, Revision: {} }),
  ...from('knative-serving', 'serving.knative.dev', 'v1beta1', { DomainMapping: {} }),
  ...from('knative-serving', 'networking.internal.knative.dev', 'v1alpha1', { ClusterDomainClaim: {} }),
  ...from('knative-eventing', 'eventing.knative.dev', 'v1', { Broker: {}, Trigger: {} }),
  ...from('knative-eventing', 'eventing.knative.dev', 'v1alpha1', { EventPolicy: {}, EventTransform: {}, RequestReply: {} }),
  ...from('knative-eventing', 'eventing.knative.dev', 'v1beta2', { EventType: {} }),
  ...from('knative-eventing', 'messaging.knative.dev', 'v1', { Channel: {}, InMemoryChannel: {}, Subscription: {} }),
  ...from('knative-eventing', 'flows.knative.dev', 'v1', { Parallel: {}, Sequence: {} }),
  ...from('knative-eventing', 'sources.knative.dev', 'v1', { ApiServerSource: {}, ContainerSource: {}, PingSource: {}, SinkBinding: {} }),
  ...from('knative-eventing', 'sources.knative.dev', 'v1alpha1', { IntegrationSource: {} }),
  ...from('knative-eventing', 'sinks.knative.dev', 'v1alpha1', { IntegrationSink: {}, JobSink: {} }),
  ...from('knative-eventing-kafka-broker', 'sources.knative.dev', 'v1', { KafkaSource: {} }),
  ...from('knative-eventing-kafka-broker', 'messaging.knative.dev', 'v1', { KafkaChannel: {} }),
  ...from('knative-eventing-kafka-broker', 'eventing.knative.dev', 'v1alpha1', { KafkaSink: {} }),
  ...from('eventing-rabbitmq', 'sources.knative.dev', 'v1alpha1', { RabbitmqSource: {} }),
  ...from('eventing-rabbitmq', 'eventing.knative.dev', 'v1alpha1', { RabbitmqBrokerConfig: {} }),
  ...from('eventing-natss', 'messaging.knative.dev', 'v1alpha1', { NatsJetStreamChannel: {} }),
  ...from('knative-operator', 'operator.knative.dev', 'v1beta1', { KnativeEventing: {}, KnativeServing: {} }),
  ...from('prometheus-operator', 'monitoring.coreos.com', 'v1', {
    ServiceMonitor: {}, PodMonitor: {}, Probe: {}, PrometheusRule: {}, Prometheus: {}, Alertmanager: {},
  }),
  ...from('prometheus-operator', 'monitoring.coreos.com', 'v1alpha1', { ScrapeConfig: {}, AlertmanagerConfig: {} }),
  ...from('gateway-api', 'gateway.networking.k8s.io', 'v1', {
    Gateway: {}, GatewayClass: {}, HTTPRoute: {}, GRPCRoute: {}, TLSRoute: {}, TCPRoute: {}, UDPRoute: {}, ReferenceGrant: {}, BackendTLSPolicy: {},
  }),
  ...from('argo-rollouts', 'argoproj.io', 'v1alpha1', { Rollout: {}, AnalysisTemplate: {}, ClusterAnalysisTemplate: {} }),
  ...from('argo-cd', 'argoproj.io', 'v1alpha1', { Application: {} }),
  ...from('flagger', 'flagger.app', 'v1beta1', { Canary: {}, MetricTemplate: {}, AlertProvider: {} }),
  ...from('flux', 'kustomize.toolkit.fluxcd.io', 'v1', { Kustomization: {} }),
  ...from('flux', 'source.toolkit.fluxcd.io', 'v1', { GitRepository: {} }),
  ...from('tekton-pipelines', 'tekton.dev', 'v1', { Pipeline: {}, Task: {} }),
  ...from('keda', 'keda.sh', 'v1alpha1', { ScaledObject: {}, ScaledJob: {}, TriggerAuthentication: {}, ClusterTriggerAuthentication: {} }),
  ...from('opentelemetry-operator', 'opentelemetry.io', 'v1beta1', { OpenTelemetryCollector: {} }),
  ...from('opentelemetry-operator', 'opentelemetry.io', 'v1alpha1', { Instrumentation: {} }),
  ...from('grafana-operator', 'grafana.integreatly.org', 'v1beta1', { GrafanaDashboard: {}, GrafanaFolder: {}, GrafanaDatasource: {} }),
  ...from('sail-operator', 'sailoperator.io', 'v1', { Istio: {}, IstioCNI: {}, ZTunnel: {} }),
  ...from('cert-manager', 'cert-manager.io', 'v1', { Certificate: {}, Issuer: {}, ClusterIssuer: {} }),
  ...from('external-secrets', 'external-secrets.io', 'v1', { ExternalSecret: {}, SecretStore: {}, ClusterSecretStore: {} }),
  ...from('spire-controller-manager', 'spire.spiffe.io', 'v1alpha1', { ClusterSPIFFEID: {} }),
  ...from('linkerd', 'policy.linkerd.io', 'v1alpha1', { AuthorizationPolicy: {}, HTTPLocalRateLimitPolicy: {}, MeshTLSAuthentication: {} }),
  ...from('linkerd', 'policy.linkerd.io', 'v1beta3', { HTTPRoute: {}, Server: {} }),
  ...from('linkerd', 'linkerd.io', 'v1alpha2', { ServiceProfile: {} }),
  ...from('aws-app-mesh', 'appmesh.k8s.aws', 'v1beta2', { VirtualNode: {} }),
  ...from('ack-lambda', 'lambda.services.k8s.aws', 'v1alpha1', { Function: {}, FunctionURLConfig: {}, Alias: {}, EventSourceMapping: {} }),
  ...from('multus', 'k8s.cni.cncf.io', 'v1', { NetworkAttachmentDefinition: {} }),
  ...from('spinkube', 'core.spinkube.dev', 'v1alpha1', { SpinApp: {} }),
  ...from('strimzi', 'kafka.strimzi.io', 'v1', { KafkaTopic: {}, KafkaUser: {} }),
  ...from('cluster-api', 'cluster.x-k8s.io', 'v1beta2', { Cluster: {} }),
];
