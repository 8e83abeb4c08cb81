import { eachOfNetworking } from './each';
import { allPoliciesOf, partsOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { Entry, isGiven, textOf } from '../../../workloads';

const FILES = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

export const clientTls: Rule = {
  code: 'SM1026',
  title: 'TLS to a destination without, or with too many, certificates',
  explanation: 'With mode MUTUAL the proxy shows a certificate: clientCertificate and privateKey, or credentialName, never both. With insecureSkipVerify nothing says '
    + 'whom to trust (ValidateTLS in istio pkg/config/validation/agent/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    tls: { mode: MUTUAL, caCertificates: /etc/certs/ca.pem }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    tls: { mode: MUTUAL, caCertificates: /etc/certs/ca.pem, clientCertificate: /etc/certs/client.pem, privateKey: /etc/certs/key.pem }
`,
  },
  check: eachOfNetworking('DestinationRule', spec => partsOf(allPoliciesOf(spec), 'tls').flatMap(inTls)),
};

function inTls({ field, value }: Entry): Finding[] {
  const isMutual = value.mode === 'MUTUAL';
  if (!isMutual && value.mode !== 'SIMPLE') return [];
  const credential = textOf(value.credentialName);
  const found: Finding[] = [];
  if (value.insecureSkipVerify === true) {
    const trusted = ['caCertificates', 'subjectAltNames', ...isMutual ? [] : ['credentialName']].filter(name => isGiven(value[name]) && value[name] !== '');
    found.push(...trusted.map(name => ({ field: `${field}.${name}`, reason: 'nothing is verified with insecureSkipVerify: true', fix: 'leave insecureSkipVerify out' })));
  }
  if (credential !== undefined) {
    const files = FILES.filter(name => textOf(value[name]) !== undefined);
    return [...found, ...files.map(name => ({ field: `${field}.${name}`, reason: `credentialName (${credential}) brings the certificates already`, fix: 'leave one of the two out' }))];
  }
  if (!isMutual) return found;
  return [...found, ...['clientCertificate', 'privateKey'].filter(name => textOf(value[name]) === undefined)
    .map(name => ({ field: `${field}.${name}`, reason: 'with mode MUTUAL the proxy shows a certificate', fix: `write ${name}: /path, or credentialName; between sidecars write mode: ISTIO_MUTUAL` }))];
}
