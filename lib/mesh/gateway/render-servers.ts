import { GatewayServerOptions } from './gateway-server';
import { GatewayTls, TlsVersion } from './gateway-tls';
import {
  GatewaySpecServers, GatewaySpecServersTls, GatewaySpecServersTlsMaxProtocolVersion, GatewaySpecServersTlsMinProtocolVersion, GatewaySpecServersTlsMode,
} from '../../../imports/networking.istio.io';
import { certificateName, Tls } from '../../core/tls';

/** The servers of a Gateway of Istio, ports named so that no two are called alike. */
export function renderServers(servers: readonly GatewayServerOptions[], gatewayName: string): GatewaySpecServers[] {
  return servers.map((server, index) => {
    const port = server.protocol.toLowerCase();
    const namesakes = servers.slice(0, index).filter(other => other.protocol === server.protocol && other.port === server.port).length;
    return {
      port: { number: server.port, name: `${port}-${server.port}${namesakes > 0 ? `-${namesakes + 1}` : ''}`, protocol: server.protocol },
      hosts: [...server.hosts],
      name: server.name,
      bind: server.bind,
      tls: server.tls ? renderTls(server.tls, server.hosts, gatewayName) : server.httpsRedirect ? { httpsRedirect: true } : undefined,
    };
  });
}

/** Name of the Secret with the certificate that a gateway shows at a server. */
export function secretNameOf(tls: Tls, hosts: readonly string[], gatewayName: string, index?: number): string | undefined {
  const base = hosts.length === 1 ? certificateName(hosts[0]) : `${gatewayName}-tls`;
  return tls._secretName(index === undefined ? base : `${base}-${index + 1}`);
}

function renderTls(tls: GatewayTls, hosts: readonly string[], gatewayName: string): GatewaySpecServersTls {
  const options = tls._options;
  return {
    mode: tls.mode as unknown as GatewaySpecServersTlsMode,
    credentialName: tls._certificate && secretNameOf(tls._certificate, hosts, gatewayName),
    credentialNames: tls._certificates?.flatMap((certificate, index) => secretNameOf(certificate, hosts, gatewayName, index) ?? []),
    caCertCredentialName: options.authorities?.name,
    serverCertificate: tls._files?.certificate,
    privateKey: tls._files?.privateKey,
    caCertificates: tls._files?.authorities,
    caCrl: tls._files?.revocations,
    subjectAltNames: tls._files?.subjectAltNames ?? options.subjectAltNames,
    verifyCertificateHash: options.fingerprints,
    verifyCertificateSpki: options.keyFingerprints,
    minProtocolVersion: tls.terminates ? (options.minVersion ?? TlsVersion.V1_2) as unknown as GatewaySpecServersTlsMinProtocolVersion : undefined,
    maxProtocolVersion: options.maxVersion as unknown as GatewaySpecServersTlsMaxProtocolVersion | undefined,
    cipherSuites: options.cipherSuites,
  };
}
