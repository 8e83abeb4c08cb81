import { eachOfNetworking } from './each';
import { isHttp, isProtocol, isTls } from './protocols';
import { inServerTls, redirectsOnly } from './server-tls';
import { Finding, Rule } from '../../../rule';
import { entriesOf, fieldsOf, isGiven, textOf } from '../../../workloads';

export const gatewayTls: Rule = {
  code: 'SM1032',
  title: 'TLS at a port of a Gateway that has none, or the reverse',
  explanation: 'Ports with protocol HTTPS or TLS have tls settings, others have none; at HTTP there may be httpsRedirect '
    + '(validateServer in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - { port: { number: 443, name: https, protocol: HTTPS }, hosts: [orders.example.com] }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: [orders.example.com]
      tls: { mode: PASSTHROUGH }
`,
  },
  check: eachOfNetworking('Gateway', spec => entriesOf(spec.servers, 'spec.servers').flatMap(({ field, value }): Finding[] => {
    const protocol = textOf(fieldsOf(value.port).protocol) ?? '';
    if (!isProtocol(protocol)) return [];
    if (isTls(protocol)) {
      return isGiven(value.tls) ? [] : [{ field: `${field}.tls`, reason: `the protocol is ${protocol} and nothing says with which certificate`, fix: 'write tls: { mode: SIMPLE, credentialName: ... }, or mode: PASSTHROUGH' }];
    }
    if (!isGiven(value.tls) || isHttp(protocol) && redirectsOnly({ field, value: fieldsOf(value.tls) })) return [];
    return [{ field: `${field}.tls`, reason: `the protocol is ${protocol}, which is not encrypted`, fix: 'write protocol: HTTPS or TLS, or leave tls out' }];
  })),
};

export const gatewayCertificates: Rule = {
  code: 'SM1033',
  title: 'server without a certificate, or with too many',
  explanation: 'With mode SIMPLE a server shows a certificate, with MUTUAL it verifies those of clients too: from a Secret (credentialName) or from files, not from '
    + 'both; with ISTIO_MUTUAL they are those of Istio (validateTLSOptions in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [orders.example.com]
      tls: { mode: SIMPLE }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [orders.example.com]
      tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
  },
  check: eachOfNetworking(['Gateway', 'Sidecar'], (spec, { manifest }) => {
    const name = manifest.kind === 'Gateway' ? 'servers' : 'ingress';
    return entriesOf(spec[name], `spec.${name}`).filter(({ value }) => isGiven(value.tls))
      .flatMap(({ field, value }) => inServerTls({ field: `${field}.tls`, value: fieldsOf(value.tls) }));
  }),
};
