import { AccessLogOptions, MeshMetricsOptions, MeshTracingOptions, MetricOverride, TrafficRole } from './telemetry-options';
import {
  TelemetrySpecAccessLogging, TelemetrySpecAccessLoggingMatchMode, TelemetrySpecMetrics, TelemetrySpecMetricsOverrides, TelemetrySpecMetricsOverridesMatchMetric,
  TelemetrySpecMetricsOverridesMatchMode, TelemetrySpecMetricsOverridesTagOverridesOperation as Operation, TelemetrySpecTracing, TelemetrySpecTracingMatchMode,
} from '../../../imports/telemetry.istio.io';
import { goDuration } from '../../core/durations';
import { ExtensionProvider } from '../../core/extension-provider';

export function renderAccessLog({ providers, filter, role, disabled }: AccessLogOptions): TelemetrySpecAccessLogging {
  return {
    providers: named(providers ?? [ExtensionProvider.envoyLog()]),
    filter: filter === undefined ? undefined : { expression: filter },
    match: match<TelemetrySpecAccessLoggingMatchMode>(role),
    disabled: disabled || undefined,
  };
}

export function renderMetrics({ providers, overrides = [], reportingInterval }: MeshMetricsOptions): TelemetrySpecMetrics {
  return {
    providers: named(providers ?? [ExtensionProvider.prometheus()]),
    overrides: overrides.length === 0 ? undefined : overrides.map(renderOverride),
    reportingInterval: goDuration(reportingInterval),
  };
}

export function renderTracing(options: MeshTracingOptions): TelemetrySpecTracing {
  const { provider, samplingPercentage, tags, role, disabled, istioTags, propagateContext, sampleByRequestId } = options;
  return {
    providers: provider && named([provider]),
    randomSamplingPercentage: samplingPercentage,
    customTags: tags && Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, tag._tag])),
    match: match<TelemetrySpecTracingMatchMode>(role),
    disableSpanReporting: disabled,
    enableIstioTags: istioTags,
    disableContextPropagation: propagateContext === undefined ? undefined : !propagateContext,
    useRequestIdForTraceSampling: sampleByRequestId,
  };
}

function renderOverride({ metric, customMetric, role, disabled, tags = {} }: MetricOverride): TelemetrySpecMetricsOverrides {
  const which = customMetric === undefined ? { metric: metric as TelemetrySpecMetricsOverridesMatchMetric | undefined } : { customMetric };
  const entries = Object.entries(tags);
  return {
    match: metric === undefined && customMetric === undefined && role === undefined ? undefined : { ...which, mode: role as unknown as TelemetrySpecMetricsOverridesMatchMode },
    disabled,
    tagOverrides: entries.length === 0 ? undefined : Object.fromEntries(entries.map(([name, { expression: value }]) => (
      [name, value === undefined ? { operation: Operation.REMOVE } : { operation: Operation.UPSERT, value }]))),
  };
}

function match<Mode>(role: TrafficRole | undefined): { mode: Mode } | undefined {
  return role === undefined ? undefined : { mode: role as unknown as Mode };
}

function named(providers: readonly ExtensionProvider[]): { name: string }[] {
  return providers.map(({ name }) => ({ name }));
}
