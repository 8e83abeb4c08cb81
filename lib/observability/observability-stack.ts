import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AlertRules } from './alert-rules';
import { CODES } from './codes';
import { Dashboard, DashboardOptions } from './dashboard/dashboard';
import { ErrorAlertOptions } from './error-alert';
import { optionProblems, windowProblems } from './error-alert-problems';
import { PodMonitors } from './pod-monitors';
import { promDuration } from './promql/duration';
import { noteScraper } from './scrape-register';
import { metricsDisabled, scrapedTwice, uncountedRequests } from './stack-problems';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { KnativeMetrics } from '../core/knative-metrics';
import { isKnativeWorkload } from '../core/knative-workload';
import { IMonitorable } from '../core/monitorable';
import { MonitoringSettings } from '../core/monitoring-settings';
import { ProblemReport, reportProblems } from '../core/problem';
import { IWorkload } from '../core/workload';
import { DURATION, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** How a stack is found by Prometheus and Grafana. */
export interface ObservabilityStackProps {
  /**
   * First part of the names of the objects.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Labels of the PodMonitors, by which Prometheus selects them.
   * @default - those of the ClusterProfile
   */
  readonly monitorLabels?: { [key: string]: string };

  /**
   * Labels of the PrometheusRule, by which Prometheus selects it.
   * @default - those of the ClusterProfile
   */
  readonly ruleLabels?: { [key: string]: string };

  /**
   * Labels of the ConfigMaps from which Grafana's sidecar loads dashboards.
   * @default - those of the ClusterProfile
   */
  readonly dashboardLabels?: { [key: string]: string };

  /**
   * How often the pods are scraped: usually every 15 to 60 seconds.
   * @default - that of the ClusterProfile, 30 seconds unless it says otherwise
   */
  readonly scrapeInterval?: Duration;
}

/**
 * What is measured, shown and alerted on: PodMonitors, one PrometheusRule, dashboards, all from one catalogue of metrics that exist.
 *
 * @see https://knative.dev/docs/serving/observability/metrics/serving-metrics/
 */
export class ObservabilityStack extends Construct {
  private readonly props: ObservabilityStackProps;
  private readonly settings: MonitoringSettings;
  private readonly monitors: PodMonitors;
  private readonly alerts: AlertRules;
  private readonly monitored = new Set<IMonitorable>();
  private readonly knativeServices = new Set<IWorkload>();

  constructor(scope: Construct, id: string, props: ObservabilityStackProps = {}) {
    super(scope, id);
    Intents.of(this);
    this.props = props ?? {};
    this.settings = ClusterProfile.of(this).monitoring;
    const name = usable(this.props.name, TEXT) ?? id;
    this.monitors = new PodMonitors(this, { name, labels: this.monitorLabels, interval: this.scrapeInterval });
    this.alerts = new AlertRules(this, { name, labels: usable(this.props.ruleLabels, TEXT_MAP) ?? this.settings.ruleLabels! });
    reportProblems(this, () => this.problems());
  }

  /** The PodMonitors, for patches: one for the Knative services of each namespace, one for each other workload. */
  public get monitorObjects(): ApiObject[] {
    return this.monitors.apiObjects;
  }

  /** The PrometheusRule, for patches; there is none before the first alert. */
  public get ruleObject(): ApiObject | undefined {
    return this.alerts.apiObject;
  }

  /**
   * Has Prometheus scrape the pods of workloads, each once, however often it is said. Where Knative pushes its metrics, there is
   * nothing to scrape on Knative services, and their ports stay closed.
   * @param workloads what is scraped
   */
  public monitor(...workloads: IMonitorable[]): void {
    for (const workload of workloads) {
      if (this.monitored.has(workload)) continue;
      this.monitored.add(workload);
      if (isKnativeWorkload(workload)) this.knativeServices.add(workload);
      if (isKnativeWorkload(workload) && this.settings.knativeMetrics === KnativeMetrics.OTLP_PUSH) continue;
      workload.scrapedByPrometheus();
      noteScraper(workload, { stack: this, labels: this.monitorLabels });
      this.monitors.add(workload);
    }
  }

  /**
   * Alerts when too large a share of the requests to a workload fail on the server's side. Requests to a Knative service are counted by
   * the queue-proxy of its pods, which is scraped from then on; those to another workload by its sidecar, which the platform scrapes.
   * Requests that reach no pod, because none becomes ready, are seen by neither.
   * @param workload whose requests
   * @param options when it is an alert, and what then
   */
  public alertOnErrors(workload: IWorkload, options: ErrorAlertOptions): void {
    this.watch(workload);
    const alert = this.alerts.add(workload, options);
    const name = workload.workloadName;
    reportProblems(this, () => [
      ...optionProblems(options, name),
      ...windowProblems(alert.window, this.sampleInterval(workload), name),
      ...isKnativeWorkload(workload) ? [] : uncountedRequests(workload, `alertOnErrors(${name})`),
    ]);
  }

  /**
   * Adds a Grafana dashboard: requests by status, failures, latency, and of Knative services what scales them and what waits.
   * @param id of the dashboard, which is the name of its ConfigMap unless the options give another
   * @param options what it shows
   */
  public dashboard(id: string, options: DashboardOptions): Dashboard {
    const workloads = options.workloads ?? [];
    workloads.forEach(workload => this.watch(workload));
    reportProblems(this, () => workloads
      .filter(workload => !isKnativeWorkload(workload))
      .flatMap(workload => uncountedRequests(workload, `dashboard(${id})`)));
    return Dashboard._create(this, id, {
      ...options,
      labels: usable(this.props.dashboardLabels, TEXT_MAP) ?? this.settings.dashboardLabels!,
      interval: this.scrapeInterval,
      systemMetrics: this.settings.knativeSystemMetrics!,
    });
  }

  private get monitorLabels(): { [key: string]: string } {
    return usable(this.props.monitorLabels, TEXT_MAP) ?? this.settings.monitorLabels!;
  }

  private get scrapeInterval(): Duration {
    return usable(this.props.scrapeInterval, DURATION) ?? this.settings.scrapeInterval!;
  }

  /** What a workload's rules and panels read must be collected. */
  private watch(workload: IWorkload): void {
    if (!isKnativeWorkload(workload)) return;
    this.knativeServices.add(workload);
    if (isMonitorable(workload)) this.monitor(workload);
  }

  /** How far apart the samples of a workload's requests are. */
  private sampleInterval(workload: IWorkload): Duration {
    if (!isKnativeWorkload(workload)) return this.settings.scrapeInterval!;
    return this.settings.knativeMetrics === KnativeMetrics.OTLP_PUSH ? this.settings.knativeExportInterval! : this.scrapeInterval;
  }

  private problems(): ProblemReport[] {
    return [
      ...wrongType('name', this.props.name, TEXT),
      ...wrongType('monitorLabels', this.props.monitorLabels, TEXT_MAP),
      ...wrongType('ruleLabels', this.props.ruleLabels, TEXT_MAP),
      ...wrongType('dashboardLabels', this.props.dashboardLabels, TEXT_MAP),
      ...wrongType('scrapeInterval', this.props.scrapeInterval, DURATION),
      ...this.scrapeInterval.toMilliseconds({ integral: false }) > 0 ? [] : [{
        code: CODES.scrapeInterval,
        field: 'scrapeInterval',
        value: promDuration(this.scrapeInterval),
        reason: 'nothing can be scraped without a pause',
        fix: 'give a duration above zero, usually 15 to 60 seconds',
      }],
      ...metricsDisabled(this, [...this.knativeServices]),
      ...[...this.monitored].flatMap(workload => scrapedTwice(workload, { stack: this, labels: this.monitorLabels })),
    ];
  }
}

function isMonitorable(workload: IWorkload): workload is IMonitorable {
  return 'metricsEndpoint' in workload && 'scrapedByPrometheus' in workload;
}
