/** What Linkerd's proxy takes a port to carry. */
export enum LinkerdProtocol {
  /** The proxy finds out, and waits up to ten seconds for the first bytes. */
  DETECT = 'unknown',
  /** HTTP/1. */
  HTTP1 = 'HTTP/1',
  /** HTTP/2. */
  HTTP2 = 'HTTP/2',
  /** gRPC. */
  GRPC = 'gRPC',
  /** Bytes that the proxy does not look into. */
  OPAQUE = 'opaque',
}
