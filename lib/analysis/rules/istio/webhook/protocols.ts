const HTTP = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'];
const TLS = ['https', 'tls'];
const KNOWN = new Set([...HTTP, ...TLS, 'tcp', 'udp', 'mongo', 'redis', 'mysql']);

/** What Istio makes of the protocol of a port; letters of either case are the same (istio pkg/config/protocol/instance.go). */
export function isProtocol(protocol: string): boolean {
  return KNOWN.has(protocol.toLowerCase());
}

export function isHttp(protocol: string): boolean {
  return HTTP.includes(protocol.toLowerCase());
}

export function isTls(protocol: string): boolean {
  return TLS.includes(protocol.toLowerCase());
}
