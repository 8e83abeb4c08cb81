import { isAddress } from './addresses';
import { isLabel, wildcardDomainFault } from './names';

/** Why a host such as shop/*.example.com cannot stand in a Gateway or Sidecar; nothing where it can. */
export function namespacedHostFault(host: string, inGateway: boolean): string | undefined {
  const slash = host.indexOf('/');
  if (slash < 0) return inGateway ? hostFault(host, true) : 'it does not say of which namespace the host is';
  const [namespace, name] = [host.slice(0, slash), host.slice(slash + 1)];
  if (namespace === '' || name === '') return 'the namespace or the host is empty';
  const plain = inGateway ? namespace : namespace.replace(/^~/, '');
  if (!['*', '.', ...inGateway ? [] : ['']].includes(plain) && !isLabel(plain)) return `'${namespace}' is no namespace`;
  return hostFault(name, inGateway);
}

function hostFault(host: string, inGateway: boolean): string | undefined {
  if (host !== '*' && !host.includes('.')) return 'short names of Services are not completed here';
  const fault = inGateway && isAddress(host) ? undefined : wildcardDomainFault(host);
  if (fault !== undefined) return fault;
  return host.includes('*') && host !== '*' && !host.startsWith('*.') ? 'an asterisk stands for whole parts of a host' : undefined;
}
