import { Duration } from 'cdk8s';

/**
 * When pods that fail get no requests for a while. Each client's proxy decides for itself, by the answers that it saw.
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface OutlierDetection {
  /**
   * How many statuses of 500 and above in a row it takes; 0 is never. Failures to connect count as well unless they are counted apart.
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * How many statuses 502, 503 or 504 in a row it takes; 0 is never.
   * @default - they are only counted among all from 500 on
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * How many failures to connect, or to be answered in time, in a row it takes. Saying it counts them apart from the answers of the application.
   * @default - they count as answers from 500 on
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Whether failures to connect are counted apart from answers.
   * @default - true where `consecutiveLocalOriginFailures` is said
   */
  readonly splitLocalOriginErrors?: boolean;

  /**
   * How often it is decided.
   * @default - every 10 seconds
   */
  readonly interval?: Duration;

  /**
   * How long a pod is left out, times the number of times that it was before.
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Share of the pods that may be left out at a time, from 0 to 100. One is always allowed.
   * @default 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * Below this share of healthy pods nobody is left out any more and all pods get requests, from 0 to 100.
   * @default 0, which is off
   */
  readonly minHealthPercent?: number;
}
