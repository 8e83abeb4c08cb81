import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BrokerClass, ClusterProfile, DeadLetters, EventBroker, MeshMembership, ObservabilityStack, Workload, WorkloadKind } from '../../../lib';
import { isWorkloadVersion, workloadOf } from '../../../lib/core/route-target';
import { Json, manifest, problems, shopChart } from '../../support';

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const CONTAINER = { image: 'registry.example.com/shop/web:5.2.0', ports: [{ number: 8080, name: 'http' }, { number: 9464, name: 'http-metrics' }] };
const LABELS = { 'app': 'web', 'sidecar.istio.io/inject': 'true' };

function deployment(chart: Chart, metrics?: Json, port = 80): Workload {
  const web = new kplus.Deployment(chart, 'deployment', { metadata: { name: 'web' }, podMetadata: { labels: LABELS }, containers: [CONTAINER] });
  return Workload.fromDeployment(chart, 'web', { deployment: web, service: web.exposeViaService({ name: 'web', ports: [{ port, targetPort: 8080 }] }), metrics });
}

describe('a Deployment of cdk8s-plus', () => {
  test('is monitored where it says that its metrics are, past its sidecar', () => {
    const chart = shopChart();
    const web = deployment(chart, { port: 9464 });
    new ObservabilityStack(chart, 'stack').monitor(web);
    expect(manifest(chart, 'PodMonitor').spec.podMetricsEndpoints).toMatchObject([{ port: 'http-metrics', path: '/metrics' }]);
    expect(manifest(chart, 'Deployment').spec.template.metadata.annotations).toEqual({ [EXCLUDED]: '9464' });
    expect(problems(chart)).toEqual([]);
  });

  test('keeps its port where Prometheus is in the mesh', () => {
    const chart = shopChart();
    ClusterProfile.sidecar({ monitoring: { outsideMesh: false } }).applyTo(chart);
    deployment(chart, { port: 9464 }).scrapedByPrometheus();
    expect(manifest(chart, 'Deployment').spec.template.metadata.annotations).toBeUndefined();
  });

  test('is refused as monitored where its metrics are nowhere, or on a port without a name', () => {
    const nowhere = deployment(shopChart());
    nowhere.scrapedByPrometheus();
    expect(problems(nowhere, 'SM1176')).toMatchObject([{ path: 'chart/web', field: 'metrics' }]);
    expect(problems(deployment(shopChart(), { port: 7000 }), 'SM1190')).toMatchObject([{ field: 'metrics.port', value: '7000' }]);
    expect(problems(deployment(shopChart(), 9464), 'SM0005')).toMatchObject([{ field: 'metrics' }]);
  });

  test('takes events at its Service, or by URL at another port than 80', () => {
    for (const [port, subscriber] of [
      [80, { ref: { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'shop' } }],
      [8080, { uri: 'http://web.shop.svc.cluster.local:8080/' }],
    ] as const) {
      const chart = shopChart();
      const broker = new EventBroker(chart, 'events', {
        brokerClass: BrokerClass.kafka({ bootstrapServers: ['kafka.kafka:9092'], partitions: 3, replicationFactor: 3 }),
        delivery: { deadLetters: DeadLetters.none() },
      });
      broker.subscribe('web', { subscriber: deployment(chart, undefined, port) });
      expect(manifest(chart, 'Trigger').spec.subscriber).toEqual(subscriber);
    }
  });

  test('has versions that routes can tell apart', () => {
    const web = deployment(shopChart());
    const next = web.version('v2');
    expect(isWorkloadVersion(next)).toBe(true);
    expect(workloadOf(next)).toBe(web);
    expect([next.subset, next.podLabels, next.serviceHost, next.servicePort]).toEqual(['v2', { version: 'v2' }, 'web.shop.svc.cluster.local', 80]);
    expect(web.version('canary', { track: 'canary' }).podLabels).toEqual({ track: 'canary' });
  });
});

describe('a StatefulSet of cdk8s-plus', () => {
  function ledger(chart: Chart): kplus.StatefulSet {
    return new kplus.StatefulSet(chart, 'ledger', {
      metadata: { name: 'ledger' },
      podMetadata: { labels: { 'app': 'ledger', 'sidecar.istio.io/inject': 'true' } },
      containers: [CONTAINER],
      service: new kplus.Service(chart, 'service', { metadata: { name: 'ledger' }, ports: [{ port: 80, targetPort: 8080 }] }),
    });
  }

  test('is read off its objects', () => {
    const chart = shopChart();
    const workload = Workload.fromStatefulSet(chart, 'ledger-workload', { statefulSet: ledger(chart), metrics: { port: 9464, path: '/stats' } });
    expect(workload.workloadName).toBe('ledger');
    expect(workload.workloadKind).toBe(WorkloadKind.OTHER);
    expect([workload.serviceHost, workload.servicePort, workload.policyPorts]).toEqual(['ledger.shop.svc.cluster.local', 80, [8080]]);
    expect(workload.meshMembership).toBe(MeshMembership.SIDECAR);
    expect(workload.metricsEndpoint).toEqual({ portName: 'http-metrics', port: 9464, path: '/stats' });
    expect(problems(workload).filter(({ path }) => path === 'chart/ledger-workload')).toEqual([]);
  });

  test('is refused where it is none', () => {
    const chart = shopChart();
    expect(problems(Workload.fromStatefulSet(chart, 'wrong', { statefulSet: 'ledger' as Json }), 'SM0005')).toMatchObject([{ field: 'statefulSet', fix: expect.stringContaining('kplus.StatefulSet') }, { field: 'service' }]);
    expect(problems(Workload.fromStatefulSet(chart, 'none', undefined as Json), 'SM0005').filter(({ path }) => path === 'chart/none')).toHaveLength(2);
  });
});

describe('a workload by its name', () => {
  test('is monitored at the port that it is said to have', () => {
    const chart = shopChart();
    const ledger = Workload.fromAttributes(chart, 'ledger', {
      name: 'ledger', podSelector: { app: 'ledger' }, mesh: MeshMembership.SIDECAR, metrics: { port: 9464, portName: 'http-metrics' },
    });
    new ObservabilityStack(chart, 'stack').monitor(ledger);
    expect(manifest(chart, 'PodMonitor').spec.podMetricsEndpoints).toMatchObject([{ port: 'http-metrics', path: '/metrics' }]);
    expect(ledger.sinkReference).toEqual({ apiVersion: 'v1', kind: 'Service', name: 'ledger', namespace: 'shop' });
    expect(problems(chart)).toEqual([]);
  });
});
