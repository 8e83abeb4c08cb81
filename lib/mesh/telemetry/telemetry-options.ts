import type { Duration } from 'cdk8s';
import { ExtensionProvider } from '../../core/extension-provider';

/** Requests that pods send, and requests that they get. */
export enum TrafficRole {
  /** Requests that they send. */
  CLIENT = 'CLIENT',
  /** Requests that they get. */
  SERVER = 'SERVER',
  /** Both. */
  CLIENT_AND_SERVER = 'CLIENT_AND_SERVER',
}

/** Metrics that Istio's proxies have. */
export enum MeshMetric {
  /** All of them. */
  ALL_METRICS = 'ALL_METRICS',
  /** `istio_requests_total` */
  REQUEST_COUNT = 'REQUEST_COUNT',
  /** `istio_request_duration_milliseconds` */
  REQUEST_DURATION = 'REQUEST_DURATION',
  /** `istio_request_bytes` */
  REQUEST_SIZE = 'REQUEST_SIZE',
  /** `istio_response_bytes` */
  RESPONSE_SIZE = 'RESPONSE_SIZE',
  /** `istio_tcp_connections_opened_total` */
  TCP_OPENED_CONNECTIONS = 'TCP_OPENED_CONNECTIONS',
  /** `istio_tcp_connections_closed_total` */
  TCP_CLOSED_CONNECTIONS = 'TCP_CLOSED_CONNECTIONS',
  /** `istio_tcp_sent_bytes_total` */
  TCP_SENT_BYTES = 'TCP_SENT_BYTES',
  /** `istio_tcp_received_bytes_total` */
  TCP_RECEIVED_BYTES = 'TCP_RECEIVED_BYTES',
  /** `istio_request_messages_total` */
  GRPC_REQUEST_MESSAGES = 'GRPC_REQUEST_MESSAGES',
  /** `istio_response_messages_total` */
  GRPC_RESPONSE_MESSAGES = 'GRPC_RESPONSE_MESSAGES',
}

/** What is logged of requests. */
export interface AccessLogOptions {
  /**
   * Where the log goes.
   * @default - the standard output of the proxy
   */
  readonly providers?: ExtensionProvider[];

  /**
   * Which requests are logged, as an expression of CEL over Envoy's attributes: `response.code >= 400`.
   * @default - all
   */
  readonly filter?: string;

  /**
   * Whether requests that pods send are logged, those that they get, or both.
   * @default - both
   */
  readonly role?: TrafficRole;

  /**
   * Whether nothing is logged, where a wider setting has something logged.
   * @default false
   */
  readonly disabled?: boolean;
}

/** A label of a metric. */
export class MetricTag {
  /**
   * A label with a value of its own. Every value that it can have makes a time series of its own.
   * @param expression an expression of CEL over Envoy's attributes, such as `request.host`; a text is put into quotes inside: `"'shop'"`
   */
  public static value(expression: string): MetricTag {
    return new MetricTag(expression);
  }

  /** A label that is left out. */
  public static removed(): MetricTag {
    return new MetricTag();
  }

  private constructor(
    /** The expression; undefined where the label is left out. */
    public readonly expression?: string,
  ) {}
}

/** What is changed of a metric. */
export interface MetricOverride {
  /**
   * One of Istio's metrics.
   * @default MeshMetric.ALL_METRICS
   */
  readonly metric?: MeshMetric;

  /**
   * A metric that is none of Istio's own, in place of `metric`.
   * @default - none
   */
  readonly customMetric?: string;

  /**
   * Whether the sender counts, the receiver, or both.
   * @default - both
   */
  readonly role?: TrafficRole;

  /**
   * Whether it is not counted.
   * @default - as wider settings say
   */
  readonly disabled?: boolean;

  /**
   * Labels that it has or does not have.
   * @default - Istio's own
   */
  readonly tags?: { [name: string]: MetricTag };
}

/** What is counted. */
export interface MeshMetricsOptions {
  /**
   * For which systems.
   * @default - Prometheus
   */
  readonly providers?: ExtensionProvider[];

  /**
   * What is changed, in the order in which it is applied: general things first.
   * @default - nothing
   */
  readonly overrides?: MetricOverride[];

  /**
   * How often open connections of TCP are counted; requests of HTTP are counted as they end. Clusters that admit only Istio's
   * stable fields refuse it.
   * @default - 5 seconds, Istio's own
   */
  readonly reportingInterval?: Duration;
}

/** What is written into each span. */
export class TraceTag {
  /** The same text in every span. */
  public static literal(value: string): TraceTag {
    return new TraceTag({ literal: { value } });
  }

  /** An environment variable of the proxy. */
  public static environment(name: string, defaultValue?: string): TraceTag {
    return new TraceTag({ environment: { name, defaultValue } });
  }

  /** A header of the request. */
  public static header(name: string, defaultValue?: string): TraceTag {
    return new TraceTag({ header: { name, defaultValue } });
  }

  /** A command of Envoy's access log, such as `%REQUESTED_SERVER_NAME%`. */
  public static formatter(value: string): TraceTag {
    return new TraceTag({ formatter: { value } });
  }

  private constructor(private readonly tag: { [kind: string]: unknown }) {}

  /** @internal */
  public get _tag(): { [kind: string]: unknown } {
    return this.tag;
  }
}

/** What is traced. */
export interface MeshTracingOptions {
  /**
   * Where spans go.
   * @default - the default provider of the mesh
   */
  readonly provider?: ExtensionProvider;

  /**
   * How many requests of a hundred are traced, in steps of 0.01, where nobody before decided.
   * @default - as wider settings say
   */
  readonly samplingPercentage?: number;

  /**
   * What is written into each span; replaces what wider settings say.
   * @default - as wider settings say
   */
  readonly tags?: { [name: string]: TraceTag };

  /**
   * Whether requests that pods send are traced, those that they get, or both.
   * @default - both
   */
  readonly role?: TrafficRole;

  /**
   * Whether no spans are reported. Headers are handed on all the same.
   * @default - as wider settings say
   */
  readonly disabled?: boolean;

  /**
   * Whether Istio's own tags are in the spans.
   * @default true
   */
  readonly istioTags?: boolean;

  /**
   * Whether the headers of a trace are handed on; say no where requests leave for strangers.
   * @default true
   */
  readonly propagateContext?: boolean;

  /**
   * Whether sampling goes by the request id, whose form is Envoy's own.
   * @default true
   */
  readonly sampleByRequestId?: boolean;
}
