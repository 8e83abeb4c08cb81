import { Chart } from 'cdk8s';
import { deployment, orders } from './support';
import {
  ActivatorStrategy, AlertSeverity, BrokerClass, Caller, ClusterProfile, ContainerPort, ContainerService, DeadLetters, EventBroker, HttpMethod, MeshPolicy, ObservabilityStack,
  ServerlessService,
} from '../../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../../support';

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const IMAGE = 'registry.example.com/shop/service:1.4.2';

describe('grants', () => {
  test('to a container service become its policy', () => {
    const chart = shopChart();
    const service = orders({}, ClusterProfile.sidecar(), chart);
    const web = new ContainerService(chart, 'web', { image: IMAGE });
    service.grantInvoke(web, { methods: [HttpMethod.POST], paths: ['/v1/*'] });
    expect(manifest(chart, 'AuthorizationPolicy').spec).toEqual({
      action: 'ALLOW',
      selector: { matchLabels: { app: 'orders' } },
      rules: [{
        from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
        to: [{ operation: { methods: ['POST'], paths: ['/v1/*'], ports: ['8080'] } }],
      }],
    });
    expect(problems(chart)).toEqual([]);
  });

  test('to a serverless service name the account of the container service', () => {
    const chart = shopChart();
    const service = orders({}, ClusterProfile.sidecar(), chart);
    const payment = new ServerlessService(chart, 'payment', { image: IMAGE, activatorStrategy: ActivatorStrategy.outOfPath() });
    payment.grantInvoke(service);
    expect(JSON.stringify(manifest(chart, 'AuthorizationPolicy').spec.rules)).toContain('cluster.local/ns/shop/sa/orders');
    expect(problems(chart)).toEqual([]);
  });

  test('hold in a namespace that denies by default, for all versions', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const service = orders({}, ClusterProfile.sidecar(), chart);
    service.addVersion('v2');
    service.grantInvoke(Caller.ingressGateway(chart));
    expect(manifest(chart, 'AuthorizationPolicy', 'orders').spec.selector).toEqual({ matchLabels: { app: 'orders' } });
    expect(problems(chart)).toEqual([]);
  });
});

describe('monitoring', () => {
  function monitored(chart: Chart, service: ContainerService): Json {
    new ObservabilityStack(chart, 'stack').monitor(service);
    return manifests(chart).find(({ kind }) => kind === 'PodMonitor');
  }

  test('scrapes the metrics port of all versions past the mesh', () => {
    const chart = shopChart();
    const service = orders({ metrics: { port: 9464 } }, ClusterProfile.sidecar(), chart);
    service.addVersion('v2');
    const monitor = monitored(chart, service);
    expect(monitor.spec).toMatchObject({
      selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] },
      podMetricsEndpoints: [{ port: 'http-metrics', path: '/metrics' }],
    });
    for (const name of ['orders', 'orders-v2']) {
      const { metadata, spec } = deployment(service, name).spec.template;
      expect(metadata.annotations).toEqual({ [EXCLUDED]: '9464' });
      expect(spec.containers[0].ports).toContainEqual({ name: 'http-metrics', containerPort: 9464 });
    }
    expect(problems(chart)).toEqual([]);
  });

  test('leaves the port alone where Prometheus is in the mesh', () => {
    const chart = shopChart();
    const service = orders({ metrics: { port: 8080, path: '/stats' } }, ClusterProfile.sidecar({ monitoring: { outsideMesh: false } }), chart);
    expect(monitored(chart, service).spec.podMetricsEndpoints).toMatchObject([{ port: 'http', path: '/stats' }]);
    expect(deployment(service).spec.template.metadata.annotations).toBeUndefined();
    expect(problems(chart)).toEqual([]);
  });

  test('is refused where nothing says where the metrics are, or requests come in there', () => {
    for (const [metrics, code] of [[undefined, 'SM1176'], [{ port: 8080 }, 'SM1177']] as const) {
      const service = orders({ metrics });
      service.scrapedByPrometheus();
      expect(problems(service)).toMatchObject([{ code, path: 'chart/orders' }]);
    }
  });

  test('alerts by the Deployment of each version, as the mesh counts', () => {
    const chart = shopChart();
    const service = orders({ metrics: { port: 9464 } }, ClusterProfile.sidecar(), chart);
    new ObservabilityStack(chart, 'stack').alertOnErrors(service, { severity: AlertSeverity.CRITICAL, runbookUrl: 'https://runbooks.example.com/errors' });
    service.addVersion('v2');
    const [group] = manifest(chart, 'PrometheusRule').spec.groups;
    const text = JSON.stringify(group);
    expect(text).toContain('destination_workload=\\"orders\\"');
    expect(text).toContain('destination_workload=\\"orders-v2\\"');
    expect(problems(chart)).toEqual([]);
  });
});

describe('events', () => {
  function broker(chart: Chart): EventBroker {
    return new EventBroker(chart, 'events', {
      brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka.kafka:9092'], partitions: 3, replicationFactor: 3 }),
      delivery: { deadLetters: DeadLetters.none() },
    });
  }

  test('are delivered to the Service, past the policy', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const service = orders({}, ClusterProfile.sidecar(), chart);
    broker(chart).subscribe('orders', { subscriber: service, path: '/events' });
    expect(manifest(chart, 'Trigger').spec.subscriber).toEqual({ ref: { apiVersion: 'v1', kind: 'Service', name: 'orders', namespace: 'shop' }, uri: '/events' });
    expect(JSON.stringify(manifest(chart, 'AuthorizationPolicy', 'orders').spec.rules)).toContain('/events');
    expect(problems(chart)).toEqual([]);
  });

  test('are delivered by URL where the port is not 80, which Knative takes for granted', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const service = orders({ ports: [ContainerPort.http(8080, { servicePort: 8080 })] }, ClusterProfile.sidecar(), chart);
    broker(chart).subscribe('orders', { subscriber: service });
    expect(manifest(chart, 'Trigger').spec.subscriber).toEqual({ uri: 'http://orders.shop.svc.cluster.local:8080/' });
    expect(manifest(chart, 'AuthorizationPolicy', 'orders').spec.rules[0].to).toEqual([{ operation: { methods: ['POST'], paths: ['/'], ports: ['8080'] } }]);
    expect(problems(chart)).toEqual([]);
  });

  test('are published by all versions', () => {
    const chart = shopChart();
    const service = orders({}, ClusterProfile.sidecar(), chart);
    service.addVersion('v2');
    const events = broker(chart);
    events.grantPublish(service);
    events.subscribe('archive', { subscriber: new ServerlessService(chart, 'archive', { image: IMAGE, activatorStrategy: ActivatorStrategy.trusted() }) });
    expect(manifest(chart, 'SinkBinding').spec.subject).toEqual({
      apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', selector: { matchLabels: { app: 'orders' } },
    });
    for (const name of service.deploymentNames) expect(deployment(service, name).metadata.labels.app).toBe('orders');
    expect(problems(chart)).toEqual([]);
  });
});
