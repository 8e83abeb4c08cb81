/** What a Service says of a port. */
interface DeclaredPort {
  readonly name?: string;
  readonly appProtocol?: string;
}

const HTTP = ['http', 'http2', 'grpc', 'kubernetes.io/h2c', 'kubernetes.io/ws'];
const TCP = ['tcp', 'tls', 'https', 'mongo', 'mysql', 'redis', 'kubernetes.io/wss'];

/** Whether a Service declares that a port carries HTTP (istio pkg/config/kube/conversion.go, ConvertProtocol). */
export function isDeclaredHttp(port: DeclaredPort): boolean {
  return HTTP.includes(declared(port));
}

/** Whether Services declare that a port carries something else than HTTP. */
export function isDeclaredTcp(ports: readonly DeclaredPort[]): boolean {
  return ports.length > 0 && ports.every(port => TCP.includes(declared(port)));
}

function declared({ name = '', appProtocol }: DeclaredPort): string {
  return (appProtocol ?? name).split('-')[0].toLowerCase();
}
