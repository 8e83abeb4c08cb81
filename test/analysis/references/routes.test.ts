import { deployment, knative, problemsOf, says, service, virtualService, yaml } from './findings';
import { ClusterProfile, MeshMembership } from '../../../lib';

const to = (host: string, more = '') => `{ route: [{ destination: { host: ${host}${more} } }] }`;

function destinationRule(name: string, host: string, spec: string, { namespace = 'shop' } = {}): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: { host: ${host}, ${spec} }`;
}

function gateway(name: string, { namespace = 'shop', hosts = 'shop.example.com', selector = 'istio: ingressgateway', port = 80, tls = '' } = {}): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { ${selector} }
  servers: [{ port: { number: ${port}, name: http, protocol: ${tls ? 'HTTPS' : 'HTTP'} }, hosts: [${hosts}]${tls} }]`;
}

describe('the host of a destination', () => {
  test('is an error where the app writes the Services of the namespace, a warning where it does not', () => {
    expect(says('SM0801', yaml(service('orders'), virtualService('v', 'a.example', to('order'))))).toEqual(['error VirtualService/v spec.http[0].route[0].destination.host']);
    expect(says('SM0801', virtualService('v', 'a.example', to('order')))).toEqual(['warning VirtualService/v spec.http[0].route[0].destination.host']);
  });

  test('is left alone in the namespaces of the platform and of others', () => {
    expect(says('SM0801', virtualService('v', 'a.example', to('knative-local-gateway.istio-system.svc.cluster.local')))).toEqual([]);
    const profile = new ClusterProfile({ namespaces: [{ name: 'bank', mesh: MeshMembership.SIDECAR }] });
    expect(says('SM0801', yaml(service('orders'), virtualService('v', 'a.example', to('ledger.bank.svc.cluster.local'))), profile)).toEqual([]);
  });

  test('half in full is mended', () => {
    const [problem] = problemsOf('SM0801', yaml(service('orders', { namespace: 'other' }), virtualService('v', 'a.example', to('orders.other'))));
    expect(problem.fix).toBe('write orders.other.svc.cluster.local');
  });

  test('is looked at in mirrors, in TLS and in TCP', () => {
    const more = `
  tls: [{ match: [{ port: 443, sniHosts: [a.example] }], route: [{ destination: { host: b } }] }]
  tcp: [{ route: [{ destination: { host: c } }] }]`;
    const text = virtualService('v', 'a.example', '{ route: [{ destination: { host: d } }], mirrors: [{ destination: { host: e } }] }', { more });
    expect(problemsOf('SM0801', text).map(({ value }) => value).sort()).toEqual(['"b"', '"c"', '"d"', '"e"']);
  });
});

describe('the port of a destination', () => {
  test('is one of the Service, not of its pods', () => {
    expect(says('SM0802', yaml(service('orders'), virtualService('v', 'a.example', to('orders', ', port: { number: 8080 }'))))).toHaveLength(1);
    expect(says('SM0802', yaml(service('orders'), virtualService('v', 'a.example', to('orders', ', port: { number: 80 }'))))).toEqual([]);
  });

  test('is needed for a host of several, and for a Knative service it is not', () => {
    const two = service('orders', { ports: '{ name: http, port: 80 }, { name: grpc, port: 9000 }' });
    expect(says('SM0803', yaml(two, virtualService('v', 'a.example', to('orders'))))).toEqual(['warning VirtualService/v spec.http[0].route[0].destination.port']);
    expect(says('SM0803', yaml(knative('orders'), virtualService('v', 'a.example', to('orders'))))).toEqual([]);
  });

  test('is not judged for hosts whose ports nobody has written', () => {
    const kafka = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: { name: events, namespace: shop }';
    expect(says('SM0802', yaml(kafka, virtualService('v', 'a.example', to('events-kafka-bootstrap', ', port: { number: 9092 }'))))).toEqual([]);
  });
});

describe('the subset of a destination', () => {
  const route = virtualService('v', 'a.example', to('orders', ', subset: v2'));

  test('is an error where a DestinationRule of the app is for the host, else a warning', () => {
    expect(says('SM0804', yaml(destinationRule('d', 'orders', 'subsets: [{ name: v1 }]'), route))).toEqual(['error VirtualService/v spec.http[0].route[0].destination.subset']);
    expect(says('SM0804', route)).toEqual(['warning VirtualService/v spec.http[0].route[0].destination.subset']);
  });

  test('may be declared under the full host, under a wildcard, and in another DestinationRule', () => {
    const full = destinationRule('d', 'orders.shop.svc.cluster.local', 'subsets: [{ name: v2 }]');
    const wildcard = destinationRule('d', '"*.shop.svc.cluster.local"', 'subsets: [{ name: v2 }]');
    const second = yaml(destinationRule('d', 'orders', 'subsets: [{ name: v1 }]'), destinationRule('e', 'orders', 'subsets: [{ name: v2 }]'));
    for (const declared of [full, wildcard, second]) expect(says('SM0804', yaml(declared, route))).toEqual([]);
  });

  test('is not missed once more where the host is written by halves', () => {
    const half = virtualService('v', 'a.example', to('orders.shop', ', subset: v2'));
    expect(says('SM0804', yaml(destinationRule('d', 'orders', 'subsets: [{ name: v2 }]'), half))).toEqual([]);
    expect(says('SM0804', yaml(destinationRule('d', 'orders.shop', 'subsets: [{ name: v2 }]'), route))).toEqual([]);
  });

  test('of another namespace is another one', () => {
    expect(says('SM0804', yaml(destinationRule('d', 'orders', 'subsets: [{ name: v2 }]', { namespace: 'other' }), route))).toHaveLength(1);
  });
});

describe('the gateway of a route', () => {
  const route = (bound: string, hosts = 'shop.example.com') => virtualService('v', hosts, to('orders'), { more: `\n  gateways: [${bound}]` });

  test('is looked for in the namespace of the route, or in the one that is written', () => {
    expect(says('SM0805', yaml(gateway('public'), route('public')))).toEqual([]);
    expect(says('SM0805', yaml(gateway('public', { namespace: 'edge' }), route('edge/public')))).toEqual([]);
    expect(says('SM0805', yaml(gateway('public', { namespace: 'edge' }), route('public')))).toEqual(['warning VirtualService/v spec.gateways[0]']);
    expect(says('SM0805', yaml(gateway('public'), route('publik')))).toEqual(['error VirtualService/v spec.gateways[0]']);
  });

  test('that Knative or the platform brings is there', () => {
    expect(says('SM0805', route('knative-serving/knative-ingress-gateway, mesh'))).toEqual([]);
    expect(says('SM0805', route('istio-system/anything'))).toEqual([]);
  });

  test('has to serve one of its hosts, to this namespace', () => {
    expect(says('SM0806', yaml(gateway('public', { hosts: '"*.example.com"' }), route('public')))).toEqual([]);
    expect(says('SM0806', yaml(gateway('public', { hosts: 'blog.example.com' }), route('public')))).toEqual(['warning VirtualService/v spec.hosts']);
    expect(says('SM0806', yaml(gateway('public', { hosts: 'other/shop.example.com' }), route('public')))).toHaveLength(1);
    expect(says('SM0806', yaml(gateway('public', { hosts: './shop.example.com' }), route('public')))).toEqual([]);
    expect(says('SM0806', yaml(gateway('public', { hosts: 'blog.example.com' }), route('public', 'blog.example.com, shop.example.com')))).toEqual([]);
  });

  test('of the Gateway API serves everything where a listener names no host', () => {
    const kubernetes = 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: public, namespace: shop }\nspec: { gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }] }';
    expect([...says('SM0805', yaml(kubernetes, route('public'))), ...says('SM0806', yaml(kubernetes, route('public')))]).toEqual([]);
  });
});

describe('two sets of routes for one host of the mesh', () => {
  const exported = (name: string, namespace: string, hosts: string, exportTo: string) => virtualService(name, hosts, to('orders'), { namespace, more: `\n  exportTo: [${exportTo}]` });

  test('compete where the same namespaces see both', () => {
    expect(says('SM0808', yaml(virtualService('a', 'orders', to('orders')), virtualService('b', 'orders.shop.svc.cluster.local', to('orders'))))).toHaveLength(2);
    expect(says('SM0808', yaml(exported('a', 'one', 'x.example', '"."'), exported('b', 'two', 'x.example', '"."')))).toEqual([]);
    expect(says('SM0808', yaml(exported('a', 'one', 'x.example', '"."'), exported('b', 'two', 'x.example', '"*"')))).toHaveLength(2);
  });

  test('compete through a wildcard where one of them is for a namespace alone', () => {
    expect(says('SM0808', yaml(exported('a', 'one', '"*.a.example"', '"."'), exported('b', 'two', '"*.example"', '"*"')))).toHaveLength(2);
    expect(says('SM0808', yaml(exported('a', 'one', '"*.a.example"', '"*"'), exported('b', 'two', '"*.example"', '"*"')))).toEqual([]);
  });

  test('are merged by gateways', () => {
    const bound = (name: string) => virtualService(name, 'shop.example.com', to('orders'), { more: '\n  gateways: [public]' });
    expect(says('SM0808', yaml(bound('a'), bound('b')))).toEqual([]);
  });
});

describe('DestinationRules', () => {
  const pods = yaml(deployment('orders', { labels: 'app: orders, version: v1' }), service('orders', { selector: 'app: orders' }));

  test('for a missing host do nothing', () => {
    expect(says('SM0818', yaml(service('orders'), destinationRule('d', 'order', 'trafficPolicy: {}')))).toEqual(['warning DestinationRule/d spec.host']);
    expect(says('SM0818', destinationRule('d', 'order', 'trafficPolicy: {}'))).toEqual(['info DestinationRule/d spec.host']);
    expect(says('SM0818', destinationRule('d', '"*.local"', 'trafficPolicy: {}'))).toEqual([]);
  });

  test('have subsets of the pods behind the Service', () => {
    expect(says('SM0819', yaml(pods, destinationRule('d', 'orders', 'subsets: [{ name: a, labels: { version: v1 } }]')))).toEqual([]);
    expect(says('SM0819', yaml(pods, destinationRule('d', 'orders', 'subsets: [{ name: a, labels: { version: v2 } }]')))).toEqual(['warning DestinationRule/d spec.subsets[0].labels']);
    expect(says('SM0819', yaml(pods, destinationRule('d', 'orders', 'subsets: [{ name: a, labels: { topology.kubernetes.io/zone: eu-1 } }]')))).toEqual([]);
    expect(says('SM0819', yaml(service('orders'), destinationRule('d', 'orders', 'subsets: [{ name: a, labels: { version: v2 } }]')))).toEqual(['info DestinationRule/d spec.subsets[0].labels']);
  });

  test('have subsets of the endpoints of a ServiceEntry', () => {
    const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec: { hosts: [bank.example], resolution: STATIC, endpoints: [{ address: 10.0.0.1, labels: { zone: a } }] }`;
    expect(says('SM0819', yaml(entry, destinationRule('d', 'bank.example', 'subsets: [{ name: a, labels: { zone: a } }, { name: b, labels: { zone: b } }]')))).toEqual(['warning DestinationRule/d spec.subsets[1].labels']);
  });

  test('for one host clash only in what they both say', () => {
    const subsets = (name: string, subset: string) => destinationRule(name, 'orders', `subsets: [{ name: ${subset} }]`);
    expect(says('SM0820', yaml(service('orders'), subsets('a', 'v1'), subsets('b', 'v2')))).toEqual([]);
    expect(says('SM0820', yaml(service('orders'), subsets('a', 'v1'), subsets('b', 'v1')))).toHaveLength(2);
    const forSome = destinationRule('b', 'orders', 'workloadSelector: { matchLabels: { app: a } }, subsets: [{ name: v1 }]');
    expect(says('SM0820', yaml(service('orders'), subsets('a', 'v1'), forSome))).toEqual([]);
    const hidden = (name: string, exportTo: string) => destinationRule(name, 'orders', `exportTo: [${exportTo}], subsets: [{ name: v1 }]`);
    expect(says('SM0820', yaml(hidden('a', 'one'), hidden('b', 'two')))).toEqual([]);
    expect(says('SM0820', yaml(hidden('a', 'one'), hidden('b', '"*"')))).toHaveLength(2);
  });

  test('that encrypt say who vouches for the server', () => {
    const tls = (settings: string) => says('SM0821', destinationRule('d', 'bank.example', `trafficPolicy: { tls: { ${settings} } }`));
    expect(tls('mode: SIMPLE')).toEqual(['info DestinationRule/d spec.trafficPolicy.tls']);
    expect(tls('mode: SIMPLE, sni: bank.example')).toEqual(['warning DestinationRule/d spec.trafficPolicy.tls']);
    expect(tls('mode: SIMPLE, insecureSkipVerify: true')).toEqual(['warning DestinationRule/d spec.trafficPolicy.tls']);
    expect(tls('mode: SIMPLE, caCertificates: system')).toEqual([]);
    expect(tls('mode: ISTIO_MUTUAL')).toEqual([]);
  });
});

describe('gateways', () => {
  const secret = (name: string, namespace: string, data: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${namespace} }\nstringData: { ${data} }`;
  const https = gateway('public', { port: 443, tls: ', tls: { mode: SIMPLE, credentialName: shop-tls }' });

  test('select the pods of Istio\'s charts, or of the app', () => {
    expect(says('SM0812', gateway('public', { selector: 'istio: egressgateway' }))).toEqual([]);
    expect(says('SM0812', gateway('public', { selector: 'istio: ingressgateway-2' }))).toEqual(['warning Gateway/public spec.selector']);
    expect(says('SM0812', yaml(deployment('edge', { namespace: 'edge' }), gateway('public', { selector: 'app: edge' })))).toEqual([]);
  });

  test('listen where the Service in front leads', () => {
    const own = yaml(deployment('edge'), service('edge', { ports: '{ name: http, port: 8001, targetPort: 8080 }' }));
    for (const port of [8001, 8080]) expect(says('SM0813', yaml(own, gateway('public', { selector: 'app: edge', port })))).toEqual([]);
    expect(says('SM0813', yaml(own, gateway('public', { selector: 'app: edge', port: 8002 })))).toHaveLength(1);
    for (const port of [80, 443, 15443, 31400]) expect(says('SM0813', gateway('public', { port }))).toEqual([]);
  });

  test('take their certificate from the namespace of their pods', () => {
    expect(says('SM0814', https)).toEqual(['info Gateway/public spec.servers[0].tls.credentialName']);
    expect(says('SM0814', yaml(https, secret('shop-tls', 'shop', 'tls.crt: a, tls.key: b')))).toEqual(['warning Gateway/public spec.servers[0].tls.credentialName']);
    expect(says('SM0814', yaml(https, secret('other', 'istio-system', 'a: b')))).toEqual(['warning Gateway/public spec.servers[0].tls.credentialName']);
    expect(says('SM0814', yaml(https, secret('shop-tls', 'istio-system', 'tls.crt: a, tls.key: b')))).toEqual([]);
  });

  test('cannot use a Secret without certificate and key', () => {
    expect(says('SM0815', yaml(https, secret('shop-tls', 'istio-system', 'tls.crt: a')))).toEqual(['error Gateway/public spec.servers[0].tls.credentialName']);
    expect(problemsOf('SM0815', yaml(https, secret('shop-tls', 'istio-system', 'tls.crt: a, tls.key: b')))[0].reason).toContain('holds no certificate in tls.crt');
  });

  test('of the same pods share no host at a port', () => {
    expect(says('SM0816', yaml(gateway('a'), gateway('b')))).toHaveLength(2);
    expect(says('SM0816', yaml(gateway('a'), gateway('b', { port: 443 })))).toEqual([]);
    expect(says('SM0816', yaml(gateway('a'), gateway('b', { selector: 'istio: egressgateway' })))).toEqual([]);
    const edge = deployment('edge', { labels: 'app: edge, tier: front' });
    expect(says('SM0816', yaml(edge, gateway('a', { selector: 'app: edge' }), gateway('b', { selector: 'tier: front' })))).toHaveLength(2);
  });
});
