import { OTEL_LATENCY_SECONDS } from './buckets';
import { Gauge, Histogram, Scraped } from './metric';

/** Labels that tell whose pod a sample comes from; scraping or OTLP adds them, queue-proxy itself says them in `target_info` alone. */
const SCRAPED = ['k8s_namespace_name', 'kn_service_name', 'kn_revision_name'] as const;

/**
 * Requests as they arrive at a pod. queue-proxy's outermost handler observes them, so it also counts what never reaches the
 * app: 503 for a full queue, 504 for a timeout. The activator exports the same name; only queue-proxy adds `kn_route_tag`.
 */
export const HTTP_SERVER_REQUEST_DURATION = new Histogram<Scraped | 'http_response_status_code' | 'kn_route_tag'>({
  name: 'http_server_request_duration_seconds',
  instrument: { name: 'http.server.request.duration', unit: 's' },
  unit: 'seconds',
  meaning: 'From the arrival of a request at the pod to the end of its response, waiting included. Probes are left out.',
  labels: [...SCRAPED, 'http_response_status_code', 'kn_route_tag'],
  source: 'knative/serving@v1.23.0 pkg/queue/sharedmain/handlers.go, pkg/queue/routetag_handler.go; otelhttp v0.69.0',
}, OTEL_LATENCY_SECONDS);

/** Requests as the app answers them. Not a measure of errors: a request that times out counts as 200, one that finds the queue full does not count. */
export const INVOCATION_DURATION = new Histogram<Scraped | 'http_response_status_code'>({
  name: 'kn_serving_invocation_duration_seconds',
  instrument: { name: 'kn.serving.invocation.duration', unit: 's' },
  unit: 'seconds',
  meaning: 'Time that the app took for a request, without the time that the request waited for a slot.',
  labels: [...SCRAPED, 'http_response_status_code'],
  source: 'knative/serving@v1.23.0 pkg/queue/request_metric.go',
}, OTEL_LATENCY_SECONDS);

/** Exists only where the service limits its concurrency. */
export const QUEUE_DEPTH = new Gauge<Scraped>({
  name: 'kn_serving_queue_depth',
  instrument: { name: 'kn.serving.queue.depth', unit: '{request}' },
  unit: 'requests',
  meaning: 'Requests in the pod, running and waiting, when the latest one began. It keeps that value while no request comes.',
  labels: SCRAPED,
  source: 'knative/serving@v1.23.0 pkg/queue/request_metric.go',
});
