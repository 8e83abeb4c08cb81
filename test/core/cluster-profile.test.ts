import { App, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ClusterProfile, EventingFeature, FeatureState, IngressClass, IstioVersion, KnativeVersion, KubernetesVersion, MeshMembership, MeshMode,
  ServingFeature,
} from '../../lib/core';

const featuresOf = <T>(type: object, isFeature: (x: unknown) => x is T): T[] => Object.values(type).filter(isFeature);

describe('the profile that holds', () => {
  test('is the nearest one above a construct', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    const inner = new Construct(chart, 'inner');
    expect(ClusterProfile.of(inner).trustDomain).toBe('cluster.local');
    new ClusterProfile({ trustDomain: 'app.example' }).applyTo(app);
    new ClusterProfile({ trustDomain: 'chart.example' }).applyTo(chart);
    expect([app, chart, inner, new Chart(app, 'b')].map(scope => ClusterProfile.of(scope).trustDomain))
      .toEqual(['app.example', 'chart.example', 'chart.example', 'app.example']);
  });

  test('is the last one set on a scope, also for constructs that are there already', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    for (const trustDomain of ['first.example', 'last.example']) new ClusterProfile({ trustDomain }).applyTo(app);
    expect(ClusterProfile.of(chart).trustDomain).toBe('last.example');
  });
});

describe('a preset', () => {
  test.each([
    ['sidecar', ClusterProfile.sidecar(), MeshMode.SIDECAR, MeshMembership.SIDECAR, IngressClass.ISTIO, true],
    ['ambient', ClusterProfile.ambient(), MeshMode.AMBIENT, MeshMembership.AMBIENT, IngressClass.ISTIO, true],
    ['without mesh', ClusterProfile.withoutMesh(), MeshMode.NONE, MeshMembership.OUTSIDE, IngressClass.KOURIER, false],
  ])('%s decides mode, membership and networking layer together', (_, profile, mesh, membership, ingressClass, knativeInMesh) => {
    expect(profile).toMatchObject({ mesh, ingressClass, knativeServingInMesh: knativeInMesh, knativeEventingInMesh: knativeInMesh });
    expect(profile.defaultMembership).toBe(membership);
  });

  test('takes what is said besides, but stays what it is', () => {
    const said = { ingressClass: IngressClass.CONTOUR, knativeServingInMesh: true };
    const profile = ClusterProfile.withoutMesh({ ...said, mesh: MeshMode.SIDECAR });
    expect(profile).toMatchObject({ ...said, mesh: MeshMode.NONE, knativeEventingInMesh: false });
  });

  test('can be changed in parts', () => {
    const profile = ClusterProfile.ambient({ clusterDomain: 'k8s.example', istio: IstioVersion.V1_28 }).with({ istio: IstioVersion.V1_30 });
    expect(profile).toMatchObject({ mesh: MeshMode.AMBIENT, clusterDomain: 'k8s.example', istio: IstioVersion.V1_30 });
  });
});

describe('without a word said, the profile is', () => {
  const profile = new ClusterProfile();

  test('of releases that work together', () => {
    expect(profile).toMatchObject({
      kubernetes: KubernetesVersion.V1_34,
      knativeServing: KnativeVersion.V1_23,
      knativeEventing: KnativeVersion.V1_22,
      // net-istio's third_party/istio-latest
      istio: IstioVersion.V1_29,
    });
    expect([profile.istioAtLeast(IstioVersion.V1_28), profile.istioAtLeast(IstioVersion.V1_29), profile.istioAtLeast(IstioVersion.V1_30)])
      .toEqual([true, true, false]);
  });

  // serving: pkg/autoscaler/config/config.go, defaultConfig
  test('what the autoscaler of Knative has without a ConfigMap', () => {
    const { stableWindow, scaleToZeroGracePeriod, ...numbers } = profile.autoscaler;
    expect(numbers).toEqual({
      enableScaleToZero: true,
      initialScale: 1,
      allowZeroInitialScale: false,
      minScale: 0,
      maxScale: 0,
      maxScaleLimit: 0,
      concurrencyTarget: 100,
      requestsPerSecondTarget: 200,
      targetUtilization: 70,
      targetBurstCapacity: 211,
    });
    expect([stableWindow, scaleToZeroGracePeriod].map(duration => duration!.toSeconds())).toEqual([60, 30]);
  });

  // serving: pkg/apis/config/defaults.go
  test('what a revision has without a ConfigMap', () => {
    const { timeout, maxTimeout, ...others } = profile.revision;
    expect(others).toEqual({ containerConcurrency: 0, maxContainerConcurrency: 1000, allowUnlimitedConcurrency: true });
    expect([timeout, maxTimeout].map(duration => duration!.toSeconds())).toEqual([300, 600]);
  });

  // net-istio: config/202-gateway.yaml, config/203-local-gateway.yaml; service account as istio's gateway chart names it
  test('of the gateways that net-istio installs', () => {
    const pods = { namespace: 'knative-serving', serviceNamespace: 'istio-system', serviceAccount: 'istio-ingressgateway-service-account' };
    expect(profile.publicGateway).toEqual({ ...pods, name: 'knative-ingress-gateway', serviceName: 'istio-ingressgateway' });
    expect(profile.localGateway).toEqual({ ...pods, name: 'knative-local-gateway', serviceName: 'knative-local-gateway' });
  });

  test('of the labels by which kube-prometheus-stack selects', () => {
    const labels = { release: 'kube-prometheus-stack' };
    expect(profile.monitoring).toMatchObject({ monitorLabels: labels, ruleLabels: labels, outsideMesh: true });
    expect(new ClusterProfile({ monitoring: { monitorLabels: { team: 'a' } } }).monitoring.ruleLabels).toEqual({ team: 'a' });
  });

  test('without namespaces outside of the app', () => {
    expect(profile.namespaces).toEqual([]);
  });
});

describe('a setting', () => {
  test('replaces one default and leaves the others', () => {
    const { autoscaler, revision } = new ClusterProfile({ autoscaler: { maxScale: 10 }, revision: { maxTimeout: Duration.minutes(20) } });
    expect(autoscaler).toMatchObject({ maxScale: 10, minScale: 0, concurrencyTarget: 100 });
    expect(revision.maxTimeout!.toSeconds()).toBe(1200);
    expect(revision.timeout!.toSeconds()).toBe(300);
  });

  test('that is left undefined is the default', () => {
    const { autoscaler, revision, monitoring } = new ClusterProfile({
      autoscaler: { initialScale: undefined }, revision: { containerConcurrency: undefined }, monitoring: { namespace: undefined },
    });
    expect([autoscaler.initialScale, revision.containerConcurrency, monitoring.namespace]).toEqual([1, 0, 'monitoring']);
  });

  test('of a namespace moves what is in it', () => {
    expect(new ClusterProfile({ istioNamespace: 'mesh', knativeServingNamespace: 'serving' }).publicGateway)
      .toMatchObject({ namespace: 'serving', serviceNamespace: 'mesh' });
  });

  test('cannot be changed from outside', () => {
    const profile = new ClusterProfile({ namespaces: [{ name: 'legacy', mesh: MeshMembership.OUTSIDE }] });
    profile.namespaces.pop();
    expect(profile.namespaces).toHaveLength(1);
  });
});

describe('hosts and identities', () => {
  const profile = new ClusterProfile({ clusterDomain: 'k8s.example', trustDomain: 'mesh.example' });

  test('are spelled as the mesh spells them', () => {
    expect(profile.serviceHost('orders', 'shop')).toBe('orders.shop.svc.k8s.example');
    expect(profile.principal('shop', 'orders')).toBe('mesh.example/ns/shop/sa/orders');
  });
});

describe('features', () => {
  const serving = featuresOf(ServingFeature, (x): x is ServingFeature => x instanceof ServingFeature);
  const eventing = featuresOf(EventingFeature, (x): x is EventingFeature => x instanceof EventingFeature);

  // serving: pkg/apis/config/features.go, NewFeaturesConfigFromMap
  test('of Knative Serving are those that its webhook reads', () => {
    expect(serving.map(feature => feature.key).sort()).toEqual([
      'autodetect-http2',
      'kubernetes.containerspec-addcapabilities',
      'kubernetes.podspec-affinity',
      'kubernetes.podspec-dnsconfig',
      'kubernetes.podspec-dnspolicy',
      'kubernetes.podspec-fieldref',
      'kubernetes.podspec-hostaliases',
      'kubernetes.podspec-hostipc',
      'kubernetes.podspec-hostnetwork',
      'kubernetes.podspec-hostpid',
      'kubernetes.podspec-init-containers',
      'kubernetes.podspec-nodeselector',
      'kubernetes.podspec-persistent-volume-claim',
      'kubernetes.podspec-persistent-volume-write',
      'kubernetes.podspec-priorityclassname',
      'kubernetes.podspec-runtimeclassname',
      'kubernetes.podspec-schedulername',
      'kubernetes.podspec-securitycontext',
      'kubernetes.podspec-shareprocessnamespace',
      'kubernetes.podspec-tolerations',
      'kubernetes.podspec-topologyspreadconstraints',
      'kubernetes.podspec-volumes-csi',
      'kubernetes.podspec-volumes-emptydir',
      'kubernetes.podspec-volumes-ephemeral',
      'kubernetes.podspec-volumes-hostpath',
      'kubernetes.podspec-volumes-image',
      'kubernetes.podspec-volumes-mount-propagation',
      'multi-container',
      'multi-container-probing',
      'queueproxy.mount-podinfo',
      'queueproxy.resource-defaults',
      'secure-pod-defaults',
      'tag-header-based-routing',
    ]);
  });

  // serving: defaultFeaturesConfig; eventing: pkg/apis/feature/features.go, newDefaults
  test('are off but for those that Knative ships switched on', () => {
    const profile = new ClusterProfile();
    expect(serving.filter(feature => profile.servingFeature(feature) !== FeatureState.DISABLED).map(feature => feature.key).sort())
      .toEqual(['kubernetes.podspec-volumes-emptydir', 'multi-container']);
    expect(eventing.filter(feature => profile.eventingFeature(feature) !== FeatureState.DISABLED).map(feature => feature.key))
      .toEqual(['delivery-timeout']);
  });

  test('are as the profile says', () => {
    const profile = new ClusterProfile({
      servingFeatures: [ServingFeature.AFFINITY.allowed(), ServingFeature.EMPTY_DIR_VOLUMES.disabled()],
      eventingFeatures: [EventingFeature.OIDC_AUTHENTICATION.enabled()],
    });
    expect([ServingFeature.AFFINITY, ServingFeature.EMPTY_DIR_VOLUMES, ServingFeature.FIELD_REF].map(feature => profile.servingFeature(feature)))
      .toEqual([FeatureState.ALLOWED, FeatureState.DISABLED, FeatureState.DISABLED]);
    expect(profile.eventingFeature(EventingFeature.OIDC_AUTHENTICATION)).toBe(FeatureState.ENABLED);
  });
});
