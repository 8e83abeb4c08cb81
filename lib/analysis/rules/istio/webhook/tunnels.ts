import { isAddress, isPort } from './addresses';
import { eachOfNetworking, figure } from './each';
import { domainFault } from './names';
import { partsOf, policiesOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { textOf } from '../../../workloads';

export const tunnels: Rule = {
  code: 'SM1027',
  title: 'tunnel that leads nowhere',
  explanation: 'A tunnel goes by CONNECT or POST to a host and a port (validateTunnelSettings in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    tunnel: { protocol: GET, targetHost: orders.example.com, targetPort: 443 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    tunnel: { protocol: CONNECT, targetHost: orders.example.com, targetPort: 443 }
`,
  },
  check: eachOfNetworking('DestinationRule', spec => partsOf(policiesOf(spec), 'tunnel').flatMap(({ field, value }) => {
    const found: Finding[] = [];
    const protocol = textOf(value.protocol) ?? 'CONNECT';
    if (protocol !== 'CONNECT' && protocol !== 'POST') {
      found.push({ field: `${field}.protocol`, value: protocol, reason: 'no tunnel is opened so', fix: 'write CONNECT or POST' });
    }
    const host = typeof value.targetHost === 'string' ? value.targetHost : undefined;
    if (host !== undefined && domainFault(host) !== undefined && !isAddress(host)) {
      found.push({ field: `${field}.targetHost`, value: host, reason: domainFault(host)!, fix: 'write the name of a host or an address' });
    }
    const port = figure(value.targetPort);
    if (port !== undefined && !isPort(port)) found.push({ field: `${field}.targetPort`, value: String(port), reason: 'a port is a number from 1 to 65535', fix: 'write a port such as 443' });
    return found;
  })),
};
