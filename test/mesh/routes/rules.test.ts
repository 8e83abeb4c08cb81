import { ClusterProfile, IngressClass } from '../../../lib';
import { backendFilters, knativeBackend, knativeHostname } from '../../../lib/analysis/rules/mesh/http-route-backends';
import { knativeGatewayHosts } from '../../../lib/analysis/rules/mesh/knative-gateway-hosts';
import { mirrorToKnative } from '../../../lib/analysis/rules/mesh/mirror-to-knative';
import { knativeRouteConflict } from '../../../lib/analysis/rules/references/virtual-service/mesh-conflict';
import { Json, shopChart } from '../../support';
import { findings, findingsIn, GARBAGE, knativeService, raw } from '../findings';

const RULES = [backendFilters, knativeBackend, knativeHostname, knativeGatewayHosts, knativeRouteConflict, mirrorToKnative];

const gateway = (host: string, port = 80, selector: Json = { istio: 'ingressgateway' }) => ({
  apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'public' }, spec: { selector, servers: [{ port: { number: port, name: 'http', protocol: 'HTTP' }, hosts: [host] }] },
});
const virtualService = (spec: Json) => ({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'routes' }, spec });
const httpRoute = (rule: Json) => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'routes' }, spec: { parentRefs: [{ name: 'public' }], rules: [rule] },
});
const ofClass = (gatewayClassName: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'public' }, spec: { gatewayClassName, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
});

describe('every host at the pods of Knative\'s gateway', () => {
  it.each<[string, number, Json[]]>([
    ['is a conflict at the port of its public gateway', 1, [knativeService('orders'), gateway('*')]],
    ['is a conflict at the port of its local gateway', 1, [knativeService('orders'), gateway('*/*', 8081)]],
    ['is fine at another port', 0, [knativeService('orders'), gateway('*', 443)]],
    ['is fine at other pods', 0, [knativeService('orders'), gateway('*', 80, { istio: 'partners' })]],
    ['is fine where the app has nothing of Knative', 0, [gateway('*')]],
    ['is Knative\'s own right', 0, [knativeService('orders'), { ...gateway('*'), metadata: { name: 'knative-ingress-gateway', namespace: 'knative-serving' } }]],
  ])('%s', (_, count, objects) => expect(findingsIn(knativeGatewayHosts, ...objects)).toHaveLength(count));

  it('is fine where Knative\'s routes are carried by another layer', () => {
    const chart = shopChart();
    new ClusterProfile({ ingressClass: IngressClass.KOURIER }).applyTo(chart);
    expect(findings(knativeGatewayHosts, raw(chart, knativeService('orders'), gateway('*')))).toEqual([]);
  });
});

describe('mirrors', () => {
  const to = (http: Json) => findingsIn(mirrorToKnative, knativeService('orders'), virtualService({ hosts: ['a.example.com'], http: [http] })).map(({ field }) => field);

  it('are refused to a Knative service, by any of its names and by either field', () => {
    expect(to({ mirror: { host: 'orders' } })).toEqual(['spec.http[0].mirror.host']);
    expect(to({ mirrors: [{ destination: { host: 'web' } }, { destination: { host: 'knative-local-gateway.istio-system.svc.cluster.local' } }] })).toEqual(['spec.http[0].mirrors[1].destination.host']);
  });

  it('are fine to anything else', () => expect(to({ mirrors: [{ destination: { host: 'web' } }] })).toEqual([]));
});

describe('routes for the host of a Knative service', () => {
  it.each<[string, number, Json]>([
    ['are a warning in the mesh', 1, { hosts: ['orders'] }],
    ['are a warning at a gateway and in the mesh', 1, { hosts: ['orders.shop.svc.cluster.local'], gateways: ['mesh', 'public'] }],
    ['are fine at a gateway', 0, { hosts: ['orders.shop.svc.cluster.local'], gateways: ['public'] }],
    ['are fine for other hosts', 0, { hosts: ['web'] }],
  ])('%s', (_, count, spec) => expect(findingsIn(knativeRouteConflict, knativeService('orders'), virtualService(spec))).toHaveLength(count));
});

// istio pilot/pkg/networking/core/route/route.go, GetDestinationCluster: an alias leads to the Service that it stands for, with the host as it is
describe('a route of the Gateway API to the Service of a Knative service', () => {
  const route = (rule: Json, spec: Json = { hostnames: ['shop.example.com'] }) => ({
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'routes' }, spec: { parentRefs: [{ name: 'public' }], ...spec, rules: [rule] },
  });
  const orders = { backendRefs: [{ name: 'orders', port: 80 }] };
  const hosted = (hostname: string) => [{ type: 'URLRewrite', urlRewrite: { hostname } }];

  it.each<[string, Json[]]>([
    ['of an HTTPRoute', [route(orders)]],
    ['of a GRPCRoute', [{ ...route(orders), kind: 'GRPCRoute' }]],
    ['of another namespace', [{ ...route({ backendRefs: [{ name: 'orders', namespace: 'shop', port: 80 }] }), metadata: { name: 'routes', namespace: 'edge' } }]],
  ])('keeps the host of the client and gets 404: %s', (_, objects) => {
    expect(findingsIn(knativeBackend, knativeService('orders'), ...objects).map(({ field }) => field)).toEqual(['spec.rules[0].backendRefs[0].name']);
  });

  it.each<[string, Json[]]>([
    ['with the host of the service', [route({ ...orders, filters: hosted('orders.shop.svc.cluster.local') })]],
    ['with its header at the backend', [route({ backendRefs: [{ name: 'orders', port: 80, filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'Host', value: 'x' }] } }] }] })]],
    ['for the host of the service', [route(orders, { hostnames: ['orders.shop.svc.cluster.local'] })]],
    ['for whatever host the client says', [route(orders, {})]],
    ['whose parent is a Service', [route(orders, { hostnames: ['x.example'], parentRefs: [{ group: '', kind: 'Service', name: 'web' }] })]],
    ['where there is a Service of that name', [route(orders), { apiVersion: 'v1', kind: 'Service', metadata: { name: 'orders' }, spec: { ports: [{ port: 80 }] } }]],
    ['to another backend', [route({ backendRefs: [{ name: 'web', port: 80 }] })]],
  ])('is fine %s', (_, objects) => expect(findingsIn(knativeBackend, knativeService('orders'), ...objects)).toEqual([]));
});

describe('an HTTPRoute', () => {
  const backend = { name: 'knative-local-gateway', namespace: 'istio-system', port: 80 };
  const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'orders.shop.svc.cluster.local' } };
  const header = { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'host', value: 'orders.shop.svc.cluster.local' }] } };

  it('says the host of the Knative service, for the rule or for the backend', () => {
    expect(findingsIn(knativeHostname, httpRoute({ backendRefs: [backend] })).map(({ field }) => field)).toEqual(['spec.rules[0].backendRefs[0].name']);
    expect(findingsIn(knativeHostname, httpRoute({ filters: [rewrite], backendRefs: [backend] }))).toEqual([]);
    expect(findingsIn(knativeHostname, httpRoute({ backendRefs: [{ ...backend, filters: [header] }] }))).toEqual([]);
    expect(findingsIn(knativeHostname, httpRoute({ backendRefs: [{ name: 'web', port: 80 }] }))).toEqual([]);
  });

  it('has no filters of backends but header changes, where its gateway is Istio\'s', () => {
    const rule = httpRoute({ backendRefs: [{ ...backend, filters: [rewrite, header] }] });
    expect(findingsIn(backendFilters, ofClass('istio'), rule).map(({ field }) => field)).toEqual(['spec.rules[0].backendRefs[0].filters[0].type']);
    expect(findingsIn(backendFilters, ofClass('other'), rule)).toEqual([]);
    expect(findingsIn(backendFilters, rule)).toEqual([]);
  });
});

it.each(GARBAGE.map((value, i) => [i, value] as const))('rules survive garbage %i', (_, value) => {
  for (const rule of RULES) {
    for (const spec of [value, { http: value, rules: value, servers: value, hosts: value, gateways: value }, { http: [value], rules: [value], servers: [value], parentRefs: [value] }]) {
      const objects = [gateway('*'), virtualService({}), httpRoute({}), ofClass('istio')].map(object => ({ ...object, spec }));
      expect(() => findingsIn(rule, knativeService('orders'), ...objects)).not.toThrow();
    }
  }
});
