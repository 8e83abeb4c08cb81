import { Duration } from 'cdk8s';
import { TestDeployment } from './workloads';
import {
  ClusterProfile, ExtensionProvider, GatewayTls, MeshGateway, MeshMetric, MeshTelemetry, MetricTag, TraceTag, TrafficRole,
} from '../../lib';
import { manifest, manifests, problems, shopChart } from '../support';

const COLLECTOR = { service: 'otel.monitoring.svc.cluster.local', port: 4317 };

describe('MeshTelemetry', () => {
  test('says for a namespace what is logged, counted and traced', () => {
    const chart = shopChart();
    new MeshTelemetry(chart, 'telemetry', {
      accessLogs: [{ filter: 'response.code >= 400', role: TrafficRole.SERVER }],
      metrics: [{
        overrides: [
          { tags: { request_protocol: MetricTag.removed() } },
          { metric: MeshMetric.REQUEST_COUNT, role: TrafficRole.CLIENT, tags: { host: MetricTag.value('request.host') } },
          { metric: MeshMetric.REQUEST_SIZE, disabled: true },
        ],
      }],
      tracing: [{
        provider: ExtensionProvider.openTelemetry('otel', COLLECTOR),
        samplingPercentage: 0.5,
        tags: { team: TraceTag.literal('shop'), pod: TraceTag.environment('POD_NAME', 'none'), user: TraceTag.header('x-user'), sni: TraceTag.formatter('%REQUESTED_SERVER_NAME%') },
        istioTags: false,
        propagateContext: false,
      }],
    });
    expect(manifest(chart, 'Telemetry')).toMatchObject({
      apiVersion: 'telemetry.istio.io/v1',
      metadata: { name: 'default', namespace: 'shop' },
      spec: {
        accessLogging: [{ providers: [{ name: 'envoy' }], filter: { expression: 'response.code >= 400' }, match: { mode: 'SERVER' } }],
        metrics: [{
          providers: [{ name: 'prometheus' }],
          overrides: [
            { tagOverrides: { request_protocol: { operation: 'REMOVE' } } },
            { match: { metric: 'REQUEST_COUNT', mode: 'CLIENT' }, tagOverrides: { host: { operation: 'UPSERT', value: 'request.host' } } },
            { match: { metric: 'REQUEST_SIZE' }, disabled: true },
          ],
        }],
        tracing: [{
          providers: [{ name: 'otel' }],
          randomSamplingPercentage: 0.5,
          customTags: {
            team: { literal: { value: 'shop' } }, pod: { environment: { name: 'POD_NAME', defaultValue: 'none' } }, user: { header: { name: 'x-user' } }, sni: { formatter: { value: '%REQUESTED_SERVER_NAME%' } },
          },
          enableIstioTags: false,
          disableContextPropagation: true,
        }],
      },
    });
    expect(manifest(chart, 'Telemetry').spec.selector).toBeUndefined();
    expect(problems(chart)).toEqual([]);
  });

  test('says how often open connections are counted, with or without anything changed of metrics', () => {
    const chart = shopChart();
    new MeshTelemetry(chart, 'telemetry', { metrics: [{ reportingInterval: Duration.seconds(15) }] });
    expect(manifest(chart, 'Telemetry').spec.metrics).toEqual([{ providers: [{ name: 'prometheus' }], reportingInterval: '15s' }]);
    expect(problems(chart)).toEqual([]);
  });

  test('of several for one namespace, or one workload, is one', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'ledger');
    const first = new MeshTelemetry(chart, 'logs', { accessLogs: [{}] });
    const second = new MeshTelemetry(chart, 'traces', { tracing: [{ samplingPercentage: 10 }] });
    new MeshTelemetry(chart, 'ledger-logs', { target, accessLogs: [{ disabled: true }] });
    new MeshTelemetry(chart, 'ledger-traces', { target, tracing: [{ samplingPercentage: 100 }] });
    expect(second.apiObject).toBe(first.apiObject);
    expect(manifests(chart).map(m => [m.metadata.name, m.spec])).toEqual([
      ['default', { accessLogging: [{ providers: [{ name: 'envoy' }] }], tracing: [{ randomSamplingPercentage: 10 }] }],
      ['ledger', { selector: { matchLabels: { app: 'ledger' } }, accessLogging: [{ disabled: true, providers: [{ name: 'envoy' }] }], tracing: [{ randomSamplingPercentage: 100 }] }],
    ]);
  });

  test('of a gateway is where its pods are', () => {
    const chart = shopChart();
    const target = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new MeshTelemetry(chart, 'logs', { target, accessLogs: [{}] });
    expect(manifest(chart, 'Telemetry')).toMatchObject({ metadata: { name: 'edge', namespace: 'istio-system' }, spec: { selector: { matchLabels: { istio: 'ingressgateway' } } } });
  });

  test('warns of a role that a gateway never has', () => {
    const chart = shopChart();
    const target = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new MeshTelemetry(chart, 'telemetry', { target, accessLogs: [{ role: TrafficRole.CLIENT }], metrics: [{ overrides: [{ role: TrafficRole.SERVER, disabled: true }] }] });
    expect(problems(chart, 'SM0262')).toMatchObject([{ severity: 'warning', path: 'chart/telemetry', field: 'metrics.overrides.role' }]);
  });

  test('is refused without a mesh, without anything said, and with a sampling rate that is none', () => {
    const bare = shopChart();
    ClusterProfile.withoutMesh().applyTo(bare);
    new MeshTelemetry(bare, 'logs', { accessLogs: [{}] });
    expect(problems(bare, 'SM0201')).toMatchObject([{ path: 'chart/logs' }]);

    const chart = shopChart();
    new MeshTelemetry(chart, 'nothing');
    new MeshTelemetry(chart, 'all', { namespace: 'other', tracing: [{ samplingPercentage: 101 }, {}] });
    expect(problems(chart).map(({ code, path }) => [code, path])).toEqual(expect.arrayContaining([['SM1300', 'chart/nothing'], ['SM1301', 'chart/all'], ['SM1302', 'chart/all']]));
  });

  test('warns where ztunnel serves the workload', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshTelemetry(chart, 'logs', { target: new TestDeployment(chart, 'ledger'), accessLogs: [{}] });
    expect(problems(chart, 'SM1303')).toMatchObject([{ severity: 'warning', path: 'chart/logs' }]);
  });
});
