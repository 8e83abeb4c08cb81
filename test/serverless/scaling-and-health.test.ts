import { Duration, Size } from 'cdk8s';
import {
  ActivatorStrategy, Autoscaling, ClusterProfile, ContainerSecurity, HealthCheck, MetricAggregation, ServerlessService, ServerlessServiceProps,
  ServingFeature,
} from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

const PREFIX = 'autoscaling.knative.dev/';

function template(props: Partial<ServerlessServiceProps>, profile = new ClusterProfile()): Json {
  const chart = shopChart();
  profile.applyTo(chart);
  const service = new ServerlessService(chart, 'checkout', { image: 'registry.example.com/checkout:1', ...props });
  expect(problems(service)).toEqual([]);
  return manifest(service, 'Service').spec.template;
}

function annotations(autoscaling: Autoscaling, profile?: ClusterProfile): Json {
  return Object.fromEntries(Object.entries(template({ autoscaling }, profile).metadata.annotations ?? {})
    .map(([key, value]) => [key.replace(PREFIX, ''), value]));
}

describe('autoscaling', () => {
  const KPA = 'kpa.autoscaling.knative.dev';

  test('aims at requests in flight or at a rate', () => {
    expect(annotations(Autoscaling.concurrency(20))).toEqual({ class: KPA, metric: 'concurrency', target: '20' });
    expect(annotations(Autoscaling.requestsPerSecond(0.5))).toEqual({ class: KPA, metric: 'rps', target: '0.5' });
    expect(annotations(Autoscaling.clusterDefault())).toEqual({});
  });

  test('spells every option with dashes and as text, on the template alone', () => {
    const autoscaling = Autoscaling.concurrency(20, {
      min: 1,
      max: 10,
      initial: 2,
      activation: 3,
      window: Duration.seconds(90),
      scaleDownDelay: Duration.minutes(15),
      podRetention: Duration.millis(1500),
      targetUtilization: 80,
      targetBurstCapacity: -1,
      panicWindow: 20,
      panicThreshold: 150,
      aggregation: MetricAggregation.WEIGHTED_EXPONENTIAL,
    });
    expect(annotations(autoscaling)).toEqual({
      'class': KPA,
      'metric': 'concurrency',
      'target': '20',
      'min-scale': '1',
      'max-scale': '10',
      'initial-scale': '2',
      'activation-scale': '3',
      'window': '90s',
      'scale-down-delay': '900s',
      'scale-to-zero-pod-retention-period': '1500ms',
      'target-utilization-percentage': '80',
      'target-burst-capacity': '-1',
      'panic-window-percentage': '20',
      'panic-threshold-percentage': '150',
      'metric-aggregation-algorithm': 'weighted-exponential',
    });
    const chart = shopChart();
    const service = new ServerlessService(chart, 'checkout', { image: 'registry.example.com/checkout:1', autoscaling });
    expect(manifest(service, 'Service').metadata).not.toHaveProperty('annotations');
  });

  test('writes zeros, which mean something', () => {
    expect(annotations(Autoscaling.clusterDefault({ min: 0, max: 0, initial: 0, targetBurstCapacity: 0, scaleDownDelay: Duration.seconds(0) }),
      new ClusterProfile({ autoscaler: { allowZeroInitialScale: true } })))
      .toEqual({ 'min-scale': '0', 'max-scale': '0', 'initial-scale': '0', 'target-burst-capacity': '0', 'scale-down-delay': '0s' });
  });
});

describe('autoscaling by a HorizontalPodAutoscaler', () => {
  const HPA = 'hpa.autoscaling.knative.dev';
  const profile = new ClusterProfile({ autoscaler: { horizontalPodAutoscaler: true, resourceMetrics: true, customMetrics: true } });

  // knative/serving pkg/reconciler/autoscaling/hpa/resources/hpa.go: cpu in percent of the request, memory in MiB, others as they are
  test('aims at cpu, memory or a metric of the pods', () => {
    expect(annotations(Autoscaling.cpu(70), profile)).toEqual({ class: HPA, metric: 'cpu', target: '70' });
    expect(annotations(Autoscaling.memory(Size.gibibytes(1)), profile)).toEqual({ class: HPA, metric: 'memory', target: '1024' });
    expect(annotations(Autoscaling.podsMetric('queue_length', 30), profile)).toEqual({ class: HPA, metric: 'queue_length', target: '30' });
  });

  test('takes bounds and one window', () => {
    expect(annotations(Autoscaling.cpu(70, { min: 2, max: 10, initial: 2, window: Duration.minutes(2) }), profile))
      .toEqual({ 'class': HPA, 'metric': 'cpu', 'target': '70', 'min-scale': '2', 'max-scale': '10', 'initial-scale': '2', 'window': '120s' });
  });

  test('keeps the activator out of the path without a burst capacity, which it would not read', () => {
    const written = template({ autoscaling: Autoscaling.cpu(70), activatorStrategy: ActivatorStrategy.outOfPath() }, profile).metadata.annotations;
    expect(written).not.toHaveProperty([`${PREFIX}target-burst-capacity`]);
    expect(written).toHaveProperty([`${PREFIX}min-scale`], '1');
  });

  test.each<[string, Autoscaling, string, string]>([
    ['less than a MiB', Autoscaling.memory(Size.kibibytes(512)), 'SM1141', '"0.5"'],
    ['a metric with a meaning of its own', Autoscaling.podsMetric('cpu', 30), 'SM1145', '"cpu"'],
    ['an amount without its unit', Autoscaling.memory(512 as never), 'SM0005', '512'],
    ['a metric that is no text', Autoscaling.podsMetric(7 as never, 30), 'SM0005', '7'],
  ])('refuses %s', (_, autoscaling, code, value) => {
    const chart = shopChart();
    profile.applyTo(chart);
    const service = new ServerlessService(chart, 'checkout', { image: 'registry.example.com/checkout:1', autoscaling });
    expect(problems(service, code)).toMatchObject([{ path: 'chart/checkout', value }]);
  });
});

describe('presets of autoscaling', () => {
  const KPA = 'kpa.autoscaling.knative.dev';

  test('keep pods and room for those who wait', () => {
    expect(annotations(Autoscaling.forLatency({ concurrency: 20 }))).toEqual({
      'class': KPA,
      'metric': 'concurrency',
      'target': '20',
      'min-scale': '2',
      'initial-scale': '2',
      'target-utilization-percentage': '60',
      'panic-threshold-percentage': '150',
      'scale-down-delay': '300s',
    });
  });

  test('keep nothing for those who pay', () => {
    expect(annotations(Autoscaling.forCost())).toEqual({
      'class': KPA,
      'metric': 'concurrency',
      'min-scale': '0',
      'max-scale': '10',
      'target-utilization-percentage': '85',
      'window': '30s',
      'scale-down-delay': '0s',
      'scale-to-zero-pod-retention-period': '0s',
    });
  });

  test('give way to what is said, and move their own bounds along', () => {
    expect(annotations(Autoscaling.forLatency({ targetUtilization: 50, max: 1 })))
      .toMatchObject({ 'target-utilization-percentage': '50', 'min-scale': '1', 'max-scale': '1', 'initial-scale': '1' });
    expect(annotations(Autoscaling.forLatency({ min: 5 }))).toMatchObject({ 'min-scale': '5', 'initial-scale': '5' });
    expect(annotations(Autoscaling.forCost({ min: 20 }))).toMatchObject({ 'min-scale': '20', 'max-scale': '20' });
    expect(annotations(Autoscaling.forCost({ max: undefined }))).toMatchObject({ 'max-scale': '10' });
  });

  test('report options of the wrong type', () => {
    const chart = shopChart();
    const service = new ServerlessService(chart, 'checkout', { image: 'registry.example.com/checkout:1', autoscaling: Autoscaling.forCost({ window: 30 as never, concurrency: 'x' as never }) });
    expect(problems(service).map(problem => [problem.code, problem.field])).toEqual([['SM0005', 'autoscaling.target'], ['SM0005', 'autoscaling.window']]);
  });
});

describe('health checks', () => {
  const probe = (readiness?: HealthCheck) => template({ readiness }).spec.containers[0].readinessProbe;

  test('leave the rhythm and the port to Knative', () => {
    expect(probe()).toBeUndefined();
    expect(probe(HealthCheck.http('/healthz'))).toEqual({ httpGet: { path: '/healthz' } });
    expect(probe(HealthCheck.tcp())).toEqual({ tcpSocket: {} });
    expect(probe(HealthCheck.grpc())).toEqual({ grpc: {} });
  });

  test('take a rhythm of their own', () => {
    expect(probe(HealthCheck.grpc({
      service: 'shop.Orders',
      period: Duration.seconds(10),
      initialDelay: Duration.seconds(2),
      timeout: Duration.seconds(3),
      failureThreshold: 5,
      successThreshold: 2,
    }))).toEqual({
      grpc: { service: 'shop.Orders' },
      periodSeconds: 10,
      initialDelaySeconds: 2,
      timeoutSeconds: 3,
      failureThreshold: 5,
      successThreshold: 2,
    });
  });
});

describe('container security', () => {
  const context = (securityContext: ContainerSecurity, profile?: ClusterProfile) =>
    template({ securityContext }, profile).spec.containers[0].securityContext;

  test('gives up one restriction at a time, by name', () => {
    expect(context({ allowRoot: true }).runAsNonRoot).toBe(false);
    expect(context({ allowWritableRootFilesystem: true }).readOnlyRootFilesystem).toBe(false);
    expect(context({ allowPrivilegeEscalation: true }).allowPrivilegeEscalation).toBe(true);
    expect(context({ keepDefaultCapabilities: true })).not.toHaveProperty('capabilities');
    expect(context({ allowAllSystemCalls: true }).seccompProfile).toEqual({ type: 'Unconfined' });
    expect(context({ allowRoot: true })).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });

  test('names user and group', () => {
    expect(context({ user: 1000, group: 3000 })).toMatchObject({ runAsUser: 1000, runAsGroup: 3000, runAsNonRoot: true });
  });

  test('adds capabilities to none, where the cluster lets it', () => {
    const profile = new ClusterProfile({ servingFeatures: [ServingFeature.ADD_CAPABILITIES.enabled()] });
    expect(context({ addCapabilities: ['NET_BIND_SERVICE'] }, profile).capabilities)
      .toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
  });
});
