import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { container, deployment, orders, podSpec } from './support';
import {
  ClusterProfile, ContainerPort, ContainerService, DisruptionBudget, HealthCheck, MeshMembership, PodSecurityLevel, MeshNamespace, UpdateStrategy, WorkloadKind,
} from '../../../lib';
import { Intents } from '../../../lib/core/intents';
import { manifest, manifests, problems, shopChart } from '../../support';

describe('a container service that says nothing but its image', () => {
  const service = orders();

  test('is a Deployment behind a Service with an identity and a budget of its own', () => {
    expect(manifests(service).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'ServiceAccount/orders', 'Service/orders', 'Deployment/orders', 'PodDisruptionBudget/orders',
    ]);
    expect(manifest(service, 'ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(problems(service)).toEqual([]);
  });

  test('names its ports so that the mesh knows the protocol', () => {
    expect(manifest(service, 'Service').spec).toEqual({
      selector: { app: 'orders' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'http' }],
    });
    expect(container(service).ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  });

  test('runs two pods on several nodes and zones, labelled for the mesh', () => {
    const { spec } = deployment(service);
    expect(spec.replicas).toBe(2);
    expect(spec.selector.matchLabels).toEqual({ app: 'orders', version: 'v1' });
    expect(spec.template.metadata.labels).toEqual({ 'app': 'orders', 'version': 'v1', 'sidecar.istio.io/inject': 'true' });
    expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
    expect(podSpec(service).topologySpreadConstraints.map((entry: { topologyKey: string }) => entry.topologyKey))
      .toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(podSpec(service).topologySpreadConstraints[0]).toMatchObject({
      maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'orders', version: 'v1' } }, matchLabelKeys: ['pod-template-hash'],
    });
  });

  test('lets drains of nodes take one pod at a time, and pods that do not work always', () => {
    expect(manifest(service, 'PodDisruptionBudget').spec).toEqual({
      maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: 'orders', version: 'v1' } },
    });
  });

  test('is restricted, has resources, and goes away in peace', () => {
    expect(podSpec(service)).toMatchObject({ serviceAccountName: 'orders', enableServiceLinks: false, terminationGracePeriodSeconds: 30 });
    expect(container(service)).toMatchObject({
      name: 'orders',
      image: 'registry.example.com/shop/orders:2.0.0',
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      readinessProbe: { tcpSocket: { port: 8080 } },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      securityContext: {
        runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(container(service).livenessProbe).toBeUndefined();
  });

  test('is a workload of the app', () => {
    expect(service.workloadKind).toBe(WorkloadKind.DEPLOYMENT);
    expect(service.serviceHost).toBe('orders.shop.svc.cluster.local');
    expect(service.url).toBe('http://orders.shop.svc.cluster.local');
    expect([service.servicePort, service.policyPorts]).toEqual([80, [8080]]);
    expect(service.podSelector).toEqual({ app: 'orders' });
    expect(service.meshIdentity).toMatchObject({ namespace: 'shop', serviceAccountName: 'orders' });
    expect(Intents.of(service).workloads.all).toEqual([service]);
  });
});

describe('the Deployment', () => {
  test('writes what was said', () => {
    const chart = shopChart();
    const service = orders({
      name: 'order-api',
      replicas: 5,
      env: { LOG_LEVEL: kplus.EnvValue.fromValue('info') },
      command: ['/app'],
      args: ['--fast'],
      resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) } },
      minReady: Duration.seconds(10),
      progressDeadline: Duration.minutes(3),
      revisionHistoryLimit: 2,
      shutdown: { delay: Duration.seconds(15), gracePeriod: Duration.minutes(2) },
      updateStrategy: UpdateStrategy.rolling({ maxSurge: kplus.PercentOrAbsolute.absolute(1), maxUnavailable: kplus.PercentOrAbsolute.percent(10) }),
      imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
      imagePullSecrets: [kplus.Secret.fromSecretName(chart, 'registry', 'registry')],
      priorityClass: 'important',
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      templateLabels: { team: 'shop', app: 'other' },
      templateAnnotations: { 'example.com/a': 'b' },
      labels: { team: 'shop' },
    }, ClusterProfile.sidecar(), chart);
    const written = deployment(service, 'order-api');
    expect(written.metadata.labels).toEqual({ team: 'shop', app: 'order-api', version: 'v1' });
    expect(written.spec).toMatchObject({
      replicas: 5,
      minReadySeconds: 10,
      progressDeadlineSeconds: 180,
      revisionHistoryLimit: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '10%' } },
      template: {
        metadata: { labels: { team: 'shop', app: 'order-api' }, annotations: { 'example.com/a': 'b' } },
        spec: {
          terminationGracePeriodSeconds: 120,
          priorityClassName: 'important',
          imagePullSecrets: [{ name: 'registry' }],
          nodeSelector: { 'kubernetes.io/arch': 'arm64' },
          containers: [{
            name: 'order-api',
            command: ['/app'],
            args: ['--fast'],
            env: [{ name: 'LOG_LEVEL', value: 'info' }],
            imagePullPolicy: 'Always',
            resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
            lifecycle: { preStop: { sleep: { seconds: 15 } } },
          }],
        },
      },
    });
    expect(service.serviceHost).toBe('order-api.shop.svc.cluster.local');
    expect(problems(service)).toEqual([]);
  });

  test('replaces all pods at once where two must never run', () => {
    const service = orders({ replicas: 1, updateStrategy: UpdateStrategy.recreate() });
    expect(deployment(service).spec.strategy).toEqual({ type: 'Recreate' });
    expect(podSpec(service).topologySpreadConstraints).toBeUndefined();
    expect(manifests(service).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
  });

  test('asks its checks on the first port unless they name one', () => {
    const service = orders({
      ports: [ContainerPort.grpc(9000), ContainerPort.http(8081)],
      startup: HealthCheck.grpc({ service: 'orders.v1.Orders', period: Duration.seconds(2), failureThreshold: 30 }),
      readiness: HealthCheck.grpc(),
      liveness: HealthCheck.tcp({ initialDelay: Duration.seconds(5) }),
    });
    expect(container(service)).toMatchObject({
      startupProbe: { grpc: { port: 9000, service: 'orders.v1.Orders' }, periodSeconds: 2, failureThreshold: 30 },
      readinessProbe: { grpc: { port: 9000 } },
      livenessProbe: { tcpSocket: { port: 9000 }, initialDelaySeconds: 5 },
    });
    expect(container(orders({ readiness: HealthCheck.http('/ready') })).readinessProbe).toEqual({ httpGet: { path: '/ready', port: 8080 } });
  });

  test('has a port of each protocol', () => {
    const service = orders({
      ports: [ContainerPort.http2(8443), ContainerPort.grpc(9000), ContainerPort.tcp(5555, { name: 'tcp-replication' }), ContainerPort.http(8080, { servicePort: 8080 })],
    });
    expect(manifest(service, 'Service').spec.ports).toEqual([
      { name: 'http2', port: 80, targetPort: 'http2', appProtocol: 'http2' },
      { name: 'grpc', port: 9000, targetPort: 'grpc', appProtocol: 'grpc' },
      { name: 'tcp-replication', port: 5555, targetPort: 'tcp-replication', appProtocol: 'tcp' },
      { name: 'http', port: 8080, targetPort: 'http', appProtocol: 'http' },
    ]);
    expect(service.policyPorts).toEqual([8443, 9000, 5555, 8080]);
    expect(problems(service)).toEqual([]);
    expect(orders({ ports: [ContainerPort.grpc(9000)] }).servicePort).toBe(9000);
  });

  test('runs in a namespace that enforces the restricted level beside a sidecar without a seccomp profile', () => {
    const chart = shopChart();
    new MeshNamespace(chart, 'namespace', { podSecurity: PodSecurityLevel.RESTRICTED });
    ClusterProfile.sidecar({ sidecarSeccompProfile: true }).applyTo(chart);
    new ContainerService(chart, 'orders', { image: 'registry.example.com/shop/orders:2.0.0' });
    expect(problems(chart)).toEqual([]);
  });

  test('holds the application back and lets the sidecar finish where sidecars are not native', () => {
    const annotations = (profile: ClusterProfile) => deployment(orders({}, profile)).spec.template.metadata.annotations ?? {};
    expect(JSON.parse(annotations(ClusterProfile.sidecar({ nativeSidecars: false }))['proxy.istio.io/config'])).toEqual({
      holdApplicationUntilProxyStarts: true, proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true' },
    });
    expect(annotations(ClusterProfile.sidecar())).toEqual({});
    expect(annotations(ClusterProfile.ambient({ nativeSidecars: false }))).toEqual({});
  });

  test.each<[string, ClusterProfile, boolean | undefined, MeshMembership, Record<string, string>]>([
    ['ambient', ClusterProfile.ambient(), undefined, MeshMembership.AMBIENT, { 'istio.io/dataplane-mode': 'ambient' }],
    ['sidecars, opted out', ClusterProfile.sidecar(), false, MeshMembership.OUTSIDE, { 'sidecar.istio.io/inject': 'false' }],
    ['no mesh', ClusterProfile.withoutMesh(), undefined, MeshMembership.OUTSIDE, {}],
  ])('joins the mesh with %s', (_, profile, inMesh, membership, labels) => {
    const service = orders({ inMesh }, profile);
    expect(service.meshMembership).toBe(membership);
    expect(deployment(service).spec.template.metadata.labels).toEqual({ app: 'orders', version: 'v1', ...labels });
  });
});

describe('a disruption budget', () => {
  const budget = (disruptionBudget: DisruptionBudget, replicas = 4) => manifest(orders({ disruptionBudget, replicas }), 'PodDisruptionBudget').spec;

  test('is a number or a share', () => {
    expect(budget(DisruptionBudget.maxUnavailable(2))).toMatchObject({ maxUnavailable: 2 });
    expect(budget(DisruptionBudget.maxUnavailablePercent(50))).toMatchObject({ maxUnavailable: '50%' });
    expect(budget(DisruptionBudget.minAvailable(3))).toMatchObject({ minAvailable: 3 });
    expect(budget(DisruptionBudget.minAvailablePercent(50, { keepUnhealthy: true }))).toMatchObject({ minAvailable: '50%', unhealthyPodEvictionPolicy: 'IfHealthyBudget' });
    expect(manifests(orders({ disruptionBudget: DisruptionBudget.none() })).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
  });

  test.each<[string, DisruptionBudget, number, boolean]>([
    ['no pod may go', DisruptionBudget.maxUnavailable(0), 4, true],
    ['all have to stay', DisruptionBudget.minAvailable(4), 4, true],
    ['four of five may not go', DisruptionBudget.minAvailable(4), 5, false],
    // 81 % of five pods are 4.05, which Kubernetes rounds up
    ['a share that is rounded up to all', DisruptionBudget.minAvailablePercent(81), 5, true],
    ['a share that leaves one', DisruptionBudget.minAvailablePercent(80), 5, false],
    ['the only pod has to stay', DisruptionBudget.minAvailable(1), 1, true],
    ['the only pod may go', DisruptionBudget.maxUnavailable(1), 1, false],
    ['a share of nothing', DisruptionBudget.maxUnavailablePercent(0), 4, true],
  ])('that blocks drains is refused: %s', (_, disruptionBudget, replicas, refused) => {
    expect(problems(orders({ disruptionBudget, replicas }), 'SM1173')).toHaveLength(refused ? 1 : 0);
  });

  test('is held against the fewest pods of the autoscaler', () => {
    expect(problems(orders({ disruptionBudget: DisruptionBudget.minAvailable(3), autoscaling: { min: 3, max: 9 } }), 'SM1173')).toMatchObject([
      { path: 'chart/orders/v1', field: 'disruptionBudget', reason: expect.stringContaining('of 3 pods'), fix: expect.stringContaining('maxUnavailable(1)') },
    ]);
  });
});
