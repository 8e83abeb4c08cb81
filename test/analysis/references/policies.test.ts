import { deployment, namespace, problemsOf, says, service, yaml } from './findings';
import { Caller, ClusterProfile, ServerlessService } from '../../../lib';
import { problems, shopChart } from '../../support';

function policy(kind: string, name: string, spec: string, inNamespace = 'shop'): string {
  const groups: Record<string, string> = { Sidecar: 'networking.istio.io/v1', Telemetry: 'telemetry.istio.io/v1', DestinationRule: 'networking.istio.io/v1' };
  return `
apiVersion: ${groups[kind] ?? 'security.istio.io/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${inNamespace} }
spec: { ${spec} }`;
}

const authorization = (spec: string, inNamespace?: string) => policy('AuthorizationPolicy', 'p', spec, inNamespace);

describe('a selector without pods', () => {
  test('is a warning where the app writes the pods of the namespace, else advice', () => {
    expect(says('SM0830', yaml(deployment('ledger'), authorization('selector: { matchLabels: { app: orders } }')))).toEqual(['warning AuthorizationPolicy/p spec.selector.matchLabels']);
    expect(says('SM0830', authorization('selector: { matchLabels: { app: orders } }'))).toEqual(['info AuthorizationPolicy/p spec.selector.matchLabels']);
  });

  test('of the mesh\'s own namespace looks at every namespace', () => {
    expect(says('SM0830', yaml(deployment('orders'), authorization('selector: { matchLabels: { app: orders } }', 'istio-system')))).toEqual([]);
    expect(says('SM0830', yaml(deployment('orders'), policy('PeerAuthentication', 'p', 'selector: { matchLabels: { app: orders } }', 'istio-system')))).toHaveLength(1);
  });

  test('finds the ingress gateway of the platform', () => {
    expect(says('SM0830', policy('RequestAuthentication', 'r', 'selector: { matchLabels: { istio: ingressgateway } }', 'istio-system'))).toEqual([]);
  });

  test('bears the code that each tool gives to each kind', () => {
    const peers = (kind: string, spec: string) => problemsOf('SM0830', policy(kind, 'p', spec))[0].peers;
    expect(peers('AuthorizationPolicy', 'selector: { matchLabels: { app: a } }')).toEqual(['IST0127', 'KIA0004']);
    expect(peers('Sidecar', 'workloadSelector: { labels: { app: a } }')).toEqual(['IST0101', 'KIA0004']);
    expect(peers('Telemetry', 'selector: { matchLabels: { app: a } }')).toEqual(['IST0101', 'KIA0004']);
  });
});

describe('an AuthorizationPolicy', () => {
  test('protects nothing outside of the mesh', () => {
    const outside = yaml(namespace('shop', 'istio-injection: disabled'), deployment('orders'));
    expect(says('SM0830', yaml(outside, authorization('selector: { matchLabels: { app: orders } }')))).toEqual(['warning AuthorizationPolicy/p spec.selector.matchLabels']);
    expect(says('SM0830', yaml(outside, authorization('rules: [{}]')))).toEqual(['warning AuthorizationPolicy/p metadata.namespace']);
  });

  test('for a namespace without pods is mentioned only in an app with pods', () => {
    expect(says('SM0830', authorization('rules: [{}]'))).toEqual([]);
    expect(says('SM0830', yaml(deployment('orders', { namespace: 'other' }), authorization('rules: [{}]')))).toEqual(['info AuthorizationPolicy/p metadata.namespace']);
  });

  test('names callers as Istio spells them', () => {
    const principal = (name: string) => says('SM0838', yaml(deployment('checkout', { pod: '\n      serviceAccountName: checkout' }), authorization(`rules: [{ from: [{ source: { principals: ["${name}"] } }] }]`)));
    expect(principal('cluster.local/ns/shop/sa/checkout')).toEqual([]);
    expect(principal('cluster.local/ns/shop/sa/chekout')).toEqual(['warning AuthorizationPolicy/p spec.rules[0].from[0].source.principals[0]']);
    expect(principal('cluster.local/ns/shop/sa/audit')).toEqual(['info AuthorizationPolicy/p spec.rules[0].from[0].source.principals[0]']);
    expect(principal('spiffe://cluster.local/ns/shop/sa/checkout')).toEqual(['warning AuthorizationPolicy/p spec.rules[0].from[0].source.principals[0]']);
    expect(principal('other.domain/ns/shop/sa/anybody')).toEqual([]);
    expect(principal('cluster.local/ns/knative-serving/sa/activator')).toEqual([]);
    expect(principal('*/ns/shop/*')).toEqual([]);
  });

  test('that a construct writes may name callers which constructs were given', () => {
    const chart = shopChart();
    const ledger = new ServerlessService(chart, 'ledger', { image: 'registry.example.com/ledger:1.0.0' });
    ledger.grantInvoke(Caller.serviceAccount('bank', 'checkout'));
    ledger.grantInvoke(Caller.namespace('reports'));
    expect([...problems(chart, 'SM0836'), ...problems(chart, 'SM0838')]).toEqual([]);
  });

  test('compares methods letter by letter', () => {
    const methods = (list: string) => says('SM0839', authorization(`rules: [{ to: [{ operation: { methods: [${list}] } }] }]`));
    expect(methods('GET, "P*", "*"')).toEqual([]);
    expect(methods('get')).toEqual(['warning AuthorizationPolicy/p spec.rules[0].to[0].operation.methods[0]']);
    expect(methods('PROPFIND')).toEqual(['info AuthorizationPolicy/p spec.rules[0].to[0].operation.methods[0]']);
  });

  test('names namespaces that are declared, written to, of the platform or listed', () => {
    const callers = (name: string, ...more: string[]) => says('SM0836', yaml(authorization(`rules: [{ from: [{ source: { namespaces: ["${name}"] } }] }]`), ...more));
    for (const known of ['shop', 'istio-system', 'knative-*', '*']) expect(callers(known)).toEqual([]);
    expect(callers('checkout', namespace('checkout'))).toEqual([]);
    expect(callers('checkout', deployment('a', { namespace: 'checkout' }))).toEqual([]);
    expect(callers('checkout')).toEqual(['info AuthorizationPolicy/p spec.rules[0].from[0].source.namespaces[0]']);
  });
});

describe('one of a kind', () => {
  test('without a selector per namespace', () => {
    const sidecar = (name: string, inNamespace?: string) => policy('Sidecar', name, 'egress: [{ hosts: ["./*"] }]', inNamespace);
    expect(says('SM0831', yaml(sidecar('a'), sidecar('b')))).toHaveLength(2);
    expect(says('SM0831', yaml(sidecar('a'), sidecar('b', 'other')))).toEqual([]);
    const telemetry = (name: string, spec = 'tracing: [{ randomSamplingPercentage: 1 }]') => policy('Telemetry', name, spec);
    expect(says('SM0832', yaml(telemetry('a'), telemetry('b')))).toHaveLength(2);
    expect(says('SM0832', yaml(telemetry('a'), telemetry('b', 'targetRefs: [{ kind: Service, name: a }]')))).toEqual([]);
  });

  test('for a pod', () => {
    const pods = deployment('orders', { labels: 'app: orders, tier: backend' });
    const peer = (name: string, label: string) => policy('PeerAuthentication', name, `selector: { matchLabels: { ${label} } }`);
    expect(says('SM0834', yaml(pods, peer('a', 'app: orders'), peer('b', 'tier: backend')))).toHaveLength(2);
    expect(says('SM0834', yaml(pods, peer('a', 'app: orders'), peer('b', 'app: orders')))).toHaveLength(2);
    expect(says('SM0834', yaml(pods, deployment('audit'), peer('a', 'app: orders'), peer('b', 'app: audit')))).toEqual([]);
    expect(says('SM0834', yaml(peer('a', 'app: orders'), peer('b', 'app: orders')))).toEqual([]);
  });

  test('for sidecars has no say over ambient pods', () => {
    const ambient = yaml(namespace('shop', 'istio.io/dataplane-mode: ambient'), deployment('orders'));
    const sidecar = (name: string) => policy('Sidecar', name, 'workloadSelector: { labels: { app: orders } }');
    expect(says('SM0834', yaml(ambient, sidecar('a'), sidecar('b')))).toEqual([]);
    expect(says('SM0833', yaml(ambient, sidecar('a'), sidecar('b')))).toHaveLength(2);
  });
});

describe('mutual TLS', () => {
  const rule = (host: string, mode: string, inNamespace = 'shop') => policy('DestinationRule', 'd', `host: "${host}", trafficPolicy: { tls: { mode: ${mode} } }`, inNamespace);
  const peer = (mode: string, inNamespace = 'shop') => policy('PeerAuthentication', 'default', `mtls: { mode: ${mode} }`, inNamespace);

  test('is not refused on one side and asked for on the other', () => {
    expect(problemsOf('SM0824', yaml(rule('*.shop.svc.cluster.local', 'DISABLE'), peer('STRICT'))).map(({ peers }) => peers)).toEqual([['KIA0207']]);
    expect(problemsOf('SM0824', yaml(rule('*.local', 'DISABLE', 'istio-system'), peer('STRICT', 'istio-system'))).map(({ peers }) => peers)).toEqual([['KIA0208']]);
    expect(says('SM0824', yaml(rule('*.shop.svc.cluster.local', 'DISABLE'), peer('PERMISSIVE'), peer('STRICT', 'istio-system')))).toEqual([]);
    expect(problemsOf('SM0825', yaml(rule('*.shop.svc.cluster.local', 'ISTIO_MUTUAL'), peer('DISABLE'))).map(({ peers }) => peers)).toEqual([['KIA0505']]);
    expect(problemsOf('SM0825', yaml(rule('*.local', 'ISTIO_MUTUAL', 'istio-system'), peer('DISABLE', 'istio-system'))).map(({ peers }) => peers)).toEqual([['KIA0506']]);
  });

  test('is what names of callers are read from', () => {
    const named = authorization('selector: { matchLabels: { app: orders } }, rules: [{ from: [{ source: { namespaces: [shop] } }] }]');
    for (const mode of ['DISABLE', 'SIMPLE']) expect(says('SM0826', yaml(named, rule('*.local', mode, 'istio-system')))).toHaveLength(1);
    expect(says('SM0826', yaml(named, rule('*.local', 'DISABLE', 'istio-system'), policy('DestinationRule', 'e', 'host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }')))).toEqual([]);
    const other = yaml(deployment('orders'), service('orders'), rule('audit', 'DISABLE'));
    expect(says('SM0826', yaml(named, other))).toEqual([]);
  });
});

describe('exportTo', () => {
  test('names namespaces that are there', () => {
    const exported = (list: string, profile?: ClusterProfile) => says('SM0837', policy('DestinationRule', 'd', `host: a, exportTo: [${list}]`), profile);
    expect(exported('".", "*"')).toEqual([]);
    expect(exported('other')).toEqual(['info DestinationRule/d spec.exportTo[0]']);
  });
});
