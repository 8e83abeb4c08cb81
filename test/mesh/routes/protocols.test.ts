import { routesOfOtherProtocol, routesWithoutServer } from '../../../lib/analysis/rules/mesh/routes-and-protocols';
import { Json } from '../../support';
import { findingsIn, GARBAGE } from '../findings';

const HTTP = [{ route: [{ destination: { host: 'bank' } }] }];
const TLS = [{ match: [{ sniHosts: ['bank.example.com'] }], route: [{ destination: { host: 'bank' } }] }];
const tcp = (match?: Json) => [{ ...match && { match: [match] }, route: [{ destination: { host: 'bank' } }] }];

const virtual = (spec: Json) => ({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'bank' }, spec: { hosts: ['bank.example.com'], ...spec } });
const server = (protocol: string, mode?: string, number = 443, hosts = ['bank.example.com']) => ({ port: { number, name: 'p', protocol }, hosts, ...mode && { tls: { mode } } });
const gateway = (...servers: Json[]) => ({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'public' }, spec: { selector: { istio: 'ingressgateway' }, servers } });

// istio pilot/pkg/networking/core/gateway.go, buildGatewayTCPBasedFilterChains and createGatewayTCPFilterChainOpts
describe('routes at a gateway', () => {
  const fields = (routes: Json, ...servers: Json[]) => findingsIn(routesWithoutServer, gateway(...servers), virtual({ gateways: ['public'], ...routes })).map(({ field }) => field);

  it.each<[string, Json, Json, string]>([
    ['http routes where TLS is passed through', { http: HTTP }, server('TLS', 'PASSTHROUGH'), 'spec.http[0]'],
    ['http routes where HTTPS is passed through', { http: HTTP }, server('HTTPS', 'PASSTHROUGH'), 'spec.http[0]'],
    ['http routes at a server of TCP', { http: HTTP }, server('TCP', undefined, 5432), 'spec.http[0]'],
    ['tls routes where HTTPS is terminated', { tls: TLS }, server('HTTPS', 'SIMPLE'), 'spec.tls[0]'],
    ['tls routes where TLS is terminated', { tls: TLS }, server('TLS', 'SIMPLE'), 'spec.tls[0]'],
    ['tcp routes where TLS is passed through', { tcp: tcp() }, server('TLS', 'PASSTHROUGH'), 'spec.tcp[0]'],
    ['any routes where services are found by their names', { tls: TLS }, server('TLS', 'AUTO_PASSTHROUGH'), 'spec.tls[0]'],
    ['tcp routes at a port that only pods have', { tcp: tcp({ port: 15432 }) }, server('TCP', undefined, 5432), 'spec.tcp[0].match[0].port'],
    ['http routes at the port of another server', { http: [{ match: [{ port: 8443 }], ...HTTP[0] }] }, server('HTTPS', 'SIMPLE'), 'spec.http[0].match[0].port'],
  ])('nobody follows %s', (_, routes, only, field) => expect(fields(routes, only)).toEqual([field]));

  it.each<[string, Json, Json[]]>([
    ['http routes at HTTP', { http: HTTP }, [server('HTTP', undefined, 80)]],
    ['http routes at gRPC', { http: HTTP }, [server('GRPC', undefined, 80)]],
    ['http routes where HTTPS is terminated', { http: HTTP }, [server('HTTPS', 'MUTUAL')]],
    ['tls routes where it is passed through', { tls: TLS }, [server('TLS', 'PASSTHROUGH')]],
    ['tls routes where nothing else is said', { tls: TLS }, [{ ...server('TLS'), tls: {} }]],
    ['tcp routes where TLS is terminated', { tcp: tcp() }, [server('TLS', 'SIMPLE')]],
    ['tcp routes at the port of the server', { tcp: tcp({ port: 5432 }) }, [server('TCP', undefined, 5432)]],
    ['each at its own server', { http: HTTP, tls: TLS }, [server('HTTP', undefined, 80), server('TLS', 'PASSTHROUGH')]],
    ['routes of which one match is right', { http: [{ match: [{ port: 1 }, { port: 80 }], ...HTTP[0] }] }, [server('HTTP', undefined, 80)]],
    ['routes for hosts that the gateway does not have, which is another finding', { tls: TLS }, [server('HTTP', undefined, 80, ['x.example.com'])]],
    ['routes of a server whose protocol is none, which is another finding', { tls: TLS }, [server('HTPS', 'SIMPLE')]],
    ['routes that sidecars follow too', { gateways: ['public', 'mesh'], tls: TLS }, [server('HTTP', undefined, 80)]],
    ['routes of which some are for a gateway elsewhere', { gateways: ['public', 'istio-system/other'], tls: TLS }, [server('HTTP', undefined, 80)]],
  ])('are fine: %s', (_, routes, servers) => expect(fields(routes, ...servers)).toEqual([]));

  it('are looked at by the gateways of their matches, as of an egress gateway', () => {
    const routes = { gateways: ['mesh', 'public'], tls: [{ match: [{ gateways: ['public'], sniHosts: ['bank.example.com'] }], route: [{ destination: { host: 'bank' } }] }] };
    expect(fields(routes, server('TLS', 'SIMPLE'))).toEqual(['spec.tls[0]']);
    expect(fields(routes, server('TLS', 'PASSTHROUGH'))).toEqual([]);
  });
});

// istio pilot/pkg/networking/core/listener.go, buildSidecarOutboundListener; tls.go, buildSidecarOutboundTLSFilterChainOpts
describe('routes of the mesh', () => {
  const service = (...ports: Json[]) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'bank' }, spec: { selector: { app: 'bank' }, ports } });
  const fields = (spec: Json, ...objects: Json[]) => findingsIn(routesOfOtherProtocol, ...objects, virtual({ hosts: ['bank'], ...spec })).map(({ field }) => field);

  it.each<[string, Json, Json, string]>([
    ['http routes at a port of HTTPS', { http: HTTP }, service({ name: 'https', port: 443 }), 'spec.http'],
    ['http routes at a port of TCP', { http: HTTP }, service({ name: 'tcp-db', port: 5432 }), 'spec.http'],
    ['tls routes at a port of HTTP', { tls: TLS }, service({ name: 'web', port: 80, appProtocol: 'http' }), 'spec.tls'],
    ['tcp routes at a port of gRPC', { tcp: tcp() }, service({ name: 'grpc-web', port: 80 }), 'spec.tcp'],
    ['http routes of a ServiceEntry with HTTPS', { hosts: ['bank.example.com'], http: HTTP }, {
      apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'bank' }, spec: { hosts: ['bank.example.com'], ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }] },
    }, 'spec.http'],
  ])('nobody follows %s', (_, spec, object, field) => expect(fields(spec, object)).toEqual([field]));

  it.each<[string, Json, Json[]]>([
    ['http routes of HTTP', { http: HTTP }, [service({ name: 'http', port: 80 })]],
    ['http routes where one port is HTTP', { http: HTTP }, [service({ name: 'https', port: 443 }, { name: 'http', port: 80 })]],
    ['http routes where the first bytes tell', { http: HTTP }, [service({ name: 'https', port: 443 }, { name: 'web', port: 80 })]],
    ['http routes of Kubernetes\' own protocol names', { http: HTTP }, [service({ name: 'https', port: 80, appProtocol: 'kubernetes.io/h2c' })]],
    ['tcp routes of a database', { tcp: tcp() }, [service({ name: 'mysql', port: 3306 })]],
    ['routes of hosts that are not known', { http: HTTP }, []],
    ['routes of hosts of which one is not known', { hosts: ['bank', 'x.example.com'], http: HTTP }, [service({ name: 'https', port: 443 })]],
    ['routes of an alias', { http: HTTP }, [
      { ...service(), spec: { type: 'ExternalName', externalName: 'x.example', ports: [{ name: 'https', port: 443 }] } },
    ]],
    ['routes of a gateway', { gateways: ['public'], http: HTTP }, [service({ name: 'https', port: 443 })]],
  ])('are fine: %s', (_, spec, objects) => expect(fields(spec, ...objects)).toEqual([]));
});

it.each(GARBAGE)('garbage is not looked at (%#)', spec => {
  const kinds = ['Gateway', 'VirtualService', 'ServiceEntry'];
  const objects = kinds.map(kind => ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'public' }, spec }));
  const routes = virtual({ gateways: spec, http: spec, tls: [spec], tcp: [{ match: [spec] }] });
  expect([routesWithoutServer, routesOfOtherProtocol].flatMap(rule => findingsIn(rule, ...objects, routes))).toEqual([]);
});
