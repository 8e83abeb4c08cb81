import { Duration } from 'cdk8s';
import { CorsPolicy } from './cors-policy';
import { Fault } from './fault';
import { PathRewrite } from './path-rewrite';
import { RetryPolicy } from './retry-policy';
import { HeaderChanges, RouteAction } from './route-action';
import { RouteMatch } from './route-match';
import { IRouteTarget } from '../../core/route-target';

/** A target that gets a copy of requests and whose answers nobody sees. */
export interface Mirror {
  /** Who gets the copies. No serverless service: a copy keeps the host of the original, by which Knative finds the service. */
  readonly target: IRouteTarget;

  /**
   * Share of the requests that is copied, from 0 to 100.
   * @default 100
   */
  readonly percent?: number;
}

/** Which requests a route takes and what becomes of them. */
export interface RouteOptions {
  /**
   * The requests that it takes: those that any of these matches.
   * @default - all
   */
  readonly match?: RouteMatch[];

  /** What becomes of them. */
  readonly action: RouteAction;

  /**
   * What targets see in place of the path.
   * @default - the path that the client sent
   */
  readonly rewrite?: PathRewrite;

  /**
   * Host that targets see in place of the one that the client asked for. A serverless service gets its own host by itself.
   * @default - the host that the client asked for
   */
  readonly authority?: string;

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
   * Which pages of other origins may use it.
   * @default - browsers keep to the same origin
   */
  readonly cors?: CorsPolicy;

  /**
   * How long an answer may take, all retries included.
   * @default - no limit but that of the target
   */
  readonly timeout?: Duration;

  /**
   * Whether requests that fail are sent again.
   * @default - twice, where they were not worked on, as Istio does
   */
  readonly retries?: RetryPolicy;

  /**
   * Who gets copies of the requests.
   * @default - nobody
   */
  readonly mirrors?: Mirror[];

  /**
   * Trouble that is made on purpose.
   * @default - none
   */
  readonly fault?: Fault;
}

/** Connections of TLS that are passed on unopened, told apart by the host that the client names in its first message. */
export interface TlsRouteOptions {
  /** Hosts of the SNI; the first label may be an asterisk. */
  readonly sniHosts: string[];

  /** Where the connections go; weights add up to 100. */
  readonly action: RouteAction;

  /**
   * Port of the gateway or of the called host.
   * @default - every port
   */
  readonly port?: number;

  /**
   * Networks of the addresses that are called, in CIDR notation.
   * @default - all
   */
  readonly destinationSubnets?: string[];

  /**
   * Namespace of the pods that connect.
   * @default - all
   */
  readonly sourceNamespace?: string;

  /**
   * Labels of the pods that connect.
   * @default - all
   */
  readonly sourceLabels?: { [key: string]: string };
}

/** Connections whose content nobody looks at. */
export interface TcpRouteOptions {
  /** Where the connections go; weights add up to 100. */
  readonly action: RouteAction;

  /**
   * Port of the gateway or of the called host.
   * @default - every port
   */
  readonly port?: number;

  /**
   * Networks of the addresses that are called, in CIDR notation.
   * @default - all
   */
  readonly destinationSubnets?: string[];

  /**
   * Namespace of the pods that connect.
   * @default - all
   */
  readonly sourceNamespace?: string;

  /**
   * Labels of the pods that connect.
   * @default - all
   */
  readonly sourceLabels?: { [key: string]: string };
}
