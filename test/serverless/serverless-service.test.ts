import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Autoscaling, ClusterProfile, HealthCheck, HttpMethod, ServerlessService, ServerlessServiceProps, ServicePort, ServiceVisibility, WorkloadKind,
} from '../../lib';
import { Intents } from '../../lib/core/intents';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const IMAGE = 'registry.example.com/shop/checkout:1.4.2';

function checkout(props: Partial<ServerlessServiceProps> = {}, chart: Chart = shopChart()): ServerlessService {
  return new ServerlessService(chart, 'checkout', { image: IMAGE, ...props });
}

function rendered(props: Partial<ServerlessServiceProps> = {}): Json {
  return manifest(checkout(props), 'Service');
}

function container(props: Partial<ServerlessServiceProps> = {}): Json {
  return rendered(props).spec.template.spec.containers[0];
}

describe('a serverless service', () => {
  test('needs no more than an image and gets safe defaults', () => {
    const service = checkout();
    expect(manifests(service)).toEqual([
      {
        apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop' }, automountServiceAccountToken: false,
      },
      {
        apiVersion: 'serving.knative.dev/v1',
        kind: 'Service',
        metadata: { name: 'checkout', namespace: 'shop', labels: { 'networking.knative.dev/visibility': 'cluster-local' } },
        spec: {
          template: {
            metadata: { labels: { 'app': 'checkout', 'service.istio.io/canonical-name': 'checkout', 'sidecar.istio.io/inject': 'true' } },
            spec: {
              serviceAccountName: 'checkout',
              containers: [{
                image: IMAGE,
                ports: [{ name: 'http1', containerPort: 8080 }],
                resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
                securityContext: {
                  runAsNonRoot: true,
                  readOnlyRootFilesystem: true,
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                  seccompProfile: { type: 'RuntimeDefault' },
                },
              }],
            },
          },
        },
      },
    ]);
    expect(problems(service)).toEqual([]);
  });

  test('takes its name from the id, or from the property', () => {
    const chart = shopChart();
    const service = new ServerlessService(chart, 'Service1', { image: IMAGE, name: 'orders' });
    expect(manifest(service, 'Service').metadata.name).toBe('orders');
    expect(manifest(service, 'ServiceAccount').metadata.name).toBe('orders');
    expect(manifest(service, 'Service').spec.template.metadata.labels).toMatchObject({ app: 'orders' });
    expect(service.workloadName).toBe('orders');
  });

  test('is found as the default child, for patches', () => {
    const service = checkout();
    expect(ApiObject.of(service)).toBe(service.apiObject);
    service.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/enableServiceLinks', false));
    expect(manifest(service, 'Service').spec.template.spec.enableServiceLinks).toBe(false);
  });

  test('speaks HTTP/1 or HTTP/2 on one port', () => {
    expect(container({ port: ServicePort.h2c() }).ports).toEqual([{ name: 'h2c', containerPort: 8080 }]);
    expect(container({ port: ServicePort.http1(3000) }).ports).toEqual([{ name: 'http1', containerPort: 3000 }]);
  });

  test('runs a command with arguments', () => {
    expect(container({ command: ['/app'], args: ['--verbose', 'true'] })).toMatchObject({ command: ['/app'], args: ['--verbose', 'true'] });
  });

  test('keeps the order of variables, and takes them from where cdk8s-plus does', () => {
    const chart = shopChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'db');
    const config = kplus.ConfigMap.fromConfigMapName(chart, 'config', 'settings');
    const service = checkout({
      env: {
        Z: kplus.EnvValue.fromValue('1'),
        DB_URL: kplus.EnvValue.fromSecretValue({ secret, key: 'url' }),
        A: kplus.EnvValue.fromConfigMap(config, 'mode', { optional: true }),
      },
    }, chart);
    expect(manifest(service, 'Service').spec.template.spec.containers[0].env).toEqual([
      { name: 'Z', value: '1' },
      { name: 'DB_URL', valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } },
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode', optional: true } } },
    ]);
  });

  test('renders a resource as a variable, which the rule on feature flags then judges', () => {
    const service = checkout({ env: { LIMIT: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }) } });
    expect(manifest(service, 'Service').spec.template.spec.containers[0].env).toEqual([
      { name: 'LIMIT', valueFrom: { resourceFieldRef: expect.objectContaining({ resource: 'limits.cpu', divisor: '1m' }) } },
    ]);
  });

  test('replaces the default resources as a whole', () => {
    expect(container({ resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.millis(1500) } } }).resources)
      .toEqual({ requests: { cpu: '1' }, limits: { cpu: '1500m' } });
    expect(container({ resources: { memory: { limit: Size.gibibytes(1) }, ephemeralStorage: { request: Size.kibibytes(100) } } }).resources)
      .toEqual({ requests: { 'ephemeral-storage': '100Ki' }, limits: { memory: '1Gi' } });
    expect(container({ resources: {} })).not.toHaveProperty('resources');
  });

  test('sets timeouts and the concurrency of a container in the spec', () => {
    expect(rendered({
      containerConcurrency: 10, timeout: Duration.minutes(2), responseStartTimeout: Duration.seconds(20), idleTimeout: Duration.millis(30000),
    }).spec.template.spec).toMatchObject({ containerConcurrency: 10, timeoutSeconds: 120, responseStartTimeoutSeconds: 20, idleTimeoutSeconds: 30 });
  });

  test('is public when it is said to be', () => {
    expect(rendered({ visibility: ServiceVisibility.PUBLIC }).metadata).not.toHaveProperty('labels');
  });

  test('puts labels and annotations where they were meant to go', () => {
    const service = rendered({
      labels: { team: 'shop' },
      annotations: { 'serving.knative.dev/rollout-duration': '60s' },
      templateLabels: { version: 'v2', app: 'legacy' },
      templateAnnotations: { 'serving.knative.dev/progress-deadline': '5m' },
    });
    expect(service.metadata).toMatchObject({ labels: { team: 'shop' }, annotations: { 'serving.knative.dev/rollout-duration': '60s' } });
    expect(service.spec.template.metadata).toMatchObject({
      labels: { 'version': 'v2', 'app': 'legacy', 'service.istio.io/canonical-name': 'checkout' },
      annotations: { 'serving.knative.dev/progress-deadline': '5m' },
    });
    expect(JSON.stringify(service)).not.toMatch(/serving\.knative\.dev\/(creator|lastModifier)/);
  });

  test('runs under a given service account, and then makes none', () => {
    const chart = shopChart();
    const account = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'builder');
    const service = checkout({ serviceAccount: account }, chart);
    expect(manifests(service).map(({ kind }) => kind)).toEqual(['Service']);
    expect(manifest(service, 'Service').spec.template.spec.serviceAccountName).toBe('builder');
    expect(service.meshIdentity).toMatchObject({ namespace: 'shop', serviceAccountName: 'builder' });
  });

  test('refuses a service account of another namespace', () => {
    const app = new App();
    const account = new kplus.ServiceAccount(new Chart(app, 'other', { namespace: 'other' }), 'account', { metadata: { name: 'builder' } });
    const service = checkout({ serviceAccount: account }, new Chart(app, 'chart', { namespace: 'shop' }));
    expect(problems(service, 'SM0182')).toMatchObject([{ path: 'chart/checkout', field: 'serviceAccount', value: '"other/builder"' }]);
  });

  test('is written the same again and again', () => {
    const service = checkout({ autoscaling: Autoscaling.concurrency(20, { min: 1 }), readiness: HealthCheck.http('/healthz') });
    expect(manifests(service)).toEqual(manifests(service));
  });
});

describe('what others see of a serverless service', () => {
  test('a host under the domain of the cluster', () => {
    const chart = shopChart();
    new ClusterProfile({ clusterDomain: 'corp.internal' }).applyTo(chart);
    const service = checkout({}, chart);
    expect(service.host).toBe('checkout.shop.svc.corp.internal');
    expect(service.serviceHost).toBe(service.host);
    expect(service.url).toBe('http://checkout.shop.svc.corp.internal');
    expect(service.servicePort).toBe(80);
  });

  test('the namespace default where the chart has none', () => {
    expect(checkout({}, new Chart(new App(), 'chart')).host).toBe('checkout.default.svc.cluster.local');
  });

  test('a Knative workload that registered itself', () => {
    const service = checkout();
    expect(service.workloadKind).toBe(WorkloadKind.KNATIVE_SERVICE);
    expect(service.podSelector).toEqual({ 'serving.knative.dev/service': 'checkout' });
    expect(Intents.of(service).workloads.all).toEqual([service]);
  });

  test('the queue-proxy\'s port, not the application\'s', () => {
    expect(checkout({ port: ServicePort.http1(3000) }).policyPorts).toEqual([8012]);
    expect(checkout({ port: ServicePort.h2c(3000) }).policyPorts).toEqual([8013]);
  });

  test('an address for events', () => {
    expect(checkout().sinkReference).toEqual({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'checkout', namespace: 'shop' });
  });

  test('grants that were recorded', () => {
    const chart = shopChart();
    const [caller, target] = ['checkout', 'orders'].map(name => new ServerlessService(chart, name, { image: IMAGE }));
    target.grantInvoke(caller, { methods: [HttpMethod.POST], paths: ['/v1/*'] });
    target.grantInvoke(caller);
    expect(Intents.of(chart).edges.all).toEqual([
      { caller, target, options: { methods: ['POST'], paths: ['/v1/*'] } },
      { caller, target, options: {} },
    ]);
    expect(caller.callerName).toBe('service shop/checkout');
  });

  test('metrics of the queue-proxy, named by labels of the pods', () => {
    expect(checkout().metricsEndpoint).toEqual({
      portName: 'http-usermetric',
      port: 9091,
      path: '/metrics',
      podLabels: {
        kn_service_name: 'serving.knative.dev/service',
        kn_configuration_name: 'serving.knative.dev/configuration',
        kn_revision_name: 'serving.knative.dev/revision',
      },
    });
  });
});

test('the room does not load cdk8s-plus, which takes longer than everything else', () => {
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-28', () => { throw new Error('loaded'); });
    expect(() => jest.requireMock('cdk8s-plus-28')).toThrow('loaded');
    expect(() => jest.requireActual('../../lib/serverless')).not.toThrow();
  });
  jest.dontMock('cdk8s-plus-28');
});
