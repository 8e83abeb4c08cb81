import type { Duration } from 'cdk8s';
import { IstioSpecValuesMeshConfigExtensionProviders } from '../../imports/sailoperator.io';

/** Where a provider that the mesh calls answers. */
export interface ProviderAddress {
  /** Fully qualified host of its Service, or `<namespace>/<host>`. */
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
}

/** How an external authorizer is asked. */
export interface AuthorizerOptions extends ProviderAddress {
  /**
   * How long a proxy waits for the answer.
   * @default - 10 minutes, Istio's own
   */
  readonly timeout?: Duration;

  /**
   * Whether requests pass while it does not answer.
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * How much of the body it is shown, in bytes; what is longer is cut off.
   * @default - no body
   */
  readonly maxBodyBytes?: number;
}

/** How an external authorizer is asked over HTTP. */
export interface HttpAuthorizerOptions extends AuthorizerOptions {
  /**
   * Headers of the request that it is shown, beside method, path, host and length.
   * @default - none
   */
  readonly headersInCheck?: string[];

  /**
   * Headers of its answer that are added to the request.
   * @default - none
   */
  readonly headersToUpstream?: string[];

  /**
   * Put before the path that it is asked about.
   * @default - nothing
   */
  readonly pathPrefix?: string;
}

/**
 * Something that policies and telemetry name: a collector, an access log, an authorizer.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export class ExtensionProvider {
  /** Access logs on the standard output of the proxies, by the provider that Istio brings. */
  public static envoyLog(): ExtensionProvider {
    return new ExtensionProvider('envoy');
  }

  /** Metrics for Prometheus, by the provider that Istio brings. */
  public static prometheus(): ExtensionProvider {
    return new ExtensionProvider('prometheus');
  }

  /**
   * One that the mesh's configuration has.
   * @param name its name there
   */
  public static named(name: string): ExtensionProvider {
    return new ExtensionProvider(name);
  }

  /** Traces, sent by OTLP over gRPC. */
  public static openTelemetry(name: string, address: ProviderAddress): ExtensionProvider {
    return new ExtensionProvider(name, { name, opentelemetry: { service: address.service, port: address.port } });
  }

  /** Traces, sent to Zipkin. Knative speaks W3C trace context alone, so a trace that starts here ends there. */
  public static zipkin(name: string, address: ProviderAddress): ExtensionProvider {
    return new ExtensionProvider(name, { name, zipkin: { service: address.service, port: address.port } });
  }

  /** Access logs on the standard output of the proxies. */
  public static fileAccessLog(name: string): ExtensionProvider {
    return new ExtensionProvider(name, { name, envoyFileAccessLog: { path: '/dev/stdout' } });
  }

  /** Access logs, sent by OTLP over gRPC. */
  public static openTelemetryAccessLog(name: string, address: ProviderAddress): ExtensionProvider {
    return new ExtensionProvider(name, { name, envoyOtelAls: { service: address.service, port: address.port } });
  }

  /** An authorizer that policies with action CUSTOM ask, over HTTP. Requests are denied while it does not answer, unless it fails open. */
  public static httpAuthorizer(name: string, options: HttpAuthorizerOptions): ExtensionProvider {
    const { headersInCheck, headersToUpstream, pathPrefix } = options;
    return new ExtensionProvider(name, {
      name,
      envoyExtAuthzHttp: { ...authorizer(options), includeRequestHeadersInCheck: headersInCheck, headersToUpstreamOnAllow: headersToUpstream, pathPrefix },
    });
  }

  /** An authorizer that policies with action CUSTOM ask, over gRPC. Requests are denied while it does not answer, unless it fails open. */
  public static grpcAuthorizer(name: string, options: AuthorizerOptions): ExtensionProvider {
    return new ExtensionProvider(name, { name, envoyExtAuthzGrpc: authorizer(options) });
  }

  private constructor(
    /** The name by which policies and telemetry ask for it. */
    public readonly name: string,
    private readonly spec?: object,
  ) {}

  /** @internal */
  public get _spec(): IstioSpecValuesMeshConfigExtensionProviders | undefined {
    return this.spec as IstioSpecValuesMeshConfigExtensionProviders | undefined;
  }
}

function authorizer({ service, port, timeout, failOpen, maxBodyBytes }: AuthorizerOptions) {
  return {
    service,
    port,
    timeout: timeout && `${timeout.toSeconds({ integral: false })}s`,
    failOpen: failOpen || undefined,
    includeRequestBodyInCheck: maxBodyBytes === undefined ? undefined : { maxRequestBytes: maxBodyBytes, allowPartialMessage: true },
  };
}
