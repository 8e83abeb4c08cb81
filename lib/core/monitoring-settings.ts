import { Duration } from 'cdk8s';

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
}
