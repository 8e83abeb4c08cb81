import { knative, modelOf, service, virtualService, yaml } from './findings';
import { ClusterProfile, MeshMembership } from '../../../lib';
import { covers, hostsOf, hostsOverlap, Lookup, Whereabouts } from '../../../lib/analysis/hosts';

const { KNOWN, ELSEWHERE, MISSING, UNKNOWN } = Whereabouts;

/** Where a host is that a VirtualService of namespace shop names. */
function find(host: string, text: string, profile = new ClusterProfile()): Lookup {
  const model = modelOf(yaml(virtualService('asking', 'a.example', '{}'), text), profile);
  const [asking] = model.ofKind('networking.istio.io', 'VirtualService');
  return hostsOf(model).find(host, asking, profile);
}

function serviceEntry(hosts: string, more = ''): string {
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: external, namespace: other }
spec: { hosts: [${hosts}], ports: [{ number: 443, name: tls, protocol: TLS }]${more} }`;
}

describe('a host is resolved as Istio does', () => {
  test('one without a dot is a Service of the namespace of the configuration', () => {
    expect(find('orders', service('orders'))).toMatchObject({ whereabouts: KNOWN, host: 'orders.shop.svc.cluster.local' });
    expect(find('orders', service('orders', { namespace: 'other' })).whereabouts).toBe(UNKNOWN);
  });

  test('one with dots is taken as it is, so half of a host is none', () => {
    expect(find('orders.shop.svc.cluster.local', service('orders')).whereabouts).toBe(KNOWN);
    expect(find('orders.shop', service('orders'))).toMatchObject({ whereabouts: MISSING, meant: 'orders.shop.svc.cluster.local' });
    expect(find('orders.shop.svc', service('orders'))).toMatchObject({ whereabouts: MISSING, meant: 'orders.shop.svc.cluster.local' });
    expect(find('orders.example', service('orders')).whereabouts).toBe(UNKNOWN);
  });

  test('with the domain of the cluster', () => {
    const profile = new ClusterProfile({ clusterDomain: 'corp.example' });
    expect(find('orders', service('orders'), profile).host).toBe('orders.shop.svc.corp.example');
    expect(find('orders.shop.svc.cluster.local', service('orders'), profile).whereabouts).toBe(UNKNOWN);
  });

  test('hosts of ServiceEntries count, wildcards too', () => {
    expect(find('api.bank.example', serviceEntry('api.bank.example')).whereabouts).toBe(KNOWN);
    expect(find('api.bank.example', serviceEntry('"*.bank.example"')).whereabouts).toBe(KNOWN);
    expect(find('bank.example', serviceEntry('"*.bank.example"')).whereabouts).toBe(UNKNOWN);
    expect(find('API.bank.example', serviceEntry('api.bank.example')).whereabouts).toBe(KNOWN);
  });

  test('what is not exported to the namespace is not seen there', () => {
    expect(find('api.bank.example', serviceEntry('api.bank.example', ', exportTo: [.]'))).toMatchObject({ whereabouts: MISSING, hidden: [{ exportTo: ['other'] }] });
    expect(find('api.bank.example', serviceEntry('api.bank.example', ', exportTo: [., shop]')).whereabouts).toBe(KNOWN);
    const hidden = service('orders', { namespace: 'other', metadata: ', annotations: { networking.istio.io/exportTo: "." }' });
    expect(find('orders.other.svc.cluster.local', hidden).whereabouts).toBe(MISSING);
  });
});

describe('what controllers make has hosts too', () => {
  test('a Knative service, its tags and its revisions', () => {
    const text = `${knative('orders', { metadata: '{ name: orders-blue }' })}
  traffic: [{ revisionName: orders-blue, percent: 100, tag: blue }]`;
    for (const name of ['orders', 'blue-orders', 'orders-blue', 'orders-blue-private']) expect(find(name, text).whereabouts).toBe(KNOWN);
    expect(find('orders-00012', text).whereabouts).toBe(ELSEWHERE);
    expect(find('green-orders', text).whereabouts).toBe(MISSING);
  });

  test.each([
    ['apiVersion: core.spinkube.dev/v1alpha1\nkind: SpinApp\nmetadata: { name: resize, namespace: shop }', 'resize'],
    ['apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: public, namespace: shop }\nspec: { gatewayClassName: istio }', 'public-istio'],
    ['apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: way, namespace: shop }\nspec: { gatewayClassName: istio-waypoint }', 'way'],
    ['apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: { name: traces, namespace: shop }', 'traces-collector'],
    ['apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\nmetadata: { name: orders, namespace: shop }', 'orders-kn-channel'],
    ['apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: c, namespace: shop }\nspec: { targetRef: { name: orders }, service: { port: 80 } }', 'orders-canary'],
    ['apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: { name: events, namespace: shop }', 'events-kafka-bootstrap'],
    ['apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: main, namespace: shop }', 'prometheus-operated'],
  ])('%#: %s', (text, host) => {
    expect(find(host, text).whereabouts).toBe(KNOWN);
  });

  test('a Gateway alone does not show that the app writes the Services of its namespace', () => {
    expect(find('orders', 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: public, namespace: shop }\nspec: { gatewayClassName: istio }').whereabouts).toBe(UNKNOWN);
  });
});

describe('what is missing', () => {
  test('is evidently so where the app writes the Services of the namespace', () => {
    expect(find('order', service('orders')).whereabouts).toBe(MISSING);
    expect(find('order.other.svc.cluster.local', service('orders')).whereabouts).toBe(UNKNOWN);
  });

  test('is left to the platform in its namespaces, and to others in those that the profile lists', () => {
    expect(find('istiod.istio-system.svc.cluster.local', service('orders', { namespace: 'istio-system' })).whereabouts).toBe(ELSEWHERE);
    const profile = new ClusterProfile({ namespaces: [{ name: 'bank', mesh: MeshMembership.SIDECAR }] });
    expect(find('ledger.bank.svc.cluster.local', service('orders'), profile).whereabouts).toBe(ELSEWHERE);
  });
});

describe('hosts', () => {
  test('overlap as Istio has it', () => {
    expect(hostsOverlap('foo.com', 'foo.com')).toBe(true);
    expect(hostsOverlap('*.com', 'foo.com')).toBe(true);
    expect(hostsOverlap('bar.com', '*.com')).toBe(true);
    expect(hostsOverlap('*.foo.com', 'foo.com')).toBe(false);
    expect(hostsOverlap('*', '*.com')).toBe(true);
    expect(hostsOverlap('*.a.com', '*.b.com')).toBe(false);
  });

  test('cover what is narrower', () => {
    expect(covers('*.com', '*.foo.com')).toBe(true);
    expect(covers('*.foo.com', '*.com')).toBe(false);
    expect(covers('foo.com', '*.com')).toBe(false);
  });
});
