import { Duration } from 'cdk8s';
import { ContainerPort, ContainerService, DisruptionBudget, HealthCheck, ScalingMetric, ScalingStep, UpdateStrategy } from '../../../lib';
import { Json, problems, shopChart } from '../../support';

/** What JavaScript lets pass where TypeScript does not. */
function untyped(props: Json): ContainerService {
  return new ContainerService(shopChart(), 'orders', { image: 'registry.example.com/shop/orders:2.0.0', ...props });
}

test.each<[field: string, props: Json, fix: RegExp]>([
  ['image', { image: 5 }, /string/],
  ['name', { name: 42 }, /string/],
  ['version', { version: 2 }, /string/],
  ['ports', { ports: 8080 }, /ContainerPort\.http/],
  ['ports[1]', { ports: [ContainerPort.http(), 9000] }, /ContainerPort\.http/],
  ['ports[0].port', { ports: [ContainerPort.http('8080' as Json)] }, /number/],
  ['ports[0].servicePort', { ports: [ContainerPort.http(8080, { servicePort: '80' as Json })] }, /number/],
  ['env.A', { env: { A: 'hunter2' } }, /EnvValue\.fromValue/],
  ['resources.cpu.request', { resources: { cpu: { request: '100m' } } }, /Cpu\.millis/],
  ['readiness', { readiness: '/healthz' }, /HealthCheck\.http/],
  ['liveness.period', { liveness: HealthCheck.tcp({ period: 5 as Json }) }, /Duration/],
  ['startup.path', { startup: HealthCheck.http(5 as Json) }, /string/],
  ['replicas', { replicas: '3' }, /number/],
  ['autoscaling', { autoscaling: 10 }, /max: 10/],
  ['autoscaling.max', { autoscaling: { min: 2 } }, /number/],
  ['autoscaling.metrics', { autoscaling: { max: 9, metrics: ScalingMetric.containerCpu(70) } }, /array/],
  ['autoscaling.metrics[0]', { autoscaling: { max: 9, metrics: ['cpu'] } }, /ScalingMetric\.containerCpu/],
  ['autoscaling.metrics[0].percent', { autoscaling: { max: 9, metrics: [ScalingMetric.containerCpu('70' as Json)] } }, /number/],
  ['autoscaling.metrics[0].average', { autoscaling: { max: 9, metrics: [ScalingMetric.containerCpuAmount('500m' as Json)] } }, /Cpu\.millis/],
  ['autoscaling.scaleUp.steps[0].period', { autoscaling: { max: 9, scaleUp: { steps: [ScalingStep.pods(2, 60 as Json)] } } }, /Duration/],
  ['autoscaling.scaleDown.stabilization', { autoscaling: { max: 9, scaleDown: { stabilization: 300 } } }, /Duration/],
  ['disruptionBudget', { disruptionBudget: 1 }, /DisruptionBudget\.maxUnavailable/],
  ['disruptionBudget.minAvailable', { disruptionBudget: DisruptionBudget.minAvailable('50%' as Json) }, /number/],
  ['spread', { spread: 'zone' }, /boolean/],
  ['updateStrategy', { updateStrategy: 'Recreate' }, /UpdateStrategy\.recreate/],
  ['updateStrategy.maxSurge', { updateStrategy: UpdateStrategy.rolling({ maxSurge: 1 as Json }) }, /PercentOrAbsolute/],
  ['minReady', { minReady: 10 }, /Duration/],
  ['shutdown', { shutdown: Duration.seconds }, /gracePeriod/],
  ['shutdown.delay', { shutdown: { delay: 5 } }, /Duration/],
  ['securityContext.allowRoot', { securityContext: { allowRoot: 'yes' } }, /boolean/],
  ['imagePullPolicy', { imagePullPolicy: true }, /string/],
  ['sidecars[0].image', { sidecars: [{ name: 'cache', image: 7 }] }, /string/],
  ['mounts', { mounts: '/tmp' }, /PodVolume/],
  ['imagePullSecrets', { imagePullSecrets: ['registry'] }, /fromSecretName/],
  ['metrics', { metrics: 9090 }, /port: 9090/],
  ['metrics.port', { metrics: { port: '9090' } }, /number/],
  ['serviceAccount', { serviceAccount: 'builder' }, /fromServiceAccountName/],
  ['inMesh', { inMesh: 'no' }, /boolean/],
  ['labels', { labels: 'team=shop' }, /object/],
  ['nodeSelector', { nodeSelector: 'arm64' }, /object/],
  ['templateLabels', { templateLabels: { canary: true } }, /strings/],
])('a wrong value of %s gives a problem and no stack trace', (field, props, fix) => {
  const found = problems(untyped(props));
  expect(found.filter(({ code }) => code === 'SM0005')).toEqual([
    expect.objectContaining({ field, reason: expect.stringMatching(/^expected /), fix: expect.stringMatching(fix) }),
  ]);
  expect(found.map(({ code }) => code)).not.toContain('SM0001');
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('no properties at all give problems and no stack trace', () => {
  const service = new ContainerService(shopChart(), 'orders', undefined as Json);
  expect(problems(service, 'SM1171')).toMatchObject([{ field: 'image' }]);
});

test('ports are needed, and need names of their own', () => {
  expect(problems(untyped({ ports: [] }), 'SM1175')).toMatchObject([{ field: 'ports' }]);
  expect(problems(untyped({ ports: [ContainerPort.http(8080), ContainerPort.http(8081)] }), 'SM1175')).toMatchObject([{ value: '"http"' }]);
});
