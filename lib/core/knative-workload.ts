import { ActivatorStrategy } from './activator-strategy';
import { IWorkload, WorkloadKind } from './workload';

/** A workload whose pods stand behind Knative's activator. */
export interface IKnativeWorkload extends IWorkload {
  /** What policies rely on while the activator may forward requests; undefined until it is decided. */
  readonly activatorStrategy?: ActivatorStrategy;
}

/** Whether a workload is a Knative service. */
export function isKnativeWorkload(workload: IWorkload): workload is IKnativeWorkload {
  return workload.workloadKind === WorkloadKind.KNATIVE_SERVICE;
}

/** Ports of queue-proxy; policies see these, never 80 nor the app's own. */
export const QUEUE_PROXY = {
  /** Requests over HTTP/1. */
  http1: 8012,
  /** Requests over h2c. */
  http2: 8013,
  /** Metrics for the autoscaler. */
  autoscalerMetrics: 9090,
  /** Metrics for Prometheus. */
  userMetrics: 9091,
  /** Container port of the metrics for Prometheus. */
  userMetricsPortName: 'http-usermetric',
} as const;
