/** What an application speaks on its port. */
export enum ServiceProtocol {
  /** HTTP/1.1, with upgrades to WebSocket. */
  HTTP1 = 'http1',
  /** HTTP/2 without TLS, which gRPC needs. */
  H2C = 'h2c',
}

/**
 * The one port on which an application takes requests. Knative hands its number to the application in the environment variable `PORT`.
 *
 * The numbers 8008, 8012, 8013, 8022, 9090 and 9091 belong to Knative's queue-proxy in the same pod and are refused.
 *
 * @see https://github.com/knative/specs/blob/main/specs/serving/runtime-contract.md#inbound-network-connectivity
 */
export class ServicePort {
  /**
   * An application that speaks HTTP/1.1.
   * @param port its port, 8080 unless said otherwise
   */
  public static http1(port: number = 8080): ServicePort {
    return new ServicePort(port, ServiceProtocol.HTTP1);
  }

  /**
   * An application that speaks HTTP/2 without TLS, as gRPC servers do.
   * @param port its port, 8080 unless said otherwise
   */
  public static h2c(port: number = 8080): ServicePort {
    return new ServicePort(port, ServiceProtocol.H2C);
  }

  private constructor(
    /** Number of the port in the container. */
    public readonly port: number,
    /** What is spoken there. */
    public readonly protocol: ServiceProtocol,
  ) {}
}
