import { isAddress, isPort, socketFault } from './addresses';
import { count, eachOfNetworking, figure, items } from './each';
import { isLabel } from './names';
import { namespacedHostFault } from './namespaced-hosts';
import { isProtocol } from './protocols';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, textOf } from '../../../workloads';

export const gatewayServers: Rule = {
  code: 'SM1030',
  title: 'Gateway without servers, or servers without hosts',
  explanation: 'A Gateway has the name of a DNS label and servers, each of which has hosts: full names, with an asterisk for whole parts alone, and before a slash '
    + 'the namespace for which they are (ValidateGateway in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - { port: { number: 80, name: http, protocol: HTTP }, hosts: [orders] }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - { port: { number: 80, name: http, protocol: HTTP }, hosts: [orders.example.com] }
`,
  },
  check: eachOfNetworking('Gateway', (spec, { name }) => {
    const found: Finding[] = [];
    if (name !== undefined && !isLabel(name)) found.push({ field: 'metadata.name', value: name, reason: 'a Gateway has the name of a DNS label, without dots', fix: 'write letters, digits and -' });
    if (count(spec.servers) === 0) found.push({ field: 'spec.servers', reason: 'it has no servers', fix: 'write servers: [{ port: ..., hosts: [...] }]' });
    for (const { field, value } of entriesOf(spec.servers, 'spec.servers')) {
      if (Array.isArray(value.hosts) && value.hosts.length === 0) found.push({ field: `${field}.hosts`, reason: 'it serves no hosts', fix: 'write hosts: [...]' });
      for (const { field: at, text } of items(value.hosts, `${field}.hosts`)) {
        const fault = namespacedHostFault(text, true);
        if (fault !== undefined) found.push({ field: at, value: text, reason: fault, fix: 'write a full name such as orders.example.com, *.example.com or shop/orders.example.com' });
      }
    }
    return found;
  }),
};

export const gatewayPorts: Rule = {
  code: 'SM1031',
  title: 'port of a Gateway that cannot be opened',
  explanation: 'Ports of a Gateway have names of their own, a number from 1 to 65535 (or a socket in bind), and a protocol that Istio knows; a targetPort means '
    + 'nothing there (validateServerPort in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - { port: { number: 80, name: http, protocol: HTTP }, hosts: [orders.example.com] }
    - { port: { number: 8080, name: http, protocol: HTTP }, hosts: [orders.example.com] }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  servers:
    - { port: { number: 80, name: http, protocol: HTTP }, hosts: [orders.example.com] }
    - { port: { number: 8080, name: http-alternative, protocol: HTTP }, hosts: [orders.example.com] }
`,
  },
  check: eachOfNetworking('Gateway', spec => {
    const names = new Set<string>();
    return entriesOf(spec.servers, 'spec.servers').flatMap(server => {
      const found = [...inPort(server), ...inBind(server)];
      const name = textOf(fieldsOf(server.value.port).name);
      if (name !== undefined && names.has(name)) {
        found.push({ field: `${server.field}.port.name`, value: name, reason: 'a server before it has a port of this name', fix: 'give it a name of its own' });
      }
      if (name !== undefined) names.add(name);
      return found;
    });
  }),
};

function inPort({ field, value }: Entry): Finding[] {
  const port = fieldsOf(value.port);
  const at = `${field}.port`;
  const found: Finding[] = [];
  if (typeof port.protocol === 'string' && !isProtocol(port.protocol)) {
    found.push({ field: `${at}.protocol`, value: port.protocol, reason: 'Istio knows no such protocol', fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL' });
  }
  const number = figure(port.number);
  const bySocket = number === 0 && textOf(value.bind)?.startsWith('unix://');
  if (number !== undefined && !isPort(number) && !bySocket) {
    found.push({ field: `${at}.number`, value: String(number), reason: 'a port is a number from 1 to 65535', fix: 'write a port of the gateway\'s Service' });
  }
  if ((figure(port.targetPort) ?? 0) > 0) found.push({ field: `${at}.targetPort`, value: String(port.targetPort), reason: 'it has no effect in a Gateway', fix: 'leave it out; the Service of the gateway has targetPort' });
  if (port.name === '') found.push({ field: `${at}.name`, value: '', reason: 'a port has a name', fix: 'write name: http' });
  return found;
}

function inBind({ field, value }: Entry): Finding[] {
  const bind = textOf(value.bind);
  if (bind === undefined) return [];
  if (!bind.startsWith('unix://')) return isAddress(bind) ? [] : [{ field: `${field}.bind`, value: bind, reason: 'this is no address', fix: 'write an IP address or unix:///path' }];
  const fault = socketFault(bind.slice('unix://'.length));
  const found: Finding[] = fault === undefined ? [] : [{ field: `${field}.bind`, value: bind, reason: fault, fix: 'write unix:///path/of/a/file' }];
  const number = figure(fieldsOf(value.port).number) ?? 0;
  if (number !== 0) found.push({ field: `${field}.port.number`, value: String(number), reason: 'a socket has no port', fix: 'write number: 0' });
  return found;
}
