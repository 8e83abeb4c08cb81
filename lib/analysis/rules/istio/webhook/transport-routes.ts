import { isAddress, isAddressOrBlock, isPort } from './addresses';
import { count, eachOfNetworking, figure, items } from './each';
import { labelFaults, wildcardDomainFault } from './names';
import { isGeneratedSni } from './virtual-service-hosts';
import { covers } from '../../../hosts';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, Fields, textsOf } from '../../../workloads';

export const transportRoutes: Rule = {
  code: 'SM1017',
  title: 'TLS or TCP route that takes no connection',
  explanation: 'Routes of tls and tcp have destinations; those of tls say for which sniHosts they are, which are among the hosts of the VirtualService; ports, '
    + 'subnets and labels exist (validateTLSRoute and validateTCPRoute in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  tls:
    - match: [{ port: 443, sniHosts: [orders.example.org] }]
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  tls:
    - match: [{ port: 443, sniHosts: [orders.example.com] }]
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => [
    ...entriesOf(spec.tls, 'spec.tls').flatMap(route => inRoute(route, match => inSniHosts(match, spec), true)),
    ...entriesOf(spec.tcp, 'spec.tcp').flatMap(route => inRoute(route, () => [], false)),
  ]),
};

function inRoute({ field, value }: Entry, more: (match: Entry) => Finding[], needsMatch: boolean): Finding[] {
  const found: Finding[] = [];
  if (needsMatch && Array.isArray(value.match) && value.match.length === 0) {
    found.push({ field: `${field}.match`, reason: 'a TLS route says for which hosts it is', fix: 'write match: [{ sniHosts: [...] }]' });
  }
  if (count(value.route) === 0) found.push({ field: `${field}.route`, reason: 'it leads nowhere', fix: 'write route: [{ destination: { host: ... } }]' });
  for (const match of entriesOf(value.match, `${field}.match`)) found.push(...inMatch(match), ...more(match));
  return found;
}

function inMatch({ field, value }: Entry): Finding[] {
  const found: Finding[] = labelFaults(value.sourceLabels, `${field}.sourceLabels`);
  for (const { field: at, text } of items(value.destinationSubnets, `${field}.destinationSubnets`)) {
    if (!isAddressOrBlock(text)) found.push({ field: at, value: text, reason: 'this is no address and no block of addresses', fix: 'write an address such as 10.0.0.1 or a block such as 10.0.0.0/8' });
  }
  const port = figure(value.port) ?? 0;
  if (port !== 0 && !isPort(port)) found.push({ field: `${field}.port`, value: String(port), reason: 'a port is a number from 1 to 65535', fix: 'write a port of the host' });
  return found;
}

function inSniHosts({ field, value }: Entry, spec: Fields): Finding[] {
  if (Array.isArray(value.sniHosts) && value.sniHosts.length === 0) {
    return [{ field: `${field}.sniHosts`, reason: 'a TLS route says for which hosts it is', fix: 'write sniHosts: [...]' }];
  }
  const inMesh = count(spec.gateways) === 0 || textsOf(spec.gateways).includes('mesh');
  return items(value.sniHosts, `${field}.sniHosts`).flatMap(({ field: at, text }) => {
    const fault = !inMesh && isGeneratedSni(spec, text) ? undefined : wildcardDomainFault(text);
    if (fault !== undefined) return isAddress(text) ? [] : [{ field: at, value: text, reason: fault, fix: 'write the name of a host' }];
    if (textsOf(spec.hosts).some(host => covers(host, text))) return [];
    return [{ field: at, value: text, reason: 'it is not among the hosts of the VirtualService', fix: `write one of ${textsOf(spec.hosts).join(', ')}, or add it to spec.hosts` }];
  });
}
