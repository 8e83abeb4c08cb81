/** How a kind differs from "all of its fields typed". */
export interface KindOptions {
  /**
   * Sub-trees that are free-form in the typed L1, where types would be large and are told better by cdk8s-plus or by the schema.
   * The schema in imports/schemas is complete all the same. Paths: see collapse.ts.
   */
  readonly collapse?: readonly string[];
}

/** A kind to import, from the CRDs of which project, in which served version. */
export interface CatalogueEntry extends KindOptions {
  readonly project: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The version is the stored one, or a more stable one that is served as well. */
function from(project: string, group: string, version: string, kinds: readonly string[] | Record<string, KindOptions>): CatalogueEntry[] {
  const entries: [string, KindOptions][] = Array.isArray(kinds) ? kinds.map(kind => [kind, {}]) : Object.entries(kinds);
  return entries.map(([kind, options]) => ({ project, group, version, kind, ...options }));
}

const POD_FIELDS = ['spec.affinity', 'spec.initContainers', 'spec.topologySpreadConstraints', 'spec.volumes'];

export const CATALOGUE: readonly CatalogueEntry[] = [
  ...from('istio', 'networking.istio.io', 'v1', [
    'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService', 'WorkloadEntry', 'WorkloadGroup',
  ]),
  ...from('istio', 'networking.istio.io', 'v1beta1', ['ProxyConfig']),
  ...from('istio', 'networking.istio.io', 'v1alpha3', ['EnvoyFilter']),
  ...from('istio', 'security.istio.io', 'v1', ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']),
  // served, though v1alpha1 is the stored one
  ...from('istio', 'telemetry.istio.io', 'v1', ['Telemetry']),
  ...from('istio', 'extensions.istio.io', 'v1alpha1', ['TrafficExtension', 'WasmPlugin']),
  ...from('sail-operator', 'sailoperator.io', 'v1', {
    Istio: { collapse: ['spec.values.pilot', 'spec.values.global.waypoint'] },
    IstioCNI: { collapse: ['spec.values.cni.affinity'] },
    ZTunnel: { collapse: ['spec.values.ztunnel.affinity', 'spec.values.ztunnel.volumes'] },
  }),

  ...from('knative-serving', 'serving.knative.dev', 'v1', ['Configuration', 'Revision', 'Route', 'Service']),
  ...from('knative-serving', 'serving.knative.dev', 'v1beta1', ['DomainMapping']),
  ...from('knative-serving', 'networking.internal.knative.dev', 'v1alpha1', ['ClusterDomainClaim']),
  ...from('knative-eventing', 'eventing.knative.dev', 'v1', ['Broker', 'Trigger']),
  // v1beta3 is served as well, without `broker` and `type`; v1beta2 is stored and is what Knative documents
  ...from('knative-eventing', 'eventing.knative.dev', 'v1beta2', ['EventType']),
  ...from('knative-eventing', 'eventing.knative.dev', 'v1alpha1', ['EventPolicy', 'EventTransform', 'RequestReply']),
  ...from('knative-eventing', 'flows.knative.dev', 'v1', ['Parallel', 'Sequence']),
  ...from('knative-eventing', 'messaging.knative.dev', 'v1', ['Channel', 'InMemoryChannel', 'Subscription']),
  ...from('knative-eventing', 'sinks.knative.dev', 'v1alpha1', ['IntegrationSink', 'JobSink']),
  ...from('knative-eventing', 'sources.knative.dev', 'v1', ['ApiServerSource', 'ContainerSource', 'PingSource', 'SinkBinding']),
  ...from('knative-eventing', 'sources.knative.dev', 'v1alpha1', ['IntegrationSource']),
  ...from('knative-eventing-kafka-broker', 'eventing.knative.dev', 'v1alpha1', ['KafkaSink']),
  // v1 is served, though v1beta1 is the stored one
  ...from('knative-eventing-kafka-broker', 'messaging.knative.dev', 'v1', ['KafkaChannel']),
  ...from('knative-eventing-kafka-broker', 'sources.knative.dev', 'v1', ['KafkaSource']),
  ...from('eventing-natss', 'messaging.knative.dev', 'v1alpha1', ['NatsJetStreamChannel']),
  ...from('eventing-rabbitmq', 'eventing.knative.dev', 'v1alpha1', ['RabbitmqBrokerConfig']),
  ...from('eventing-rabbitmq', 'sources.knative.dev', 'v1alpha1', ['RabbitmqSource']),
  ...from('knative-operator', 'operator.knative.dev', 'v1beta1', {
    KnativeEventing: { collapse: ['spec.deployments[].affinity', 'spec.workloads[].affinity'] },
    KnativeServing: { collapse: ['spec.deployments[].affinity', 'spec.workloads[].affinity'] },
  }),

  ...from('prometheus-operator', 'monitoring.coreos.com', 'v1', {
    Alertmanager: { collapse: [...POD_FIELDS, 'spec.containers', 'spec.storage'] },
    PodMonitor: {},
    Probe: {},
    Prometheus: { collapse: [...POD_FIELDS, 'spec.containers', 'spec.storage'] },
    PrometheusRule: {},
    ServiceMonitor: {},
  }),
  ...from('prometheus-operator', 'monitoring.coreos.com', 'v1alpha1', {
    // the CRD that users install by default serves v1alpha1 alone; v1beta1 needs the "full" one and its conversion webhook
    AlertmanagerConfig: { collapse: ['spec.receivers[].*[].httpConfig'] },
    ScrapeConfig: {
      collapse: [
        'azure', 'consul', 'digitalOcean', 'docker', 'dockerSwarm', 'ec2', 'eureka', 'gce', 'hetzner', 'ionos', 'kuma', 'lightSail', 'linode',
        'nomad', 'openstack', 'ovhcloud', 'puppetDB', 'scaleway',
      ].map(provider => `spec.${provider}SDConfigs`),
    },
  }),
  ...from('opentelemetry-operator', 'opentelemetry.io', 'v1beta1', {
    OpenTelemetryCollector: {
      collapse: [...POD_FIELDS, 'spec.additionalContainers', 'spec.targetAllocator.affinity', 'spec.targetAllocator.topologySpreadConstraints'],
    },
  }),
  ...from('opentelemetry-operator', 'opentelemetry.io', 'v1alpha1', {
    Instrumentation: { collapse: ['spec.*.volumeClaimTemplate', 'spec.apacheHttpd.attrs', 'spec.nginx.attrs', 'spec.*.env'] },
  }),
  ...from('grafana-operator', 'grafana.integreatly.org', 'v1beta1', ['GrafanaDashboard', 'GrafanaDatasource', 'GrafanaFolder']),

  ...from('gateway-api', 'gateway.networking.k8s.io', 'v1', [
    'BackendTLSPolicy', 'GRPCRoute', 'Gateway', 'GatewayClass', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute',
    // v1 is served, though v1beta1 is the stored one
    'ReferenceGrant',
  ]),
  ...from('linkerd', 'linkerd.io', 'v1alpha2', ['ServiceProfile']),
  ...from('linkerd', 'policy.linkerd.io', 'v1beta3', ['HTTPRoute', 'Server']),
  ...from('linkerd', 'policy.linkerd.io', 'v1alpha1', ['AuthorizationPolicy', 'HTTPLocalRateLimitPolicy', 'MeshTLSAuthentication']),
  ...from('aws-app-mesh', 'appmesh.k8s.aws', 'v1beta2', ['VirtualNode']),

  ...from('argo-rollouts', 'argoproj.io', 'v1alpha1', {
    AnalysisTemplate: { collapse: ['spec.metrics[].provider.job.spec'] },
    ClusterAnalysisTemplate: { collapse: ['spec.metrics[].provider.job.spec'] },
    Rollout: { collapse: ['spec.template'] },
  }),
  ...from('argo-cd', 'argoproj.io', 'v1alpha1', { Application: { collapse: ['operation'] } }),
  ...from('flagger', 'flagger.app', 'v1beta1', ['AlertProvider', 'Canary', 'MetricTemplate']),
  ...from('flux', 'kustomize.toolkit.fluxcd.io', 'v1', ['Kustomization']),
  ...from('flux', 'source.toolkit.fluxcd.io', 'v1', ['GitRepository']),
  ...from('tekton-pipelines', 'tekton.dev', 'v1', {
    Pipeline: {},
    Task: { collapse: ['spec.sidecars', 'spec.stepTemplate'] },
  }),

  ...from('keda', 'keda.sh', 'v1alpha1', {
    ClusterTriggerAuthentication: {},
    ScaledJob: { collapse: ['spec.jobTargetRef.template'] },
    ScaledObject: {},
    TriggerAuthentication: {},
  }),
  ...from('cert-manager', 'cert-manager.io', 'v1', {
    Certificate: {},
    ClusterIssuer: { collapse: ['spec.acme.solvers[].http01.*.podTemplate'] },
    Issuer: { collapse: ['spec.acme.solvers[].http01.*.podTemplate'] },
  }),
  ...from('external-secrets', 'external-secrets.io', 'v1', {
    ClusterSecretStore: { collapse: ['spec.provider.*'] },
    ExternalSecret: {},
    SecretStore: { collapse: ['spec.provider.*'] },
  }),
  ...from('spire-controller-manager', 'spire.spiffe.io', 'v1alpha1', ['ClusterSPIFFEID']),
  ...from('strimzi', 'kafka.strimzi.io', 'v1', ['KafkaTopic', 'KafkaUser']),
  ...from('ack-lambda', 'lambda.services.k8s.aws', 'v1alpha1', ['Alias', 'EventSourceMapping', 'Function', 'FunctionURLConfig']),
  ...from('multus', 'k8s.cni.cncf.io', 'v1', ['NetworkAttachmentDefinition']),
  ...from('spinkube', 'core.spinkube.dev', 'v1alpha1', { SpinApp: { collapse: ['spec.volumes'] } }),
  ...from('cluster-api', 'cluster.x-k8s.io', 'v1beta2', ['Cluster']),
];
