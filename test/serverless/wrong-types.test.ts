import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Autoscaling, HealthCheck, ServerlessService, ServicePort, Workload } from '../../lib';
import { Json, manifest, problems, shopChart } from '../support';

/** What JavaScript lets pass where TypeScript does not. */
function untyped(props: Json): ServerlessService {
  return new ServerlessService(shopChart(), 'checkout', { image: 'registry.example.com/checkout:1', ...props });
}

describe('values of the wrong type', () => {
  test.each<[field: string, props: Json, fix: RegExp]>([
    ['image', { image: 5 }, /string/],
    ['name', { name: 42 }, /string/],
    ['port', { port: 8080 }, /ServicePort\.http1\(8080\)/],
    ['env', { env: ['A=1'] }, /EnvValue/],
    ['env.A', { env: { A: 'hunter2' } }, /EnvValue\.fromValue/],
    ['command', { command: '/app' }, /array/],
    ['args', { args: [1] }, /array/],
    ['resources', { resources: '1Gi' }, /Cpu\.millis/],
    ['resources.cpu', { resources: { cpu: '100m' } }, /request, limit/],
    ['resources.cpu.request', { resources: { cpu: { request: '100m' } } }, /Cpu\.millis/],
    ['resources.memory.limit', { resources: { memory: { limit: 512 } } }, /Size\.mebibytes/],
    ['readiness', { readiness: '/healthz' }, /HealthCheck\.http/],
    ['readiness.path', { readiness: HealthCheck.http(5 as Json) }, /string/],
    ['readiness.period', { readiness: HealthCheck.tcp({ period: 5 as Json }) }, /Duration/],
    ['readiness.service', { readiness: HealthCheck.grpc({ service: 5 as Json }) }, /string/],
    ['autoscaling', { autoscaling: { min: 1 } }, /Autoscaling\.concurrency/],
    ['autoscaling.target', { autoscaling: Autoscaling.concurrency('20' as Json) }, /number/],
    ['autoscaling.min', { autoscaling: Autoscaling.concurrency(20, { min: '1' as Json }) }, /number/],
    ['autoscaling.window', { autoscaling: Autoscaling.concurrency(20, { window: 60 as Json }) }, /Duration\.seconds\(30\)/],
    ['containerConcurrency', { containerConcurrency: '10' }, /number/],
    ['timeout', { timeout: 30 }, /Duration\.seconds\(30\)/],
    ['responseStartTimeout', { responseStartTimeout: '30s' }, /Duration/],
    ['idleTimeout', { idleTimeout: {} }, /Duration/],
    ['serviceAccount', { serviceAccount: 'builder' }, /fromServiceAccountName/],
    ['visibility', { visibility: 'private' }, /ServiceVisibility\.CLUSTER_LOCAL, ServiceVisibility\.PUBLIC/],
    ['activatorStrategy', { activatorStrategy: 'outOfPath' }, /ActivatorStrategy\.outOfPath\(\)/],
    ['securityContext', { securityContext: true }, /allowRoot/],
    ['securityContext.allowRoot', { securityContext: { allowRoot: 'yes' } }, /boolean/],
    ['securityContext.addCapabilities', { securityContext: { addCapabilities: 'SYS_TIME' } }, /array/],
    ['securityContext.user', { securityContext: { user: 'app' } }, /number/],
    ['inMesh', { inMesh: 'no' }, /boolean/],
    ['labels', { labels: 'team=shop' }, /object/],
    ['annotations', { annotations: { a: 1 } }, /strings/],
    ['templateLabels', { templateLabels: { canary: true } }, /strings/],
    ['templateAnnotations', { templateAnnotations: ['a'] }, /object/],
  ])('give a problem at %s and no stack trace', (field, props, fix) => {
    const found = problems(untyped(props));
    expect(found.filter(({ code }) => code === 'SM0005')).toEqual([
      expect.objectContaining({ path: 'chart/checkout', field, reason: expect.stringMatching(/^expected /), fix: expect.stringMatching(fix) }),
    ]);
    expect(found.map(({ code }) => code)).not.toContain('SM0001');
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('say what was found', () => {
    expect(problems(untyped({ timeout: 30 }), 'SM0005')).toMatchObject([{ field: 'timeout', value: '30', reason: 'expected a Duration of cdk8s' }]);
    expect(problems(untyped({ serviceAccount: shopChart() }), 'SM0005')).toMatchObject([{ value: '"an object of Chart"' }]);
    expect(problems(untyped({ idleTimeout: () => 30 }), 'SM0005')).toMatchObject([{ value: '"a function"' }]);
  });

  test('of several properties are reported together, and the rest is still written', () => {
    const service = untyped({ timeout: 30, port: 8080, env: { A: 'x', B: kplus.EnvValue.fromValue('y') } });
    expect(problems(service, 'SM0005').map(({ field }) => field)).toEqual(['port', 'timeout', 'env.A']);
    const [container] = manifest(service, 'Service').spec.template.spec.containers;
    expect(container).toMatchObject({ ports: [{ containerPort: 8080 }], env: [{ name: 'B', value: 'y' }] });
  });

  test('do not break a service without any properties', () => {
    const service = new ServerlessService(shopChart(), 'checkout', undefined as Json);
    expect(problems(service)).toMatchObject([{ code: 'SM0102', path: 'chart/checkout', reason: 'the container has no image' }]);
  });

  test('do not matter where null stands for nothing', () => {
    const names = ['name', 'port', 'env', 'command', 'resources', 'readiness', 'autoscaling', 'timeout', 'serviceAccount', 'securityContext', 'labels', 'templateLabels'];
    expect(problems(untyped(Object.fromEntries(names.map(name => [name, null]))))).toEqual([]);
  });

  test('take objects of another copy of the package', () => {
    class ServicePortElsewhere { public readonly port = 3000; public readonly protocol = 'h2c'; }
    Object.defineProperty(ServicePortElsewhere, 'name', { value: ServicePort.name });
    const service = untyped({ port: new ServicePortElsewhere() });
    expect(problems(service)).toEqual([]);
    expect(service.policyPorts).toEqual([8013]);
  });

  test('give a problem on adapted workloads too', () => {
    const chart = shopChart();
    Workload.fromAttributes(chart, 'a', { name: 5, podSelector: { app: 'a' }, servicePort: '80', podPorts: 8080, mesh: 'yes' } as Json);
    Workload.fromDeployment(chart, 'b', { deployment: 'web', service: undefined } as Json);
    Workload.fromDeployment(chart, 'c', undefined as Json);
    expect(problems(chart, 'SM0005').map(({ path, field }) => `${path} ${field}`)).toEqual([
      'chart/a name', 'chart/a servicePort', 'chart/a podPorts', 'chart/a mesh', 'chart/b deployment', 'chart/b service', 'chart/c deployment', 'chart/c service',
    ]);
  });

  test('turn a fraction of a second into a problem of the field', () => {
    const field = 'spec.template.spec.timeoutSeconds';
    expect(problems(untyped({ timeout: Duration.millis(1500) }))).toMatchObject([
      { code: 'SM0126', severity: 'error', field, value: '1.5' },
    ]);
  });
});
