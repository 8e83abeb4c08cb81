import { ClientTls } from '../destinations/client-tls';

/** How a port at which proxies put TLS around plain text is told from the port of the host. */
export interface TlsOriginationOptions {
  /**
   * Port that clients send plain text to.
   * @default 80
   */
  readonly port?: number;

  /**
   * Port of the host.
   * @default 443
   */
  readonly targetPort?: number;

  /**
   * How the proxy checks the host, and what it shows to it.
   * @default - ClientTls.simple(): the host has to show a certificate of its name, signed by a public authority
   */
  readonly tls?: ClientTls;
}

/** A port of an external service, and what is spoken there. */
export class ExternalServicePort {
  /** HTTPS, which clients speak themselves: the mesh sees the host and nothing more. */
  public static https(port: number = 443): ExternalServicePort {
    return new ExternalServicePort(port, 'HTTPS', 'https');
  }

  /** HTTP in plain text, all the way. */
  public static http(port: number = 80): ExternalServicePort {
    return new ExternalServicePort(port, 'HTTP', 'http');
  }

  /** HTTP/2 in plain text. */
  public static http2(port: number): ExternalServicePort {
    return new ExternalServicePort(port, 'HTTP2', 'http2');
  }

  /** gRPC in plain text. */
  public static grpc(port: number): ExternalServicePort {
    return new ExternalServicePort(port, 'GRPC', 'grpc');
  }

  /** Any other protocol inside of TLS, which clients speak themselves. */
  public static tls(port: number): ExternalServicePort {
    return new ExternalServicePort(port, 'TLS', 'tls');
  }

  /** Connections of which the mesh knows nothing, such as those to a database. */
  public static tcp(port: number): ExternalServicePort {
    return new ExternalServicePort(port, 'TCP', 'tcp');
  }

  /**
   * HTTP that clients send in plain text and their proxies put TLS around, so that routes, retries and metrics see the requests.
   */
  public static originatingTls(options: TlsOriginationOptions = {}): ExternalServicePort {
    return new ExternalServicePort(options.port ?? 80, 'HTTP', 'http', options.targetPort ?? 443, options.tls ?? ClientTls.simple());
  }

  private constructor(
    /** Number that clients send to. */
    public readonly port: number,
    /** What is spoken there, as Istio spells it. */
    public readonly protocol: string,
    private readonly prefix: string,
    /** Number that the host listens on; undefined where it is the same. */
    public readonly targetPort?: number,
    /** @internal */
    public readonly _tls?: ClientTls,
  ) {}

  /** Name of the port. */
  public get name(): string {
    return `${this.prefix}${this._tls ? '-tls-origination' : ''}-${this.port}`;
  }
}
