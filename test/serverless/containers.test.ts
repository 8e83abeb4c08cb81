import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartWith, checkout, container, podSpec } from './pods';
import { ClusterProfile, EnvironmentSource, HealthCheck, PodVolume, ServicePort, ServingFeature, TerminationMessagePolicy } from '../../lib';
import { Json, problems, shopChart } from '../support';

const SIDECAR = { name: 'shipper', image: 'registry.example.com/shop/shipper:1.0.0' };

describe('the container of a service', () => {
  test('takes all keys of Secrets and ConfigMaps as variables', () => {
    const chart = shopChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'database');
    const settings = kplus.ConfigMap.fromConfigMapName(chart, 'settings', 'checkout');
    const service = checkout({
      envFrom: [EnvironmentSource.secret(secret, { prefix: 'DB_' }), EnvironmentSource.configMap(settings, { optional: true })],
    }, chart);
    expect(container(service).envFrom).toEqual([
      { prefix: 'DB_', secretRef: { name: 'database' } },
      { configMapRef: { name: 'checkout', optional: true } },
    ]);
    expect(problems(service)).toEqual([]);
  });

  test('runs in a directory, is fetched when it has to be and leaves a message', () => {
    const service = checkout({
      workingDirectory: '/srv',
      imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
      terminationMessagePath: '/tmp/last-words',
      terminationMessagePolicy: TerminationMessagePolicy.FILE,
    });
    expect(container(service)).toMatchObject({
      workingDir: '/srv', imagePullPolicy: 'Always', terminationMessagePath: '/tmp/last-words', terminationMessagePolicy: 'File',
    });
    expect(problems(service)).toEqual([]);
  });

  test('gets devices of the node', () => {
    expect(container(checkout({ devices: { 'nvidia.com/gpu': 1 } })).resources).toEqual({
      requests: { cpu: '100m', memory: '128Mi' }, limits: { 'memory': '512Mi', 'nvidia.com/gpu': '1' },
    });
    expect(container(checkout({ resources: {}, devices: { 'nvidia.com/gpu': 2 } })).resources).toEqual({ limits: { 'nvidia.com/gpu': '2' } });
  });

  test('is checked on the port on which it serves, which the kubelet has to be told', () => {
    const service = checkout({
      port: ServicePort.http1(3000),
      readiness: HealthCheck.http('/ready', { headers: { Accept: 'text/plain' } }),
      liveness: HealthCheck.http('/alive', { period: Duration.seconds(20), failureThreshold: 5 }),
      startup: HealthCheck.grpc({ service: 'shop.Checkout' }),
    });
    expect(container(service)).toMatchObject({
      readinessProbe: { httpGet: { path: '/ready', httpHeaders: [{ name: 'Accept', value: 'text/plain' }] } },
      livenessProbe: { httpGet: { path: '/alive', port: 3000 }, periodSeconds: 20, failureThreshold: 5 },
      startupProbe: { grpc: { service: 'shop.Checkout', port: 3000 } },
    });
    expect(container(service).readinessProbe.httpGet).not.toHaveProperty('port');
    expect(problems(service)).toEqual([]);
  });

  test('is checked by a command, over TLS, or by connecting', () => {
    const service = checkout({
      readiness: HealthCheck.command(['/app/ready', '--deep'], { period: Duration.seconds(5) }),
      liveness: HealthCheck.tcp({ port: 8080, host: '127.0.0.1' }),
      startup: HealthCheck.http('/', { scheme: kplus.ConnectionScheme.HTTPS, host: 'checkout.example.com' }),
    });
    expect(container(service)).toMatchObject({
      readinessProbe: { exec: { command: ['/app/ready', '--deep'] }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: { port: 8080, host: '127.0.0.1' } },
      startupProbe: { httpGet: { path: '/', port: 8080, scheme: 'HTTPS', host: 'checkout.example.com' } },
    });
    expect(problems(service)).toEqual([]);
  });

  test('is asked in Knative\'s own rhythm where the period is none', () => {
    expect(container(checkout({ readiness: HealthCheck.http('/', { period: Duration.seconds(0) }) })).readinessProbe).toEqual({ httpGet: { path: '/' } });
    expect(problems(checkout({ readiness: HealthCheck.http('/', { period: Duration.seconds(0), timeout: Duration.seconds(2) }) })))
      .toMatchObject([{ code: 'SM0130', field: expect.stringContaining('readinessProbe.timeoutSeconds') }]);
  });
});

describe('a sidecar', () => {
  test('runs beside the container that serves, with the same safe defaults', () => {
    const service = checkout({
      sidecars: [{
        ...SIDECAR,
        args: ['--follow'],
        env: { LEVEL: kplus.EnvValue.fromValue('info') },
        resources: { memory: { limit: Size.mebibytes(64) } },
        securityContext: { user: 1000 },
      }],
    });
    expect(podSpec(service).containers).toHaveLength(2);
    expect(podSpec(service).containers[1]).toEqual({
      ...SIDECAR,
      args: ['--follow'],
      env: [{ name: 'LEVEL', value: 'info' }],
      resources: { limits: { memory: '64Mi' } },
      securityContext: {
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
        runAsUser: 1000,
      },
    });
    expect(problems(service)).toEqual([]);
  });

  test('is checked on ports that it names', () => {
    const service = checkout({
      sidecars: [{ ...SIDECAR, readiness: HealthCheck.http('/ready', { port: 9000 }), liveness: HealthCheck.tcp({ port: 9000 }), startup: HealthCheck.grpc({ port: 9000 }) }],
    }, chartWith(ServingFeature.MULTI_CONTAINER_PROBING));
    expect(podSpec(service).containers[1]).toMatchObject({
      readinessProbe: { httpGet: { path: '/ready', port: 9000 } },
      livenessProbe: { tcpSocket: { port: 9000 } },
      startupProbe: { grpc: { port: 9000 } },
    });
    expect(problems(service)).toEqual([]);
  });

  test('is refused with a check that names no port, or where the cluster takes none', () => {
    const sidecars = [{ ...SIDECAR, readiness: HealthCheck.http('/ready') }];
    expect(problems(checkout({ sidecars }, chartWith(ServingFeature.MULTI_CONTAINER_PROBING)))).toMatchObject([{ code: 'SM0130' }]);
    expect(problems(checkout({ sidecars }))).toMatchObject([{ code: 'SM0129', reason: expect.stringContaining('multi-container-probing') }]);
  });

  test('is refused under a name that is taken', () => {
    expect(problems(checkout({ sidecars: [{ ...SIDECAR, name: 'queue-proxy' }] }))).toMatchObject([{ code: 'SM0114' }]);
  });

  test('is refused where the cluster takes one container', () => {
    const chart = shopChart();
    new ClusterProfile({ servingFeatures: [ServingFeature.MULTI_CONTAINER.disabled()] }).applyTo(chart);
    expect(problems(checkout({ sidecars: [SIDECAR] }, chart))).toMatchObject([
      { code: 'SM0129', reason: 'a second container needs the feature flag multi-container, which is disabled in this cluster' },
    ]);
  });
});

describe('an init container', () => {
  test('ends before the others start, and hands files over', () => {
    const models = PodVolume.emptyDir('models');
    const service = checkout({
      mounts: [{ path: '/models', volume: models, readOnly: true }],
      initContainers: [{ name: 'fetch', image: 'registry.example.com/shop/fetch:1.0.0', command: ['/fetch'], mounts: [{ path: '/out', volume: models }] }],
    }, chartWith(ServingFeature.INIT_CONTAINERS));
    expect(podSpec(service).initContainers).toMatchObject([{
      name: 'fetch', command: ['/fetch'], volumeMounts: [{ name: 'models', mountPath: '/out' }], securityContext: { runAsNonRoot: true },
    }]);
    expect(problems(service)).toEqual([]);
  });

  test('is refused unless kubernetes.podspec-init-containers is declared', () => {
    expect(problems(checkout({ initContainers: [SIDECAR] }))).toMatchObject([
      { code: 'SM0129', fix: expect.stringContaining('kubernetes.podspec-init-containers: enabled in ConfigMap config-features') },
    ]);
  });
});

test.each<[field: string, props: Json]>([
  ['envFrom', { envFrom: ['database'] }],
  ['envFrom[0].source', { envFrom: [EnvironmentSource.secret('database' as Json)] }],
  ['envFrom[0].prefix', { envFrom: [EnvironmentSource.secret({ name: 'database' } as Json, { prefix: 5 as Json })] }],
  ['workingDirectory', { workingDirectory: 5 }],
  ['devices', { devices: { 'nvidia.com/gpu': '1' } }],
  ['imagePullPolicy', { imagePullPolicy: true }],
  ['terminationMessagePolicy', { terminationMessagePolicy: 'Sometimes' }],
  ['liveness', { liveness: '/healthz' }],
  ['startup.port', { startup: HealthCheck.tcp({ port: '80' as Json }) }],
  ['readiness.command', { readiness: HealthCheck.command('/ready' as Json, { period: Duration.seconds(1) }) }],
  ['readiness.headers', { readiness: HealthCheck.http('/', { headers: ['a'] as Json }) }],
  ['sidecars', { sidecars: SIDECAR }],
  ['sidecars[0].image', { sidecars: [{ name: 'shipper', image: 5 }] }],
  ['sidecars[0].env.A', { sidecars: [{ ...SIDECAR, env: { A: 'x' } }] }],
  ['sidecars[0].startup.port', { sidecars: [{ ...SIDECAR, startup: HealthCheck.http('/', { port: '80' as Json }) }] }],
  ['initContainers[0].mounts[0].volume', { initContainers: [{ ...SIDECAR, mounts: [{ path: '/a', volume: {} }] }] }],
])('a value of the wrong type at %s is a problem and no stack trace', (field, props) => {
  const found = problems(checkout(props));
  expect(found.filter(({ code }) => code === 'SM0005').map(problem => problem.field)).toEqual([field]);
  expect(found.map(({ code }) => code)).not.toContain('SM0001');
});
