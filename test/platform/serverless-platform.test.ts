import { ApiObject, Chart, Duration } from 'cdk8s';
import {
  AutoscalerSettings, ClusterProfile, ClusterProfileProps, EventingFeature, ExtensionProvider, FeatureState, GatewayApi, IngressClass, IstioVersion, KnativeMetrics,
  KnativeVersion, KubernetesVersion, MeshControlPlane, MeshMembership, MeshMode, MonitoringSettings, OutboundTraffic, PrometheusOperatorVersion, RevisionSettings,
  ServerlessPlatform, ServerlessPlatformProps, ServingFeature,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

function platform(profile: ClusterProfileProps, props: ServerlessPlatformProps = {}): { chart: Chart; all: () => Json[] } {
  const chart = shopChart();
  new ClusterProfile(profile).applyTo(chart);
  new ServerlessPlatform(chart, 'knative', props);
  if (profile.mesh !== MeshMode.NONE) new MeshControlPlane(chart, 'istio');
  return { chart, all: () => manifests(chart) };
}

const serving = (all: Json[]) => all.find(({ kind }) => kind === 'KnativeServing');
const eventing = (all: Json[]) => all.find(({ kind }) => kind === 'KnativeEventing');
const istio = (all: Json[]) => all.find(({ kind }) => kind === 'Istio');
const config = (name: string, key: string) => (all: Json[]) => serving(all).spec.config[name]?.[key];

/** A setting of the profile, and where the platform shows it; undefined for what no platform resource decides. */
type Row = readonly [ClusterProfileProps, (all: Json[]) => Json, Json] | string;
const gateway = { name: 'edge', namespace: 'gateways', serviceName: 'edge', serviceNamespace: 'gateways', serviceAccount: 'edge' };

// a setting that is added to the profile and not named here does not compile
const PROFILE: { readonly [K in keyof Required<ClusterProfileProps>]: Row } = {
  kubernetes: 'the version of the API server is nothing that an operator in the cluster sets',
  linkerdCni: 'the control plane of Linkerd is installed by its chart',
  prometheusOperator: 'the Prometheus operator is installed by its chart',
  gatewayApi: 'how the app writes its own gateways',
  namespaces: 'namespaces of others exist already',
  autoscaler: 'see the table of its settings',
  revision: 'see the table of its settings',
  monitoring: 'see the table of its settings',
  servingFeatures: 'see the table of flags',
  eventingFeatures: 'see the table of flags',
  knativeServing: [{ knativeServing: KnativeVersion.V1_21 }, all => serving(all).spec.version, '1.21'],
  knativeEventing: [{ knativeEventing: KnativeVersion.V1_21 }, all => eventing(all).spec.version, '1.21'],
  istio: [{ istio: IstioVersion.V1_30 }, all => istio(all).spec.version, 'v1.30-latest'],
  mesh: [{ mesh: MeshMode.AMBIENT }, all => [istio(all).spec.profile, ...all.map(({ kind }) => kind)].sort(), ['Istio', 'IstioCNI', 'KnativeEventing', 'KnativeServing', 'ZTunnel', 'ambient']],
  istioCni: [{ istioCni: false }, all => [istio(all).spec.values.pilot.cni.enabled, all.some(({ kind }) => kind === 'IstioCNI')], [false, false]],
  sidecarSeccompProfile: [{ sidecarSeccompProfile: true }, all => istio(all).spec.values.global.proxy.seccompProfile, { type: 'RuntimeDefault' }],
  nativeSidecars: [{ nativeSidecars: false }, all => [istio(all).spec.values.pilot.env.ENABLE_NATIVE_SIDECARS, istio(all).spec.values.meshConfig.defaultConfig], ['false', { holdApplicationUntilProxyStarts: true }]],
  knativeServingInMesh: [{ knativeServingInMesh: false }, all => serving(all).spec.namespace.labels, { 'istio-injection': 'disabled' }],
  knativeEventingInMesh: [{ knativeEventingInMesh: false }, all => eventing(all).spec.namespace.labels, { 'istio-injection': 'disabled' }],
  knativeServingNamespace: [{ knativeServingNamespace: 'serving' }, all => serving(all).metadata.namespace, 'serving'],
  knativeEventingNamespace: [{ knativeEventingNamespace: 'eventing' }, all => eventing(all).metadata.namespace, 'eventing'],
  istioNamespace: [{ istioNamespace: 'mesh' }, all => [istio(all).spec.namespace, istio(all).spec.values.meshConfig.rootNamespace], ['mesh', 'mesh']],
  clusterDomain: [{ clusterDomain: 'corp.local' }, all => istio(all).spec.values.global.proxy.clusterDomain, 'corp.local'],
  publicDomain: [{ publicDomain: 'shop.example.com' }, all => serving(all).spec.config.domain, { 'shop.example.com': '' }],
  outboundTraffic: [{ outboundTraffic: OutboundTraffic.REGISTRY_ONLY }, all => istio(all).spec.values.meshConfig.outboundTrafficPolicy, { mode: 'REGISTRY_ONLY' }],
  trustDomain: [{ trustDomain: 'shop.example.com' }, all => istio(all).spec.values.meshConfig.trustDomain, 'shop.example.com'],
  ingressClass: [
    { ingressClass: IngressClass.KOURIER },
    all => [config('network', 'ingress-class')(all), serving(all).spec.ingress.kourier.enabled, serving(all).spec.ingress.istio.enabled], ['kourier.ingress.networking.knative.dev', true, false],
  ],
  autocreateDomainClaims: [{ autocreateDomainClaims: true }, config('network', 'autocreate-cluster-domain-claims'), 'true'],
  publicGateway: [{ publicGateway: gateway }, config('istio', 'external-gateways'), '- name: edge\n  namespace: gateways\n  service: edge.gateways.svc.cluster.local\n'],
  localGateway: [{ localGateway: gateway }, config('istio', 'local-gateways'), '- name: edge\n  namespace: gateways\n  service: edge.gateways.svc.cluster.local\n'],
};

// keys are those of config/core/configmaps/autoscaler.yaml of Knative Serving
const AUTOSCALER: { readonly [K in keyof Required<AutoscalerSettings>]: readonly [AutoscalerSettings, string, string] | string } = {
  horizontalPodAutoscaler: 'the operator installs serving-hpa always',
  resourceMetrics: 'an API service of others',
  customMetrics: 'an API service of others',
  enableScaleToZero: [{ enableScaleToZero: false }, 'enable-scale-to-zero', 'false'],
  initialScale: [{ initialScale: 3 }, 'initial-scale', '3'],
  allowZeroInitialScale: [{ allowZeroInitialScale: true }, 'allow-zero-initial-scale', 'true'],
  minScale: [{ minScale: 2 }, 'min-scale', '2'],
  maxScale: [{ maxScale: 9 }, 'max-scale', '9'],
  maxScaleLimit: [{ maxScaleLimit: 20 }, 'max-scale-limit', '20'],
  concurrencyTarget: [{ concurrencyTarget: 50 }, 'container-concurrency-target-default', '50'],
  requestsPerSecondTarget: [{ requestsPerSecondTarget: 10 }, 'requests-per-second-target-default', '10'],
  targetUtilization: [{ targetUtilization: 80 }, 'container-concurrency-target-percentage', '80'],
  targetBurstCapacity: [{ targetBurstCapacity: -1 }, 'target-burst-capacity', '-1'],
  stableWindow: [{ stableWindow: Duration.minutes(2) }, 'stable-window', '120s'],
  scaleToZeroGracePeriod: [{ scaleToZeroGracePeriod: Duration.seconds(45) }, 'scale-to-zero-grace-period', '45s'],
};

// keys are those of config/core/configmaps/defaults.yaml of Knative Serving
const REVISION: { readonly [K in keyof Required<RevisionSettings>]: readonly [RevisionSettings, string, string] } = {
  timeout: [{ timeout: Duration.minutes(1) }, 'revision-timeout-seconds', '60'],
  maxTimeout: [{ maxTimeout: Duration.minutes(20) }, 'max-revision-timeout-seconds', '1200'],
  containerConcurrency: [{ containerConcurrency: 5 }, 'container-concurrency', '5'],
  maxContainerConcurrency: [{ maxContainerConcurrency: 50 }, 'container-concurrency-max-limit', '50'],
  allowUnlimitedConcurrency: [{ allowUnlimitedConcurrency: false }, 'allow-container-concurrency-zero', 'false'],
};

// keys are those of config/core/configmaps/observability.yaml of Knative Serving
const MONITORING: { readonly [K in keyof Required<MonitoringSettings>]: readonly [MonitoringSettings, string, string] | string } = {
  monitorLabels: 'what Prometheus selects',
  ruleLabels: 'what Prometheus selects',
  dashboardLabels: 'what Grafana selects',
  namespace: 'where Prometheus runs',
  outsideMesh: 'how Prometheus runs',
  scrapeInterval: 'said in each monitor',
  knativeMetrics: [{ knativeMetrics: KnativeMetrics.PROMETHEUS }, 'request-metrics-protocol', 'prometheus'],
  knativeSystemMetrics: [{ knativeSystemMetrics: KnativeMetrics.PROMETHEUS }, 'metrics-protocol', 'prometheus'],
  knativeExportInterval: [{ knativeMetrics: KnativeMetrics.OTLP_PUSH, knativeExportInterval: Duration.seconds(15) }, 'request-metrics-export-interval', '15s'],
};

describe('what the cluster profile says is what the platform gets', () => {
  test.each(Object.entries(PROFILE).filter(([, row]) => typeof row !== 'string'))('%s', (_, row) => {
    const [props, read, expected] = row as Exclude<Row, string>;
    expect(read(platform(props).all())).toEqual(expected);
    expect(read(platform({}).all())).not.toEqual(expected);
  });

  test.each(Object.entries(AUTOSCALER).filter(([, row]) => typeof row !== 'string'))('autoscaler.%s', (_, row) => {
    const [autoscaler, key, expected] = row as readonly [AutoscalerSettings, string, string];
    expect(config('autoscaler', key)(platform({ autoscaler }).all())).toBe(expected);
  });

  test.each(Object.entries(REVISION))('revision.%s', (_, [revision, key, expected]) => {
    expect(config('defaults', key)(platform({ revision }).all())).toBe(expected);
  });

  test.each(Object.entries(MONITORING).filter(([, row]) => typeof row !== 'string'))('monitoring.%s', (_, row) => {
    const [monitoring, key, expected] = row as readonly [MonitoringSettings, string, string];
    expect(config('observability', key)(platform({ monitoring }, { metricsEndpoint: 'http://collector.monitoring:4318/v1/metrics' }).all())).toBe(expected);
  });

  test('every flag of Serving, switched on or off', () => {
    const features = Object.values(ServingFeature).filter((value): value is ServingFeature => value instanceof ServingFeature);
    expect(features.length).toBeGreaterThan(30);
    const shipped = serving(platform({}).all()).spec.config.features;
    expect(shipped).toEqual(Object.fromEntries(features.map(feature => [feature.key, feature.defaultState])));
    for (const state of [FeatureState.ENABLED, FeatureState.DISABLED]) {
      const said = serving(platform({ servingFeatures: features.map(({ key }) => ({ key, state })) }).all()).spec.config.features;
      expect(Object.keys(said)).toHaveLength(features.length);
      expect(new Set(Object.values(said))).toEqual(new Set([state]));
    }
  });

  test('every flag of Eventing, switched on or off', () => {
    const features = Object.values(EventingFeature).filter((value): value is EventingFeature => value instanceof EventingFeature);
    for (const state of [FeatureState.ENABLED, FeatureState.DISABLED]) {
      const said = eventing(platform({ eventingFeatures: features.map(({ key }) => ({ key, state })) }).all()).spec.config.features;
      expect(said).toEqual(Object.fromEntries(features.map(({ key }) => [key, state])));
    }
  });

  test('which no rule finds at odds with the profile', () => {
    const { chart } = platform({ mesh: MeshMode.AMBIENT, trustDomain: 'shop.example.com', gatewayApi: GatewayApi.KUBERNETES, kubernetes: KubernetesVersion.V1_35, prometheusOperator: PrometheusOperatorVersion.V0_92, namespaces: [{ name: 'legacy', mesh: MeshMembership.OUTSIDE }] });
    expect(problems(chart)).toEqual([]);
  });
});

describe('a platform', () => {
  test('takes further lines, and none that the profile decides', () => {
    const { chart, all } = platform({}, { servingConfig: { autoscaler: { 'scale-down-delay': '5m', 'min-scale': '3' }, gc: { 'max-non-active-revisions': '5' } } });
    expect(serving(all()).spec.config).toMatchObject({ autoscaler: { 'scale-down-delay': '5m', 'min-scale': '0' }, gc: { 'max-non-active-revisions': '5' } });
    expect(problems(chart, 'SM1331')).toMatchObject([{ field: "servingConfig.autoscaler['min-scale']", value: '"3"' }]);
  });

  test('is refused where metrics are pushed and nothing says where to', () => {
    expect(problems(platform({ monitoring: { knativeMetrics: KnativeMetrics.OTLP_PUSH } }).chart, 'SM1332')).toHaveLength(1);
  });

  test('installs what is asked for', () => {
    const { all } = platform({}, { eventing: false, replicas: 2 });
    expect(eventing(all())).toBeUndefined();
    expect(serving(all()).spec['high-availability']).toEqual({ replicas: 2 });
    expect(eventing(platform({}, { kafkaSource: true, defaultBrokerClass: 'Kafka' }).all()).spec).toMatchObject({ source: { kafka: { enabled: true } }, defaultBrokerClass: 'Kafka' });
  });
});

describe('a control plane', () => {
  test('has providers that policies and telemetry may name', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ outboundTraffic: OutboundTraffic.REGISTRY_ONLY }).applyTo(chart);
    const traces = ExtensionProvider.openTelemetry('otel', { service: 'collector.monitoring.svc.cluster.local', port: 4317 });
    new MeshControlPlane(chart, 'istio', {
      providers: [ExtensionProvider.httpAuthorizer('oauth', { service: 'oauth2-proxy.auth.svc.cluster.local', port: 4180, headersInCheck: ['cookie'] })],
      defaultTracing: traces,
      defaultAccessLog: ExtensionProvider.fileAccessLog('log'),
      discoverySelectors: [{ mesh: 'enabled' }],
    });
    expect(manifest(chart, 'Istio').spec.values.meshConfig).toEqual({
      trustDomain: 'cluster.local',
      rootNamespace: 'istio-system',
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      extensionProviders: [
        { name: 'oauth', envoyExtAuthzHttp: { service: 'oauth2-proxy.auth.svc.cluster.local', port: 4180, includeRequestHeadersInCheck: ['cookie'] } },
        { name: 'otel', opentelemetry: { service: 'collector.monitoring.svc.cluster.local', port: 4317 } },
        { name: 'log', envoyFileAccessLog: { path: '/dev/stdout' } },
      ],
      defaultProviders: { tracing: ['otel'], accessLogging: ['log'] },
      discoverySelectors: [{ matchLabels: { mesh: 'enabled' } }],
      enableTracing: true,
    });
    expect(problems(chart)).toEqual([]);
  });

  test('is refused without a mesh and with two providers of one name', () => {
    const without = shopChart();
    ClusterProfile.withoutMesh().applyTo(without);
    new MeshControlPlane(without, 'istio');
    expect(problems(without, 'SM1333')).toHaveLength(1);
    const twice = shopChart();
    new MeshControlPlane(twice, 'istio', { providers: [ExtensionProvider.fileAccessLog('log'), ExtensionProvider.fileAccessLog('log')] });
    expect(problems(twice, 'SM1334')).toMatchObject([{ value: '"log"' }]);
  });
});

describe('SM1330: a raw platform', () => {
  function found(profile: ClusterProfile | undefined, object: Json): Json[] {
    const chart = shopChart();
    profile?.applyTo(chart);
    new ApiObject(chart, 'raw', object);
    return problems(chart, 'SM1330');
  }
  const mesh = { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: 'default' }, spec: { namespace: 'istio-system', version: 'v1.29.2', values: { meshConfig: { trustDomain: 'other.example.com' } } } };

  test('is held against the profile', () => {
    const profile = ClusterProfile.sidecar({ trustDomain: 'shop.example.com' });
    expect(found(profile, mesh)).toMatchObject([{ field: 'spec.values.meshConfig.trustDomain', value: '"other.example.com"' }]);
    expect(found(profile, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config-autoscaler', namespace: 'knative-serving' }, data: { 'min-scale': '4', 'scale-down-delay': '1m' } }))
      .toMatchObject([{ field: "data['min-scale']" }]);
    expect(found(profile, { apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeServing', metadata: { name: 'knative-serving', namespace: 'knative-serving' }, spec: { version: '1.22', config: { 'config-defaults': { 'revision-timeout-seconds': '300' } } } }))
      .toMatchObject([{ field: 'spec.version', value: '"1.22"' }]);
  });

  test('is left alone where nobody set a profile', () => {
    expect(found(undefined, mesh)).toEqual([]);
  });
});
