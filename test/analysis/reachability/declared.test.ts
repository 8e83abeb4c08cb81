import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { ActivatorStrategy, Autoscaling, Caller, ContainerService, HttpMethod, MeshNamespace, MeshPolicy, ServerlessService } from '../../../lib';
import { problems } from '../../support';

/** `checkout` may post to `/entries` of `ledger`, which denies everything else. */
function shop(strategy = ActivatorStrategy.outOfPath()): { chart: Chart; ledger: ServerlessService } {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  new MeshNamespace(chart, 'shop');
  new MeshPolicy(chart, 'policy', { networkPolicies: false });
  const checkout = new ServerlessService(chart, 'checkout', { image: 'registry.example.com/shop/checkout:1.0.0' });
  const ledger = new ServerlessService(chart, 'ledger', {
    image: 'registry.example.com/shop/ledger:1.0.0',
    activatorStrategy: strategy,
    autoscaling: strategy.trustsActivator ? undefined : Autoscaling.concurrency(50, { min: 1, max: 5 }),
  });
  ledger.grantInvoke(checkout, { methods: [HttpMethod.POST], paths: ['/entries', '/batches/*'] });
  return { chart, ledger };
}

function raw(chart: Chart, kind: string, spec: unknown, apiVersion = 'security.istio.io/v1'): ApiObject {
  return new ApiObject(chart, 'raw', { apiVersion, kind, metadata: { name: 'raw' }, spec });
}

const network = 'networking.k8s.io/v1';

test('finds nothing where everybody gets what was granted', () => {
  for (const strategy of [ActivatorStrategy.outOfPath(), ActivatorStrategy.trusted()]) {
    const { chart } = shop(strategy);
    expect([...problems(chart, 'SM1360'), ...problems(chart, 'SM1361')]).toEqual([]);
  }
});

test('refuses a raw DENY policy that shuts out a caller', () => {
  const { chart } = shop();
  raw(chart, 'AuthorizationPolicy', { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/batches/*'] } }] }] });
  expect(problems(chart, 'SM1360')).toEqual([expect.objectContaining({
    path: 'shop/ledger',
    value: '"service shop/checkout"',
    reason: expect.stringContaining('service shop/checkout may send POST /batches/ to service shop/ledger, and will be denied'),
    fix: 'let AuthorizationPolicy shop/raw (shop/raw) make an exception for it, or take the grant away',
    object: { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', namespace: 'shop', name: 'raw' },
  })]);
});

test('accepts a raw DENY policy on what nobody was granted', () => {
  const { chart } = shop();
  raw(chart, 'AuthorizationPolicy', { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/admin/*'] } }] }] });
  expect(problems(chart, 'SM1360')).toEqual([]);
});

test('refuses a network policy that lets nobody in', () => {
  const { chart } = shop();
  raw(chart, 'NetworkPolicy', { podSelector: { matchLabels: { 'serving.knative.dev/service': 'ledger' } }, policyTypes: ['Ingress'] }, network);
  expect(problems(chart, 'SM1360')).toEqual([expect.objectContaining({ reason: expect.stringContaining('no rule of NetworkPolicy shop/raw') })]);
});

test('refuses a network policy that forgets the activator', () => {
  const ingress = [{ from: [{ podSelector: {} }] }];
  const { chart } = shop(ActivatorStrategy.trusted());
  raw(chart, 'NetworkPolicy', { podSelector: {}, ingress }, network);
  expect(problems(chart, 'SM1360')).toEqual([expect.objectContaining({ reason: expect.stringContaining('denied on its way through the activator') })]);
  const { chart: kept } = shop(ActivatorStrategy.outOfPath());
  raw(kept, 'NetworkPolicy', { podSelector: {}, ingress }, network);
  expect(problems(kept, 'SM1360')).toEqual([]);
});

test('refuses a patch that takes a granted caller out of its policy', () => {
  const { chart, ledger } = shop();
  const policy = ledger.node.findAll().find(c => c.node.path === 'shop/ledger/Access/Resource') as ApiObject;
  policy.addJsonPatch(JsonPatch.remove('/spec/rules/0'));
  expect(problems(chart, 'SM1360')).toEqual([expect.objectContaining({ object: expect.objectContaining({ name: 'ledger' }) })]);
});

test('refuses a raw policy that lets everybody in where the namespace denies by default', () => {
  const { chart } = shop();
  raw(chart, 'AuthorizationPolicy', { rules: [{}] });
  expect(problems(chart, 'SM1361').map(({ severity, path, value }) => [severity, path, value])).toEqual([['error', 'shop/raw', '"checkout"'], ['error', 'shop/raw', '"ledger"']]);
});

test('leaves raw policies alone that name callers, requests or other pods', () => {
  for (const spec of [
    { rules: [{ from: [{ source: { namespaces: ['reports'] } }] }] },
    { rules: [{ to: [{ operation: { paths: ['/healthz'] } }] }] },
    { selector: { matchLabels: { app: 'other' } }, rules: [{}] },
    { action: 'AUDIT', rules: [{}] },
  ]) {
    const { chart } = shop();
    raw(chart, 'AuthorizationPolicy', spec);
    expect(problems(chart, 'SM1361')).toEqual([]);
  }
});

test('does not guess about callers of which it knows too little', () => {
  const { chart, ledger } = shop();
  ledger.grantInvoke(Caller.namespace('reports'));
  raw(chart, 'NetworkPolicy', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }, { from: [{ namespaceSelector: { matchLabels: { team: 'bi' } } }] }] }, network);
  expect(problems(chart, 'SM1360')).toEqual([]);
});

test('leaves policies alone that ask for a token or a header, which a granted request may well bring', () => {
  for (const rule of [
    { from: [{ source: { notRequestPrincipals: ['*'] } }] },
    { when: [{ key: 'request.auth.claims[groups]', notValues: ['staff'] }] },
    { when: [{ key: 'request.headers[X-Tenant]', notValues: ['acme'] }] },
  ]) {
    const { chart } = shop();
    raw(chart, 'AuthorizationPolicy', { action: 'DENY', rules: [rule] });
    expect(problems(chart, 'SM1360')).toEqual([]);
  }
});

describe('what the caller\'s own sidecar does with a request', () => {
  const istio = 'networking.istio.io/v1';
  const blocks = { mode: 'REGISTRY_ONLY' };

  function deployed(): Chart {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    new MeshNamespace(chart, 'shop');
    const service = (name: string) => new ContainerService(chart, name, { image: `registry.example.com/shop/${name}:1.0.0`, replicas: 2 });
    service('ledger').grantInvoke(service('checkout'), { methods: [HttpMethod.POST], paths: ['/entries'] });
    return chart;
  }

  test('a Sidecar that does not import the target is refused where it blocks, and passes where it imports it', () => {
    const refused = deployed();
    raw(refused, 'Sidecar', { egress: [{ hosts: ['istio-system/*'] }], outboundTrafficPolicy: blocks }, istio);
    expect(problems(refused, 'SM1360')).toEqual([expect.objectContaining({
      reason: expect.stringContaining('Sidecar shop/raw does not import ledger.shop.svc.cluster.local, and the sidecar of'),
      fix: 'let Sidecar shop/raw (shop/raw) make an exception for it, or take the grant away',
    })]);
    const accepted = deployed();
    raw(accepted, 'Sidecar', { egress: [{ hosts: ['./*', 'istio-system/*'] }], outboundTrafficPolicy: blocks }, istio);
    expect(problems(accepted, 'SM1360')).toEqual([]);
  });

  test('a Sidecar that does not import the target takes the identity away that the grant names', () => {
    const chart = deployed();
    raw(chart, 'Sidecar', { egress: [{ hosts: ['istio-system/*'] }] }, istio);
    expect(problems(chart, 'SM1360')).toHaveLength(1);
  });

  test('a VirtualService that answers in place of the target is refused', () => {
    const chart = deployed();
    raw(chart, 'VirtualService', { hosts: ['ledger'], http: [{ match: [{ uri: { prefix: '/entries' } }], directResponse: { status: 503 } }] }, istio);
    expect(problems(chart, 'SM1360')).toEqual([expect.objectContaining({ reason: expect.stringContaining('a route of VirtualService shop/raw answers it itself, with 503') })]);
  });

  test('one that has no route for what was granted is refused', () => {
    const chart = deployed();
    raw(chart, 'VirtualService', { hosts: ['ledger'], http: [{ match: [{ uri: { prefix: '/other' } }], route: [{ destination: { host: 'ledger' } }] }] }, istio);
    expect(problems(chart, 'SM1360')).toHaveLength(1);
  });

  test('one that sends requests elsewhere is not followed, and no finding', () => {
    const chart = deployed();
    raw(chart, 'VirtualService', { hosts: ['ledger'], http: [{ route: [{ destination: { host: 'checkout' } }] }] }, istio);
    expect(problems(chart, 'SM1360')).toEqual([]);
  });
});

describe('a Knative service that the caller\'s Sidecar does not import', () => {
  const sidecar = (more: object) => {
    const { chart } = shop();
    raw(chart, 'Sidecar', { egress: [{ hosts: ['istio-system/*'] }], ...more }, 'networking.istio.io/v1');
    return problems(chart, 'SM1360');
  };

  test('is refused where the Sidecar blocks', () => {
    expect(sidecar({ outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })).toHaveLength(1);
  });

  test('takes another way where it does not, which is not followed', () => {
    expect(sidecar({})).toEqual([]);
  });
});
