import { Duration } from 'cdk8s';
import { KnativeMetrics } from './knative-metrics';

/** What the cluster's monitoring stack selects and where it runs. */
export interface MonitoringSettings {
  /**
   * Labels that every ServiceMonitor, PodMonitor and Probe carries so that Prometheus selects it.
   * @default { release: 'kube-prometheus-stack' }
   */
  readonly monitorLabels?: { [key: string]: string };

  /**
   * Labels that every PrometheusRule carries so that Prometheus selects it.
   * @default - those of the monitors
   */
  readonly ruleLabels?: { [key: string]: string };

  /**
   * Labels of ConfigMaps from which Grafana's sidecar loads dashboards.
   * @default { grafana_dashboard: '1' }
   */
  readonly dashboardLabels?: { [key: string]: string };

  /**
   * Namespace in which Prometheus runs.
   * @default 'monitoring'
   */
  readonly namespace?: string;

  /**
   * Whether Prometheus runs without a mesh identity. It then cannot speak mTLS, and ports to scrape are left open for plain text.
   * @default true
   */
  readonly outsideMesh?: boolean;

  /**
   * How often targets are scraped.
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;

  /**
   * What `request-metrics-protocol` in the ConfigMap `config-observability` of the cluster says: whether the pods of Knative services show metrics.
   * @default KnativeMetrics.DISABLED, which is what Knative ships
   */
  readonly knativeMetrics?: KnativeMetrics;

  /**
   * What `metrics-protocol` in the same ConfigMap says: whether Knative's own autoscaler and activator show metrics.
   * Who scrapes those is the platform's business; dashboards read them.
   * @default - what `knativeMetrics` says
   */
  readonly knativeSystemMetrics?: KnativeMetrics;

  /**
   * How often metrics are pushed where they are pushed (`request-metrics-export-interval`).
   * @default Duration.seconds(60)
   */
  readonly knativeExportInterval?: Duration;
}
