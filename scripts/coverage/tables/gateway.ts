import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { GatewayProtocol, GatewayTls, MeshGateway, Tls, TlsVersion } from '../../../lib';
import { Json, Table, without } from '../table';

const fields = {
  'spec.selector{}': 'MeshGatewayProps.pods',
  'spec.servers[].bind': 'GatewayServerOptions.bind',
  'spec.servers[].defaultEndpoint': without('Istio does not look at it'),
  'spec.servers[].hosts[]': 'MeshGatewayProps.hosts; GatewayServerOptions.hosts',
  'spec.servers[].name': 'GatewayServerOptions.name',
  'spec.servers[].port.name': 'protocol and port',
  'spec.servers[].port.number': 'GatewayServerOptions.port',
  'spec.servers[].port.protocol': 'GatewayServerOptions.protocol',
  'spec.servers[].port.targetPort': without('Istio does not look at it'),
  'spec.servers[].tls.caCertCredentialName': 'GatewayTls.mutual: authorities',
  'spec.servers[].tls.caCertificates': 'GatewayTls.files: authorities',
  'spec.servers[].tls.caCrl': 'GatewayTls.files: revocations',
  'spec.servers[].tls.cipherSuites[]': 'GatewayTlsOptions.cipherSuites',
  'spec.servers[].tls.credentialName': 'GatewayTls.terminate, mutual, optionalMutual: certificate',
  'spec.servers[].tls.credentialNames[]': 'GatewayTls.terminateWith',
  'spec.servers[].tls.httpsRedirect': 'MeshGatewayProps.httpsRedirect; GatewayServerOptions.httpsRedirect',
  'spec.servers[].tls.maxProtocolVersion': 'GatewayTlsOptions.maxVersion',
  'spec.servers[].tls.minProtocolVersion': 'GatewayTlsOptions.minVersion',
  'spec.servers[].tls.mode': 'the factories of GatewayTls',
  'spec.servers[].tls.privateKey': 'GatewayTls.files: privateKey',
  'spec.servers[].tls.serverCertificate': 'GatewayTls.files: certificate',
  'spec.servers[].tls.subjectAltNames[]': 'ClientCertificates.subjectAltNames',
  'spec.servers[].tls.tlsCertificates[].caCertificates': without('certificates of several kinds are taken from Secrets: GatewayTls.terminateWith'),
  'spec.servers[].tls.tlsCertificates[].privateKey': without('certificates of several kinds are taken from Secrets: GatewayTls.terminateWith'),
  'spec.servers[].tls.tlsCertificates[].serverCertificate': without('certificates of several kinds are taken from Secrets: GatewayTls.terminateWith'),
  'spec.servers[].tls.verifyCertificateHash[]': 'ClientCertificates.fingerprints',
  'spec.servers[].tls.verifyCertificateSpki[]': 'ClientCertificates.keyFingerprints',
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const secret = Secret.fromSecretName(chart, 'secret', 'shop-tls');
  const gateway = new MeshGateway(chart, 'public', {
    hosts: ['shop.example.com'],
    tls: GatewayTls.mutual(Tls.secret(secret), {
      authorities: secret,
      subjectAltNames: ['a.example.com'],
      fingerprints: ['0'.repeat(64)],
      keyFingerprints: ['A'.repeat(44)],
      maxVersion: TlsVersion.V1_3,
      cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'],
    }),
  });
  const serve = (host: string, tls: GatewayTls) => gateway.addServer({ hosts: [host], port: 443, protocol: GatewayProtocol.HTTPS, tls, name: host, bind: '0.0.0.0' });
  serve('two.example.com', GatewayTls.terminateWith([Tls.secret(secret), Tls.secret(secret)]));
  serve('files.example.com', GatewayTls.files({ certificate: '/a.crt', privateKey: '/a.key', authorities: '/ca.crt', revocations: '/ca.crl' }));
  return [gateway.apiObject.toJson()];
}

export const table: Table = { page: 'mesh-coverage', group: 'networking.istio.io', kind: 'Gateway', fields, sample };
