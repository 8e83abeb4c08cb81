import { App, Chart, Duration } from 'cdk8s';
import { ContainerService, ExtensionProvider, GatewayApi, GatewayTls, MeshGateway, MeshMetric, MeshTelemetry, MetricTag, TraceTag, TrafficRole } from '../../../lib';
import { Json, Table, without } from '../table';

const SINGLE = without('targetRefs says it');

const fields = {
  'spec.accessLogging[].disabled': 'AccessLogOptions.disabled',
  'spec.accessLogging[].filter.expression': 'AccessLogOptions.filter',
  'spec.accessLogging[].match.mode': 'AccessLogOptions.role',
  'spec.accessLogging[].providers[].name': 'AccessLogOptions.providers',
  'spec.metrics[].overrides[].disabled': 'MetricOverride.disabled',
  'spec.metrics[].overrides[].match.customMetric': 'MetricOverride.customMetric',
  'spec.metrics[].overrides[].match.metric': 'MetricOverride.metric',
  'spec.metrics[].overrides[].match.mode': 'MetricOverride.role',
  'spec.metrics[].overrides[].tagOverrides{}.operation': 'the factories of MetricTag',
  'spec.metrics[].overrides[].tagOverrides{}.value': 'MetricTag.value',
  'spec.metrics[].providers[].name': 'MeshMetricsOptions.providers',
  'spec.metrics[].reportingInterval': 'MeshMetricsOptions.reportingInterval',
  'spec.selector.matchLabels{}': 'MeshTelemetryProps.target',
  'spec.targetRef.group': SINGLE,
  'spec.targetRef.kind': SINGLE,
  'spec.targetRef.name': SINGLE,
  'spec.targetRef.namespace': SINGLE,
  'spec.targetRefs[].group': 'MeshTelemetryProps.target: a MeshGateway, a workload behind a Waypoint',
  'spec.targetRefs[].kind': 'MeshTelemetryProps.target: a MeshGateway, a workload behind a Waypoint',
  'spec.targetRefs[].name': 'MeshTelemetryProps.target: a MeshGateway, a workload behind a Waypoint',
  'spec.targetRefs[].namespace': without('targets are in the namespace of the Telemetry'),
  'spec.tracing[].customTags{}.environment.defaultValue': 'TraceTag.environment: defaultValue',
  'spec.tracing[].customTags{}.environment.name': 'TraceTag.environment: name',
  'spec.tracing[].customTags{}.formatter.value': 'TraceTag.formatter',
  'spec.tracing[].customTags{}.header.defaultValue': 'TraceTag.header: defaultValue',
  'spec.tracing[].customTags{}.header.name': 'TraceTag.header: name',
  'spec.tracing[].customTags{}.literal.value': 'TraceTag.literal',
  'spec.tracing[].disableContextPropagation': 'MeshTracingOptions.propagateContext',
  'spec.tracing[].disableSpanReporting': 'MeshTracingOptions.disabled',
  'spec.tracing[].enableIstioTags': 'MeshTracingOptions.istioTags',
  'spec.tracing[].match.mode': 'MeshTracingOptions.role',
  'spec.tracing[].providers[].name': 'MeshTracingOptions.provider',
  'spec.tracing[].randomSamplingPercentage': 'MeshTracingOptions.samplingPercentage',
  'spec.tracing[].useRequestIdForTraceSampling': 'MeshTracingOptions.sampleByRequestId',
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const ledger = new ContainerService(chart, 'ledger', { image: 'registry.example.com/ledger:1.0.0' });
  const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
  const telemetry = new MeshTelemetry(chart, 'ledger-telemetry', {
    target: ledger,
    accessLogs: [{ filter: 'response.code >= 400', role: TrafficRole.SERVER }],
    metrics: [{
      overrides: [
        { metric: MeshMetric.REQUEST_COUNT, role: TrafficRole.CLIENT, tags: { host: MetricTag.value('request.host'), request_protocol: MetricTag.removed() } },
        { customMetric: 'queue_depth', disabled: true },
      ],
      reportingInterval: Duration.seconds(15),
    }],
    tracing: [{
      provider: ExtensionProvider.named('otel'),
      role: TrafficRole.SERVER,
      samplingPercentage: 1,
      tags: {
        team: TraceTag.literal('shop'),
        pod: TraceTag.environment('POD_NAME', 'none'),
        user: TraceTag.header('x-user', 'nobody'),
        sni: TraceTag.formatter('%REQUESTED_SERVER_NAME%'),
      },
      disabled: false,
      istioTags: false,
      propagateContext: false,
      sampleByRequestId: false,
    }],
  });
  const quiet = new MeshTelemetry(chart, 'edge-telemetry', { target: gateway, accessLogs: [{ disabled: true }] });
  return [telemetry, quiet].map(({ apiObject }) => apiObject.toJson());
}

export const table: Table = { page: 'mesh-coverage', group: 'telemetry.istio.io', kind: 'Telemetry', fields, sample };
