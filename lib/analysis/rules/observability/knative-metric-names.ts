/**
 * Names that Knative Serving exports since 1.19, without the suffixes of histograms.
 * knative/serving@v1.23.0 pkg/{queue,activator,autoscaler,reconciler/autoscaling/kpa}, knative.dev/pkg/{observability,webhook}, as
 * otlptranslator v1.0.0 writes them.
 */
export const KNATIVE_METRICS: readonly string[] = [
  'kn_serving_invocation_duration_seconds',
  'kn_serving_queue_depth',
  'kn_revision_pods_desired',
  'kn_revision_pods_requested',
  'kn_revision_pods_count',
  'kn_revision_pods_not_ready_count',
  'kn_revision_pods_pending_count',
  'kn_revision_pods_terminating_count',
  'kn_revision_capacity_excess',
  'kn_revision_panic_mode',
  'kn_revision_concurrency_stable',
  'kn_revision_concurrency_panic',
  'kn_revision_concurrency_target',
  'kn_revision_rps_stable_per_second',
  'kn_revision_rps_panic_per_second',
  'kn_revision_rps_target_per_second',
  'kn_revision_request_concurrency',
  'kn_revision_request_queued',
  'kn_revision_request_active',
  'kn_activator_stats_conn_reachable',
  'kn_activator_stats_conn_errors_total',
  'kn_autoscaler_scrape_duration_seconds',
  'kn_workqueue_depth',
  'kn_workqueue_adds_total',
  'kn_workqueue_retries_total',
  'kn_workqueue_queue_duration_seconds',
  'kn_workqueue_process_duration_seconds',
  'kn_workqueue_unfinished_work_seconds',
  'kn_workqueue_longest_running_processor_seconds',
  'kn_webhook_handler_duration_seconds',
  'kn_k8s_client_http_response_status_code_total',
];

/** Prefixes under which every name is known; those of Eventing are not, since its Kafka parts name theirs otherwise. */
export const KNOWN_PREFIXES = /^kn_(serving|revision|activator|autoscaler|workqueue|webhook|k8s)_/;

const REQUESTS = 'http_server_request_duration_seconds';
const APP_REQUESTS = 'kn_serving_invocation_duration_seconds';

/** Names that Knative Serving exported up to 1.18, and what says the same now. Durations were in milliseconds then and are in seconds now. */
export const REMOVED_METRICS: Readonly<Record<string, string>> = {
  revision_request_count: `${REQUESTS}_count`,
  revision_request_latencies: REQUESTS,
  revision_app_request_count: `${APP_REQUESTS}_count`,
  revision_app_request_latencies: APP_REQUESTS,
  revision_queue_depth: 'kn_serving_queue_depth',
  activator_request_count: `${REQUESTS}_count`,
  activator_request_latencies: REQUESTS,
  activator_request_concurrency: 'kn_revision_request_concurrency',
  autoscaler_desired_pods: 'kn_revision_pods_desired',
  autoscaler_requested_pods: 'kn_revision_pods_requested',
  autoscaler_actual_pods: 'kn_revision_pods_count',
  autoscaler_not_ready_pods: 'kn_revision_pods_not_ready_count',
  autoscaler_pending_pods: 'kn_revision_pods_pending_count',
  autoscaler_terminating_pods: 'kn_revision_pods_terminating_count',
  autoscaler_excess_burst_capacity: 'kn_revision_capacity_excess',
  autoscaler_stable_request_concurrency: 'kn_revision_concurrency_stable',
  autoscaler_panic_request_concurrency: 'kn_revision_concurrency_panic',
  autoscaler_target_concurrency_per_pod: 'kn_revision_concurrency_target',
  autoscaler_stable_requests_per_second: 'kn_revision_rps_stable_per_second',
  autoscaler_panic_requests_per_second: 'kn_revision_rps_panic_per_second',
  autoscaler_target_requests_per_second: 'kn_revision_rps_target_per_second',
  autoscaler_panic_mode: 'kn_revision_panic_mode',
  autoscaler_scrape_time: 'kn_autoscaler_scrape_duration_seconds',
};

const HISTOGRAM_SUFFIX = /_(bucket|count|sum)$/;

/** What has replaced a metric of Knative up to 1.18, the suffix of a histogram kept. */
export function replacementOf(name: string): string | undefined {
  if (name in REMOVED_METRICS) return REMOVED_METRICS[name];
  const suffix = HISTOGRAM_SUFFIX.exec(name)?.[0];
  const base = suffix && name.slice(0, -suffix.length);
  return base && base in REMOVED_METRICS && HISTOGRAMS.has(base) ? `${REMOVED_METRICS[base]}${suffix}` : undefined;
}

const HISTOGRAMS = new Set(['revision_request_latencies', 'revision_app_request_latencies', 'activator_request_latencies', 'autoscaler_scrape_time']);

/** Whether a name under Knative's prefixes is one that Knative exports. */
export function isKnown(name: string): boolean {
  return KNATIVE_METRICS.includes(name) || (name.includes('_duration_seconds') && KNATIVE_METRICS.includes(name.replace(HISTOGRAM_SUFFIX, '')));
}
