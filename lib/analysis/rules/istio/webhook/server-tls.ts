import { count } from './each';
import { Finding } from '../../../rule';
import { entriesOf, Entry, isGiven, textOf } from '../../../workloads';

const MUTUAL = ['MUTUAL', 'OPTIONAL_MUTUAL'];
const OF_ISTIO = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'];

/** What is wrong with the certificates of a server (validateTLSOptions in istio pkg/config/validation/validation.go). */
export function inServerTls({ field, value }: Entry): Finding[] {
  const mode = textOf(value.mode) ?? 'PASSTHROUGH';
  const isSet = (name: string) => textOf(value[name]) !== undefined || count(value[name]) > 0;
  if (mode === 'ISTIO_MUTUAL') {
    return OF_ISTIO.filter(isSet).map(name => ({ field: `${field}.${name}`, reason: 'with mode ISTIO_MUTUAL the certificates are those of Istio', fix: `leave ${name} out, or write mode: MUTUAL` }));
  }
  const found: Finding[] = [];
  const others = ['credentialName', 'credentialNames', 'tlsCertificates'].filter(isSet);
  if (isSet('serverCertificate') && isSet('privateKey') && others.length > 0) {
    found.push({ field: `${field}.serverCertificate`, reason: `${others[0]} brings a certificate already`, fix: 'leave one of the two out' });
  }
  if (mode !== 'SIMPLE' && !MUTUAL.includes(mode)) return found;
  if (isSet('credentialName') || isSet('credentialNames')) return found;
  if (MUTUAL.includes(mode) && !isSet('caCertificates')) {
    found.push({ field: `${field}.caCertificates`, reason: `with mode ${mode} clients are verified, and nothing says against what`, fix: 'write credentialName: name-of-a-Secret, or caCertificates: /path' });
  }
  const certificates: Entry[] = count(value.tlsCertificates) > 0 ? entriesOf(value.tlsCertificates, `${field}.tlsCertificates`) : [{ field, value }];
  for (const certificate of certificates) {
    for (const name of ['serverCertificate', 'privateKey'].filter(key => textOf(certificate.value[key]) === undefined)) {
      found.push({ field: `${certificate.field}.${name}`, reason: `with mode ${mode} the server shows a certificate`, fix: `write credentialName: name-of-a-Secret, or ${name}: /path` });
    }
  }
  if (isSet('caCrl') && mode === 'SIMPLE') {
    found.push({ field: `${field}.caCrl`, reason: 'with mode SIMPLE no client shows a certificate that could be revoked', fix: 'leave it out, or write mode: MUTUAL' });
  }
  return found;
}

/** Whether TLS settings say nothing but that plain requests are redirected. */
export function redirectsOnly({ value }: Entry): boolean {
  const mode = textOf(value.mode) ?? 'PASSTHROUGH';
  return ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(mode) && !['caCertificates', 'privateKey', 'serverCertificate'].some(name => isGiven(value[name]) && value[name] !== '');
}
