import {
  GatewaySpecListeners, GatewaySpecListenersAllowedRoutesNamespacesFrom, GatewaySpecListenersTls, GatewaySpecListenersTlsMode, GatewaySpecTls, GatewaySpecTlsFrontendDefaultValidationMode,
} from '../../../imports/gateway.networking.k8s.io';
import { GatewayProtocol, GatewayServerOptions } from '../gateway/gateway-server';
import { GatewayTls, GatewayTlsMode } from '../gateway/gateway-tls';
import { secretNameOf } from '../gateway/render-servers';

/** How Istio is told to ask clients for certificates, or to use those of the mesh. */
const TERMINATE_MODE = 'gateway.istio.io/tls-terminate-mode';

/** The listeners of a Gateway: one for each host of each server. */
export function renderListeners(servers: readonly GatewayServerOptions[], gatewayName: string, routesFrom: readonly string[]): GatewaySpecListeners[] {
  return servers.flatMap(server => server.hosts.map((host, index) => ({
    name: listenerName(server, servers) + (index > 0 ? `-${index + 1}` : ''),
    port: server.port,
    protocol: server.protocol,
    hostname: host === '*' ? undefined : host,
    tls: server.tls && renderTls(server.tls, server.hosts, gatewayName),
    allowedRoutes: routesFrom.length === 0 ? undefined : {
      namespaces: {
        from: GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR,
        selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...routesFrom] }] },
      },
    },
  })));
}

/** What the listeners of a server are called. */
export function listenerName(server: GatewayServerOptions, servers: readonly GatewayServerOptions[]): string {
  const namesakes = servers.slice(0, servers.indexOf(server)).filter(other => other.protocol === server.protocol && other.port === server.port);
  return `${server.protocol.toLowerCase()}-${server.port}${'x'.repeat(namesakes.length)}`;
}

/** Which clients' certificates are good, of the whole Gateway. */
export function renderClientCertificates(servers: readonly GatewayServerOptions[]): GatewaySpecTls | undefined {
  const tls = servers.map(server => server.tls).find(candidate => candidate?._options.authorities !== undefined);
  if (tls === undefined) return undefined;
  return {
    frontend: {
      default: {
        validation: {
          caCertificateRefs: [{ group: '', kind: 'Secret', name: tls._options.authorities!.name }],
          mode: tls.mode === GatewayTlsMode.OPTIONAL_MUTUAL ? GatewaySpecTlsFrontendDefaultValidationMode.ALLOW_INSECURE_FALLBACK : undefined,
        },
      },
    },
  };
}

/** Whether plain text is only there to be redirected. */
export function isRedirect({ httpsRedirect, protocol }: GatewayServerOptions): boolean {
  return protocol === GatewayProtocol.HTTP && httpsRedirect === true;
}

function renderTls(tls: GatewayTls, hosts: readonly string[], gatewayName: string): GatewaySpecListenersTls {
  if (!tls.terminates) return { mode: GatewaySpecListenersTlsMode.PASSTHROUGH };
  const names = tls._certificates
    ? tls._certificates.map((certificate, index) => secretNameOf(certificate, hosts, gatewayName, index))
    : [tls._certificate && secretNameOf(tls._certificate, hosts, gatewayName)];
  const asks = tls.mode !== GatewayTlsMode.SIMPLE && tls._options.authorities === undefined;
  return {
    mode: GatewaySpecListenersTlsMode.TERMINATE,
    certificateRefs: names.flatMap(name => name === undefined ? [] : [{ name }]),
    options: asks ? { [TERMINATE_MODE]: tls.mode! } : undefined,
  };
}
