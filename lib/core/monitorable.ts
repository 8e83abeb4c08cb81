import { IWorkload } from './workload';

/** Where a workload's pods show their metrics. */
export interface MetricsEndpoint {
  /** Name of the container port. */
  readonly portName: string;
  /** Its number. */
  readonly port: number;
  /** HTTP path. */
  readonly path: string;
  /**
   * Pod labels that become metric labels: metric label to pod label.
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };
}

/** A workload that can be watched. */
export interface IMonitorable extends IWorkload {
  /** Where its pods show their metrics. */
  readonly metricsEndpoint: MetricsEndpoint;

  /**
   * Says that Prometheus scrapes the pods. A workload in the mesh opens its metrics port to a Prometheus that has no mesh identity.
   */
  scrapedByPrometheus(): void;
}
