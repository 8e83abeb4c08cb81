import { specOf } from './policies';
import { Severity } from '../../../core/problem';
import { hostForNamespace, hostsOf, hostsOverlap, isWildcard, KnownHost, qualified, serviceOfHost } from '../../hosts';
import { ModelObject } from '../../model';
import { Finding, Rule, RuleContext } from '../../rule';
import { entriesOf, Entry, Fields, fieldsOf, isGiven, mapsOf, numberOf, Service, servicesOf, textOf, textsOf } from '../../workloads';
import { isHttp, isProtocol, isTls } from '../istio/webhook/protocols';
import { gateways } from '../references/gateway/servers';
import { gatewaysOf, hostsOfRoute, virtualServices } from '../references/virtual-service/routes';

type Kind = 'http' | 'tls' | 'tcp';

const KINDS: readonly Kind[] = ['http', 'tls', 'tcp'];
const NAMES: Readonly<Record<Kind, string>> = { http: 'HTTP', tls: 'TLS that is passed through', tcp: 'TCP, or TLS that it terminates' };

const bound = (server: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: ${server}, hosts: [bank.example.com] }]
---
apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec: { selector: { app: bank }, ports: [{ name: tls, port: 443 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bank, namespace: shop }
spec:
  hosts: [bank.example.com]
  gateways: [public]
  tls: [{ match: [{ sniHosts: [bank.example.com] }], route: [{ destination: { host: bank.shop.svc.cluster.local } }] }]
`;

export const routesWithoutServer: Rule = {
  code: 'SM0287',
  title: 'routes of a protocol that the gateway does not have',
  explanation: 'A gateway reads http routes at servers that see HTTP (HTTP, HTTP2, GRPC, HTTPS that it terminates), tls routes at servers with tls.mode PASSTHROUGH, tcp routes at all others, and of '
    + 'matches with a port those of that server (istio pilot/pkg/networking/core/gateway.go, pkg/config/gateway/gateway.go). Only where all gateways of a route are in the app.',
  severity: Severity.WARNING,
  example: {
    refused: bound('{ number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: bank }'),
    accepted: bound('{ number: 443, name: tls, protocol: TLS }, tls: { mode: PASSTHROUGH }'),
  },
  check(context) {
    if (gateways(context.model).length === 0) return;
    for (const virtual of virtualServices(context.model)) {
      const servers = serversByGateway(context, virtual);
      if (servers.size === 0) continue;
      for (const kind of KINDS) {
        for (const { field, value } of entriesOf(specOf(virtual)[kind], `spec.${kind}`)) {
          const matches = entriesOf(value.match, `${field}.match`);
          // nothing to match is everything
          const flaws = (matches.length > 0 ? matches : [{ field, value: {} }]).map(match => flawAt(servers, kind, match, specOf(virtual)));
          const flaw = flaws.every(found => found !== undefined) ? flaws[0] : undefined;
          if (flaw) context.report(virtual, flaw);
        }
      }
    }
  },
};

interface Server {
  readonly port?: number;
  readonly kind?: Kind;
}

/** The servers that have hosts of a route, by the gateway as the route writes it; undefined for gateways that are not in the app. */
function serversByGateway(context: RuleContext, virtual: ModelObject): Map<string, Server[] | undefined> {
  const own = virtual.namespace ?? 'default';
  const hosts = hostsOfRoute(virtual).flatMap(host => [host.toLowerCase(), qualified(host, own, context.profile(virtual).clusterDomain)]);
  return new Map(gatewaysOf(virtual).map(({ written, namespace, name }) => {
    const gateway = context.model.byName('networking.istio.io', 'Gateway', namespace, name);
    const servers = gateway && mapsOf(specOf(gateway).servers).filter(server => textsOf(server.hosts).some(text => {
      const served = hostForNamespace(text.toLowerCase(), namespace);
      return (served.namespace === '*' || served.namespace === own) && hosts.some(host => hostsOverlap(served.host, host));
    }));
    // where none has the hosts, that is what is wrong
    const isClear = servers !== undefined && servers.length > 0 && servers.every(({ port }) => isProtocol(textOf(fieldsOf(port).protocol) ?? ''));
    return [written, isClear ? servers.map(asServer) : undefined];
  }));
}

function asServer({ port, tls }: Fields): Server {
  const protocol = textOf(fieldsOf(port).protocol) ?? '';
  // the first mode of the enumeration
  const mode = isGiven(tls) ? textOf(fieldsOf(tls).mode) ?? 'PASSTHROUGH' : undefined;
  const kind = isHttp(protocol) ? 'http'
    : mode === 'PASSTHROUGH' ? 'tls'
      : mode === 'AUTO_PASSTHROUGH' ? undefined
        : protocol.toUpperCase() === 'HTTPS' ? 'http' : 'tcp';
  return { port: numberOf(fieldsOf(port).number), kind };
}

function flawAt(servers: Map<string, Server[] | undefined>, kind: Kind, { field, value }: Entry, spec: Fields): Finding | undefined {
  const named = textsOf(value.gateways).length > 0 ? textsOf(value.gateways) : textsOf(spec.gateways);
  const lists = named.map(name => servers.get(name));
  // sidecars go by other ports, and of a gateway elsewhere nobody knows the servers
  if (lists.length === 0 || lists.some(list => list === undefined)) return undefined;
  const all = lists.flatMap(list => list!);
  const right = all.filter(server => server.kind === kind);
  const port = numberOf(value.port);
  if (right.length === 0) {
    const readable = [...new Set(all.flatMap(server => server.kind ?? []))].map(other => `${other} routes`);
    return {
      field: field.replace(/\.match\[\d+\]$/, ''),
      reason: `no server of ${named.join(' or ')} with these hosts sees ${NAMES[kind]}: nobody follows this route`,
      fix: readable.length === 0 ? 'change the server' : `write ${readable.join(' or ')}, or change protocol and tls.mode of the server`,
    };
  }
  if (port === undefined || right.some(server => server.port === undefined || server.port === port)) return undefined;
  return {
    field: `${field}.port`,
    value: port,
    reason: `no server of ${named.join(' or ')} with these hosts that reads ${kind} routes is at this port`,
    fix: `write ${right.map(server => server.port).join(' or ')}, the port of the server rather than that of pods or of the Service in front`,
  };
}

const inMesh = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: bank, namespace: shop }
spec: { selector: { app: bank }, ports: [{ name: ${port}, port: 8443 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bank, namespace: shop }
spec:
  hosts: [bank.shop.svc.cluster.local]
  http: [{ timeout: 2s, route: [{ destination: { host: bank.shop.svc.cluster.local } }] }]
`;

export const routesOfOtherProtocol: Rule = {
  code: 'SM0288',
  title: 'routes of a protocol that no port of the host has',
  explanation: 'Sidecars read http routes for ports that are HTTP, tls routes for those that are TLS or HTTPS, tcp routes for those that are not HTTP; what a port is, its name or appProtocol says, and '
    + 'where neither does, the first bytes (istio pilot/pkg/networking/core/listener.go, buildSidecarOutboundListener, and tls.go). HTTP inside of TLS that the client speaks itself is TLS.',
  severity: Severity.WARNING,
  example: { refused: inMesh('https'), accepted: inMesh('http') },
  check(context) {
    for (const virtual of virtualServices(context.model)) {
      if (textsOf(specOf(virtual).gateways).some(gateway => gateway !== 'mesh')) continue;
      const kinds = KINDS.filter(kind => mapsOf(specOf(virtual)[kind]).length > 0);
      const protocols = kinds.length === 0 ? undefined : protocolsOf(context, virtual);
      if (!protocols) continue;
      for (const kind of kinds.filter(one => !protocols.some(protocol => isReadBy(one, protocol)))) {
        context.report(virtual, {
          field: `spec.${kind}`,
          reason: `the ports of ${hostsOfRoute(virtual).join(', ')} are ${[...new Set(protocols)].join(' and ')}: sidecars read no ${kind} routes there`,
          fix: kind === 'http' && protocols.some(isTls)
            ? 'write tls routes by sniHosts; for anything that looks into requests have clients speak HTTP and the mesh encrypt it'
            : `write ${KINDS.filter(other => protocols.some(protocol => isReadBy(other, protocol))).join(' or ')} routes, or name the port after its protocol`,
        });
      }
    }
  },
};

function isReadBy(kind: Kind, protocol: string): boolean {
  return kind === 'http' ? isHttp(protocol) : kind === 'tls' ? isTls(protocol) : !isHttp(protocol);
}

/** The protocols of all ports of all hosts of a route; undefined where one is not known. */
function protocolsOf(context: RuleContext, virtual: ModelObject): string[] | undefined {
  const profile = context.profile(virtual);
  const protocols = hostsOfRoute(virtual).flatMap(host => {
    if (isWildcard(host)) return [undefined];
    const meant = serviceOfHost(qualified(host, virtual.namespace ?? 'default', profile.clusterDomain), profile.clusterDomain);
    const service = meant && servicesOf(context.model).find(meant.namespace, meant.name);
    if (service) return ofService(service);
    const { known } = hostsOf(context.model).find(host, virtual, profile);
    return known.length === 0 ? [undefined] : known.flatMap(ofEntry);
  });
  return protocols.length > 0 && protocols.every(protocol => protocol !== undefined) ? protocols : undefined;
}

function ofEntry({ object }: KnownHost): (string | undefined)[] {
  const ports = object.manifest.kind === 'ServiceEntry' ? mapsOf(specOf(object).ports).map(({ protocol }) => textOf(protocol)?.toLowerCase()) : [];
  return ports.length > 0 ? ports.map(protocolOf) : [undefined];
}

function ofService({ type, ports }: Service): (string | undefined)[] {
  if (type === 'ExternalName' || ports.length === 0) return [undefined];
  return ports.map(({ name, appProtocol }) => protocolOf((appProtocol ?? (name?.startsWith('grpc-web') ? 'grpc-web' : name?.split('-')[0]))?.toLowerCase()));
}

function protocolOf(protocol: string | undefined): string | undefined {
  return protocol !== undefined && isProtocol(protocol) ? protocol : undefined;
}
