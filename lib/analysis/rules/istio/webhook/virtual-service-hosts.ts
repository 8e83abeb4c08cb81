import { isAddress } from './addresses';
import { count, eachOfNetworking, items } from './each';
import { wildcardDomainFault } from './names';
import { hostsOverlap } from '../../../hosts';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Fields, textsOf } from '../../../workloads';

export const virtualServiceHosts: Rule = {
  code: 'SM1001',
  title: 'hosts of a VirtualService that Istio refuses',
  explanation: 'Hosts are names, with an asterisk at most at the beginning, or addresses; no two may overlap, and the host * is for gateways alone, as in the mesh '
    + 'it would take all traffic (ValidateVirtualService in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com, "*.example.com"]
  http:
    - route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: ["*.example.com"]
  http:
    - route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => {
    const hosts = items(spec.hosts, 'spec.hosts');
    const gateways = textsOf(spec.gateways);
    const inMesh = count(spec.gateways) === 0 || gateways.includes('mesh');
    const found: Finding[] = [];
    for (const { field, text } of hosts) {
      const fault = isAddress(text) || !inMesh && isGeneratedSni(spec, text) ? undefined : wildcardDomainFault(text);
      if (fault !== undefined) found.push({ field, value: text, reason: fault, fix: 'write the name of a host, such as orders.example.com or *.example.com' });
      else if (text === '*' && inMesh) found.push({ field, value: text, reason: 'the host * is not for the mesh', fix: 'write gateways: [...] without mesh, or name the hosts' });
    }
    return found.length > 0 ? found : hosts.flatMap(({ field, text }, index) => {
      const earlier = hosts.slice(0, index).find(other => hostsOverlap(other.text, text));
      return earlier ? [{ field, value: text, reason: `${earlier.field} (${earlier.text}) overlaps with it`, fix: 'leave one of the two out' }] : [];
    });
  }),
};

/** Hosts like outbound_.80_._.orders.shop.svc.cluster.local, which stand for what other clusters ask for by SNI. */
export function isGeneratedSni(spec: Fields, host: string): boolean {
  const bySni = entriesOf(spec.tls, 'spec.tls').some(route => entriesOf(route.value.match, '').some(match => count(match.value.sniHosts) > 0));
  return bySni && /^outbound_[^_]*\d[^_]*_[^_]*_[^_]*[a-zA-Z]/.test(host);
}
