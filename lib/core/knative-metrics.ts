/**
 * Where Knative's parts send their metrics. Knative ships with none: unless the ConfigMap `config-observability` says otherwise,
 * nothing listens on the metrics port of a service's pods.
 *
 * @see https://knative.dev/docs/serving/observability/metrics/collecting-metrics/
 */
export enum KnativeMetrics {
  /** Nowhere (`none`), which is what Knative ships. */
  DISABLED = 'none',
  /** To whoever scrapes them (`prometheus`). */
  PROMETHEUS = 'prometheus',
  /** Pushed by OTLP to a collector or to Prometheus itself (`http/protobuf` or `grpc`). There is nothing to scrape then. */
  OTLP_PUSH = 'otlp',
}
