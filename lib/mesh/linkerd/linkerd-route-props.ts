import { Duration } from 'cdk8s';
import { RetryCondition } from './retry-condition';
import { IWorkload } from '../../core/workload';
import { HeaderChanges, RouteAction } from '../routes/route-action';
import { RouteMatch } from '../routes/route-match';

/** How often, and for what, clients send a request to a workload again. */
export interface LinkerdRetries {
  /** Answers for which it is sent again. Where requests change something, name none that were worked on. */
  readonly on: RetryCondition[];

  /**
   * How often after the first time, from 1 to 65535.
   * @default 1
   */
  readonly limit?: number;

  /**
   * How long one time may take until its answer begins; then it is sent again.
   * @default - no limit
   */
  readonly timeout?: Duration;
}

/** How long requests and their answers may take, in whole milliseconds. */
export interface LinkerdTimeouts {
  /**
   * A request and its whole answer, retries included.
   * @default - no limit
   */
  readonly request?: Duration;

  /**
   * From the end of a request to the end of its answer.
   * @default - no limit
   */
  readonly response?: Duration;

  /**
   * Without a byte in either direction.
   * @default - no limit
   */
  readonly idle?: Duration;
}

/** Which requests a rule takes and where they go. */
export interface LinkerdRouteOptions {
  /**
   * The requests that it takes: those that any of these matches.
   * @default - all
   */
  readonly match?: RouteMatch[];

  /** Where they go: forwarded, split by weight, or redirected. A version of a workload gets a Service of its own. */
  readonly action: RouteAction;

  /**
   * What is changed in the headers of requests.
   * @default - nothing
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * What is changed in the headers of answers.
   * @default - nothing
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * How long a request and its answer may take, retries included.
   * @default - `timeouts.request` of the route
   */
  readonly timeout?: Duration;
}

/** How clients in Linkerd call a workload. */
export interface LinkerdRouteProps {
  /** The workload that is called; no serverless service, whose requests go to Knative's ingress. */
  readonly target: IWorkload;

  /**
   * Name of the HTTPRoute.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Port of its Service.
   * @default - every port
   */
  readonly port?: number;

  /**
   * Whether failed requests are sent again.
   * @default - they are not
   */
  readonly retries?: LinkerdRetries;

  /**
   * How long requests may take.
   * @default - no limits
   */
  readonly timeouts?: LinkerdTimeouts;
}
