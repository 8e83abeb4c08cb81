import { isAddress, isPort, socketFault } from './addresses';
import { count, eachOfNetworking, figure, given, items } from './each';
import { isLabel } from './names';
import { namespacedHostFault } from './namespaced-hosts';
import { isProtocol, isTls } from './protocols';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, isGiven, textOf } from '../../../workloads';

export const sidecarEgress: Rule = {
  code: 'SM1050',
  title: 'Sidecar that says nothing, or of hosts that are none',
  explanation: 'A Sidecar says something of what comes in or goes out. Hosts of egress are namespace/host; of several listeners one has no port, the last '
    + '(ValidateSidecar in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: [orders.shop.svc.cluster.local] }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: [shop/orders.shop.svc.cluster.local] }]
`,
  },
  check: eachOfNetworking('Sidecar', spec => {
    if (count(spec.egress) === 0 && count(spec.ingress) === 0 && given(spec, ['outboundTrafficPolicy', 'inboundConnectionPool']).length === 0) {
      return [{ field: 'spec.egress', reason: 'it says nothing', fix: 'write egress: [{ hosts: ["./*"] }]' }];
    }
    const listeners = entriesOf(spec.egress, 'spec.egress');
    return listeners.flatMap(({ field, value }, index) => {
      const found: Finding[] = [];
      if (!isGiven(value.port) && index < listeners.length - 1) {
        found.push({ field: `${field}.port`, reason: 'a listener without a port is for all the rest, so it is the last', fix: 'write port:, or put it at the end' });
      }
      if (Array.isArray(value.hosts) && value.hosts.length === 0) found.push({ field: `${field}.hosts`, reason: 'it lets nothing be reached', fix: 'write hosts: ["./*"]' });
      for (const { field: at, text } of items(value.hosts, `${field}.hosts`)) {
        const fault = namespacedHostFault(text, false);
        if (fault !== undefined) found.push({ field: at, value: text, reason: fault, fix: 'write namespace/full-name, ./* for the own namespace or */* for all' });
      }
      return found;
    });
  }),
};

export const sidecarPorts: Rule = {
  code: 'SM1051',
  title: 'listener of a Sidecar that cannot be opened',
  explanation: 'Listeners have ports of their own from 1 to 65535, or sockets in bind; bind is an address otherwise; defaultEndpoint is a port of the pod itself '
    + '(validateSidecarIngressPortAndBind in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  ingress:
    - port: { number: 9080, protocol: HTTP, name: http }
      defaultEndpoint: orders:8080
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: orders, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  ingress:
    - port: { number: 9080, protocol: HTTP, name: http }
      defaultEndpoint: 127.0.0.1:8080
`,
  },
  check: eachOfNetworking('Sidecar', spec => {
    const ingress = entriesOf(spec.ingress, 'spec.ingress');
    const egress = entriesOf(spec.egress, 'spec.egress').filter(({ value }) => isGiven(value.port));
    return [
      ...ingress.flatMap(listener => [...inPort(listener, false), ...inEndpoint(listener)]), ...repeated(ingress),
      ...egress.flatMap(listener => inPort(listener, true)), ...repeated(egress),
    ];
  }),
};

export const sidecarTls: Rule = {
  code: 'SM1052',
  title: 'TLS of a Sidecar that it cannot terminate',
  explanation: 'A Sidecar terminates TLS at ports with protocol HTTPS or TLS, with certificates from files: without credentials, redirects, names of clients and the '
    + 'modes of gateways (ValidateSidecar in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  ingress:
    - port: { number: 9443, protocol: HTTPS, name: https }
      tls: { mode: SIMPLE, credentialName: orders }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  workloadSelector: { labels: { app: orders } }
  ingress:
    - port: { number: 9443, protocol: HTTPS, name: https }
      tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
  },
  check: eachOfNetworking('Sidecar', spec => entriesOf(spec.ingress, 'spec.ingress').filter(({ value }) => isGiven(value.tls)).flatMap(({ field, value }) => {
    const tls = fieldsOf(value.tls);
    const found: Finding[] = ['subjectAltNames', 'httpsRedirect', 'credentialName', 'credentialNames', 'tlsCertificates']
      .filter(name => tls[name] === true || textOf(tls[name]) !== undefined || count(tls[name]) > 0)
      .map(name => ({ field: `${field}.tls.${name}`, reason: 'sidecars do not know it', fix: 'write serverCertificate and privateKey with paths of files' }));
    if (['ISTIO_MUTUAL', 'AUTO_PASSTHROUGH'].includes(String(tls.mode))) {
      found.push({ field: `${field}.tls.mode`, value: String(tls.mode), reason: 'it is for gateways', fix: 'write SIMPLE or MUTUAL; for mTLS of Istio a PeerAuthentication' });
    }
    const protocol = textOf(fieldsOf(value.port).protocol) ?? '';
    if (!isTls(protocol)) found.push({ field: `${field}.tls`, reason: `the protocol is ${protocol || 'not said'}, which is not encrypted`, fix: 'write protocol: HTTPS or TLS' });
    return found;
  })),
};

function inPort({ field, value }: Entry, isEgress: boolean): Finding[] {
  const { number, protocol, name, targetPort } = fieldsOf(value.port);
  const at = `${field}.port`;
  const bind = textOf(value.bind);
  const found: Finding[] = [];
  if ((figure(targetPort) ?? 0) > 0) found.push({ field: `${at}.targetPort`, value: String(targetPort), reason: 'it has no effect in a Sidecar', fix: 'leave it out' });
  if (textOf(name) !== undefined && !isLabel(String(name))) found.push({ field: `${at}.name`, value: String(name), reason: 'a port has the name of a DNS label', fix: 'write letters, digits and -' });
  if (textOf(protocol) !== undefined && !isProtocol(String(protocol))) {
    found.push({ field: `${at}.protocol`, value: String(protocol), reason: 'Istio knows no such protocol', fix: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL' });
  }
  const port = figure(number) ?? 0;
  if (isEgress && port === 0) return [...found, ...inSocket(field, bind, textOf(value.captureMode))];
  if (!isPort(port)) found.push({ field: `${at}.number`, value: String(port), reason: 'a port is a number from 1 to 65535', fix: 'write number: 8080' });
  if (bind !== undefined && !isAddress(bind)) found.push({ field: `${field}.bind`, value: bind, reason: 'this is no address', fix: 'write an IP address' });
  return found;
}

function inSocket(field: string, bind = '', captureMode = 'DEFAULT'): Finding[] {
  const found: Finding[] = [];
  const fault = bind.startsWith('unix://') ? socketFault(bind.slice('unix://'.length)) : 'without a number the port is a socket';
  if (fault !== undefined) found.push({ field: `${field}.bind`, value: bind, reason: fault, fix: 'write number: of the port, or bind: unix:///path/of/a/file' });
  if (captureMode === 'IPTABLES') found.push({ field: `${field}.captureMode`, value: captureMode, reason: 'nothing is captured for a socket', fix: 'write captureMode: NONE' });
  return found;
}

function inEndpoint({ field, value }: Entry): Finding[] {
  const endpoint = textOf(value.defaultEndpoint);
  if (endpoint === undefined) return [];
  const own = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1?\])?:(\d+)$/.exec(endpoint);
  const fits = endpoint.startsWith('unix://') ? socketFault(endpoint.slice('unix://'.length)) === undefined : own !== null && isPort(Number(own[1]));
  return fits ? [] : [{ field: `${field}.defaultEndpoint`, value: endpoint, reason: 'requests go on to a port or socket of the pod itself', fix: 'write 127.0.0.1:8080, 0.0.0.0:8080 or unix:///path' }];
}

function repeated(listeners: readonly Entry[]): Finding[] {
  const seen = new Set<unknown>();
  return listeners.flatMap(({ field, value }) => {
    const number = figure(fieldsOf(value.port).number) ?? 0;
    const key = number === 0 ? value.bind : number;
    const again = seen.has(key);
    seen.add(key);
    return again ? [{ field: `${field}.port.number`, value: String(number), reason: 'a listener before it has the port', fix: 'write each port once' }] : [];
  });
}
