import { ProblemReport } from '../core/problem';
import { NUMBER, TEXT, usable, wrongType } from '../core/wrong-type';

/** What is spoken on a port, by the names that the mesh reads in `appProtocol`. */
export enum ContainerProtocol {
  /** HTTP/1.1, with upgrades to WebSocket. */
  HTTP = 'http',
  /** HTTP/2 without TLS. */
  HTTP2 = 'http2',
  /** gRPC. */
  GRPC = 'grpc',
  /** Bytes that the mesh encrypts and does not look into. */
  TCP = 'tcp',
}

/** How a port is called and reached. */
export interface ContainerPortOptions {
  /**
   * Name of the port in the pods and in the Service: a DNS label of at most 15 characters, different for each port.
   * @default - the name of the protocol, such as `http`
   */
  readonly name?: string;

  /**
   * Port of the Service, 1 to 65535.
   * @default - 80 for the first port if it speaks HTTP/1.1 or HTTP/2, otherwise the number of the port in the container
   */
  readonly servicePort?: number;
}

/**
 * A port on which an application takes requests. The mesh treats it by its protocol, which is therefore never left to be guessed.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export class ContainerPort {
  /**
   * A port that speaks HTTP/1.1.
   * @param port its number in the container, 8080 unless said otherwise
   */
  public static http(port: number = 8080, options: ContainerPortOptions = {}): ContainerPort {
    return new ContainerPort(port, ContainerProtocol.HTTP, options);
  }

  /**
   * A port that speaks HTTP/2 without TLS.
   * @param port its number in the container, 8080 unless said otherwise
   */
  public static http2(port: number = 8080, options: ContainerPortOptions = {}): ContainerPort {
    return new ContainerPort(port, ContainerProtocol.HTTP2, options);
  }

  /**
   * A port that speaks gRPC.
   * @param port its number in the container
   */
  public static grpc(port: number, options: ContainerPortOptions = {}): ContainerPort {
    return new ContainerPort(port, ContainerProtocol.GRPC, options);
  }

  /**
   * A port that speaks something else over TCP. Grants hold for it as a whole: methods and paths never match there.
   * @param port its number in the container
   */
  public static tcp(port: number, options: ContainerPortOptions = {}): ContainerPort {
    return new ContainerPort(port, ContainerProtocol.TCP, options);
  }

  private constructor(
    /** Number of the port in the container. */
    public readonly port: number,
    /** What is spoken there. */
    public readonly protocol: ContainerProtocol,
    private readonly options: ContainerPortOptions,
  ) {}

  /** Name of the port in the pods and in the Service. */
  public get name(): string {
    return usable(this.options?.name, TEXT) ?? this.protocol;
  }

  /**
   * Port of the Service.
   * @internal
   */
  public _servicePort(first: boolean): number {
    const web = this.protocol === ContainerProtocol.HTTP || this.protocol === ContainerProtocol.HTTP2;
    return usable(this.options?.servicePort, NUMBER) ?? (first && web ? 80 : this.port);
  }

  /** @internal */
  public _problems(field: string): ProblemReport[] {
    return [
      ...wrongType(`${field}.port`, this.port, NUMBER),
      ...wrongType(`${field}.name`, this.options?.name, TEXT),
      ...wrongType(`${field}.servicePort`, this.options?.servicePort, NUMBER),
    ];
  }
}
