import { Duration } from 'cdk8s';
import { AlertSeverity } from './alert-severity';

/** When too many failed requests are an alert. */
export interface ErrorAlertOptions {
  /** How urgent the alert is. */
  readonly severity: AlertSeverity;

  /** What whoever gets the alert has to do: an `http` or `https` URL. */
  readonly runbookUrl: string;

  /**
   * Share of failed requests, in percent, above which the alert is due: at least 0, less than 100.
   * @default 5
   */
  readonly thresholdPercent?: number;

  /**
   * Time over which requests are counted; at least four times as long as samples are apart.
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * How long the share must stay above the threshold (Prometheus' `for`). With at least the length of the window, no single failure
   * is enough for an alert.
   * @default Duration.minutes(5)
   */
  readonly pendingFor?: Duration;

  /**
   * Fewest requests in the window; with less traffic there is no alert.
   * @default 0, so that a service with little traffic does not fail unseen
   */
  readonly minimumRequests?: number;

  /**
   * Name of the alert.
   * @default 'KnativeServiceErrors' for a Knative service, otherwise 'WorkloadErrors'
   */
  readonly alertName?: string;

  /**
   * More labels of the alert, by which Alertmanager routes.
   * @default - `severity` and `namespace` alone
   */
  readonly labels?: { [key: string]: string };
}

/** Options with every gap filled. */
export interface ErrorAlert extends ErrorAlertOptions {
  readonly thresholdPercent: number;
  readonly window: Duration;
  readonly pendingFor: Duration;
  readonly minimumRequests: number;
}
