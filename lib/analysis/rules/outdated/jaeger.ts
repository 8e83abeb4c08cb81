import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { Entry, fieldsAt, fieldsOf, textOf } from '../../workloads';

const collector = (exporter: string, settings: string) => `apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: { name: traces, namespace: monitoring }
spec:
  config:
    receivers: { otlp: { protocols: { grpc: {} } } }
    exporters: { ${exporter}: ${settings} }
    service:
      pipelines: { traces: { receivers: [otlp], exporters: [${exporter}] } }
`;

export const jaegerOperator: Rule = {
  code: 'SM0911',
  title: 'Jaeger by an operator that is no longer kept',
  explanation: 'The Jaeger operator and Jaeger v1, which its kind Jaeger runs, are at their end; Jaeger v2 is an OpenTelemetry collector with Jaeger\'s storage and is run by the OpenTelemetry '
    + 'operator (github.com/jaegertracing/jaeger-operator; jaegertracing.io, docs/2).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: jaegertracing.io/v1
kind: Jaeger
metadata: { name: traces, namespace: monitoring }
spec:
  strategy: production
  storage: { type: memory }
`,
    accepted: `apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: { name: traces, namespace: monitoring }
spec:
  image: jaegertracing/jaeger:2.14.0
  config:
    receivers: { otlp: { protocols: { grpc: {} } } }
    exporters: { jaeger_storage_exporter: { trace_storage: main } }
    extensions: { jaeger_storage: { backends: { main: { memory: { max_traces: 100000 } } } } }
    service:
      extensions: [jaeger_storage]
      pipelines: { traces: { receivers: [otlp], exporters: [jaeger_storage_exporter] } }
`,
  },
  check(context) {
    for (const object of context.model.ofKind('jaegertracing.io', 'Jaeger')) {
      const { strategy, storage } = fieldsOf(object.manifest.spec);
      const forgetful = strategy === 'production' && (textOf(fieldsOf(storage).type) ?? 'memory') === 'memory';
      context.report(object, {
        field: 'apiVersion',
        value: object.manifest.apiVersion,
        reason: `the operator that reads it is no longer kept, and neither is Jaeger v1${forgetful ? '; and with its storage in memory, strategy production loses every trace at a restart' : ''}`,
        fix: 'run Jaeger v2 as an OpenTelemetryCollector (opentelemetry.io/v1beta1, image jaegertracing/jaeger:2.x) and send to it by OTLP at port 4317',
      });
    }
  },
};

export const jaegerExporter: Rule = {
  code: 'SM0912',
  title: 'a collector with an exporter that was removed',
  explanation: 'The OpenTelemetry collector does not start with a component that it does not know: the exporter jaeger was removed (distributions of 0.85.0 and 0.86.0), and '
    + 'logging was replaced by debug (0.111.0). A warning where the collector names an image of its own (github.com/open-telemetry/opentelemetry-collector, issues 8441 and 11337).',
  example: {
    refused: collector('jaeger', '{ endpoint: "jaeger-collector.monitoring:14250" }'),
    accepted: collector('otlp', '{ endpoint: "jaeger-collector.monitoring:4317", tls: { insecure: true } }'),
  },
  check(context) {
    for (const object of context.model.ofKind('opentelemetry.io', 'OpenTelemetryCollector')) {
      const exporters: Entry = { field: 'spec.config.exporters', value: fieldsAt(object.manifest, 'spec', 'config', 'exporters') };
      for (const name of Object.keys(exporters.value)) {
        const type = name.split('/')[0];
        if (type !== 'jaeger' && type !== 'logging') continue;
        context.report(object, {
          field: `${exporters.field}.${name}`,
          value: name,
          severity: textOf(fieldsOf(object.manifest.spec).image) === undefined ? Severity.ERROR : Severity.WARNING,
          reason: `the collector has no exporter ${type} any more and does not start`,
          fix: type === 'jaeger' ? 'write otlp with endpoint <jaeger>:4317, which Jaeger takes since 1.35' : 'write debug',
        });
      }
    }
  },
};
