import { GatewayTls } from './gateway-tls';

/** What is spoken at a port. */
export enum GatewayProtocol {
  /** HTTP in plain text. */
  HTTP = 'HTTP',
  /** HTTP over TLS. */
  HTTPS = 'HTTPS',
  /** HTTP/2 in plain text. */
  HTTP2 = 'HTTP2',
  /** gRPC in plain text. */
  GRPC = 'GRPC',
  /** gRPC-Web in plain text. */
  GRPC_WEB = 'GRPC-WEB',
  /** Anything over TLS. */
  TLS = 'TLS',
  /** Anything. */
  TCP = 'TCP',
  /** MongoDB. */
  MONGO = 'MONGO',
}

/** A port at which a gateway listens, and the hosts that it serves there. */
export interface GatewayServerOptions {
  /** Hosts in full; the first label may be an asterisk. */
  readonly hosts: string[];

  /** Port at which clients reach it. */
  readonly port: number;

  /** What is spoken there. */
  readonly protocol: GatewayProtocol;

  /**
   * How TLS is treated. Needed for HTTPS and TLS.
   * @default - plain text
   */
  readonly tls?: GatewayTls;

  /**
   * Whether plain text requests are answered with a redirect to https.
   * @default false
   */
  readonly httpsRedirect?: boolean;

  /**
   * What statistics call the server.
   * @default - nothing of its own
   */
  readonly name?: string;

  /**
   * Address at which it listens, or the path of a Unix socket with `unix://` before it.
   * @default - every address
   */
  readonly bind?: string;
}
