import { isAddress, isAddressOrBlock } from './addresses';
import { count, eachOfNetworking, items } from './each';
import { domainFault, isLabel, wildcardDomainFault } from './names';
import { isHttp, isProtocol, isTls } from './protocols';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Fields, fieldsAt, textOf } from '../../../workloads';

export const serviceEntryHosts: Rule = {
  code: 'SM1040',
  title: 'host or address of a ServiceEntry that Istio refuses',
  explanation: 'Hosts are names, with an asterisk at most at the beginning; with resolution DNS and without endpoints they are full names, which can be looked up; '
    + 'with DYNAMIC_DNS all of them have an asterisk (ValidateServiceEntry in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: ["payments.*.example.com"]
  location: MESH_EXTERNAL
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [api.payments.example.com]
  location: MESH_EXTERNAL
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
  },
  check: eachOfNetworking('ServiceEntry', spec => {
    const found: Finding[] = [];
    for (const { field, text } of items(spec.hosts, 'spec.hosts').filter(host => host.text !== '*')) {
      const fault = wildcardDomainFault(text) ?? resolutionFault(spec, text);
      if (fault !== undefined) found.push({ field, value: text, reason: fault, fix: 'write the full name of a host, such as api.example.com' });
    }
    for (const { field, text } of items(spec.addresses, 'spec.addresses').filter(address => !isAddressOrBlock(address.text))) {
      found.push({ field, value: text, reason: 'this is no address and no block of addresses', fix: 'write an address such as 240.0.0.1 or a block such as 240.0.0.0/24' });
    }
    return found;
  }),
};

export const serviceEntryPorts: Rule = {
  code: 'SM1041',
  title: 'port of a ServiceEntry that Istio refuses',
  explanation: 'Ports have the name of a DNS label and a protocol that Istio knows; several hosts on one entry are told apart by HTTP or by SNI alone, so other '
    + 'protocols are for one host (ValidateServiceEntry in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [a.example.com, b.example.com]
  location: MESH_EXTERNAL
  ports: [{ number: 5432, name: postgres, protocol: TCP }]
  resolution: DNS
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [a.example.com]
  location: MESH_EXTERNAL
  ports: [{ number: 5432, name: postgres, protocol: TCP }]
  resolution: DNS
`,
  },
  check: eachOfNetworking('ServiceEntry', spec => {
    const severalHosts = count(spec.hosts) > 1 && resolutionOf(spec) !== 'NONE';
    return entriesOf(spec.ports, 'spec.ports').flatMap(({ field, value }) => {
      const { name, protocol } = value;
      const found: Finding[] = [];
      if (typeof name === 'string' && !isLabel(name)) found.push({ field: `${field}.name`, value: name, reason: 'a port has the name of a DNS label', fix: 'write letters, digits and -' });
      const known = textOf(protocol) ?? '';
      if (known !== '' && !isProtocol(known)) {
        found.push({ field: `${field}.protocol`, value: known, reason: 'Istio knows no such protocol', fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL' });
      } else if (severalHosts && !isHttp(known) && !isTls(known)) {
        found.push({ field: `${field}.protocol`, value: known || 'TCP', reason: 'nothing tells connections to several hosts apart', fix: 'write one ServiceEntry for each host, or protocol: HTTP or TLS' });
      } else if (resolutionOf(spec) === 'DYNAMIC_DNS' && !['http', 'tls', 'grpc', 'http2'].includes(known.toLowerCase())) {
        found.push({ field: `${field}.protocol`, value: known || 'TCP', reason: 'DYNAMIC_DNS reads the host from requests, which this protocol does not name', fix: 'write HTTP, HTTP2, GRPC or TLS' });
      }
      return found;
    });
  }),
};

export const serviceEntryEndpoints: Rule = {
  code: 'SM1042',
  title: 'endpoint that the ServiceEntry cannot reach',
  explanation: 'Endpoints with resolution STATIC have addresses, with DNS addresses or full names; their ports are among those of the entry; DYNAMIC_DNS has neither '
    + 'endpoints nor addresses (ValidateServiceEntry in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [payments.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints: [{ address: eu.payments.example.com }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [payments.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  endpoints: [{ address: eu.payments.example.com }]
`,
  },
  check: eachOfNetworking('ServiceEntry', (spec, { manifest }) => {
    const resolution = resolutionOf(spec);
    if (resolution === 'NONE') return [];
    if (resolution === 'DYNAMIC_DNS') {
      const found: Finding[] = ['endpoints', 'addresses'].filter(name => count(spec[name]) > 0)
        .map(name => ({ field: `spec.${name}`, reason: 'with DYNAMIC_DNS the host of each request is looked up', fix: 'leave it out' }));
      const waypoint = textOf(fieldsAt(manifest.metadata, 'labels')['istio.io/use-waypoint']);
      if (spec.location === 'MESH_INTERNAL' && waypoint !== undefined && waypoint.toLowerCase() !== 'none') {
        found.push({ field: 'spec.location', value: 'MESH_INTERNAL', reason: 'waypoints do not look up hosts within the mesh', fix: 'write location: MESH_EXTERNAL' });
      }
      return found;
    }
    const ports = entriesOf(spec.ports, '').map(({ value }) => value.name);
    return entriesOf(spec.endpoints, 'spec.endpoints').flatMap(({ field, value }) => {
      const address = textOf(value.address);
      const found: Finding[] = [];
      const isSocket = address !== undefined && address.startsWith('unix://');
      if (address !== undefined && !isAddress(address) && (resolution === 'STATIC' ? !isSocket : domainFault(address) !== undefined)) {
        found.push({ field: `${field}.address`, value: address, reason: resolution === 'STATIC' ? 'with resolution STATIC nothing is looked up' : 'this is no full name and no address', fix: 'write an IP address, or a full name with resolution: DNS' });
      }
      for (const name of Object.keys(fieldsAt(value, 'ports')).filter(port => !ports.includes(port))) {
        found.push({ field: `${field}.ports[${name}]`, value: name, reason: 'the entry has no port of this name', fix: `write one of ${ports.join(', ')}` });
      }
      if (resolution === 'STATIC' && isSocket && ports.length !== 1) {
        found.push({ field: `${field}.address`, value: address, reason: 'a socket serves one port', fix: 'write one port in spec.ports' });
      }
      return found;
    });
  }),
};

function resolutionOf(spec: Fields): string {
  return textOf(spec.resolution) ?? 'NONE';
}

function resolutionFault(spec: Fields, host: string): string | undefined {
  const resolution = resolutionOf(spec);
  if (resolution === 'DYNAMIC_DNS') return host.startsWith('*') ? undefined : 'with DYNAMIC_DNS hosts begin with an asterisk';
  // of a wildcard that is looked up SM0909 says more
  if (!resolution.startsWith('DNS') || count(spec.endpoints) > 0 || host.startsWith('*')) return undefined;
  const fault = domainFault(host);
  return fault === undefined ? undefined : `with resolution ${resolution} and without endpoints it is looked up: ${fault}`;
}
