import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import {
  ActivatorStrategy, Autoscaling, Caller, HttpMethod, MeshMembership, MeshNamespace, MeshPolicy, Outcome, Reachability, ReachabilityLayer, RequestSource,
  RequestTarget,
  ServerlessService,
} from '../../../lib';

interface Shop {
  readonly chart: Chart;
  readonly checkout: ServerlessService;
  readonly catalog: ServerlessService;
  readonly ledger: ServerlessService;
}

/** `checkout` may post to `/entries` of `ledger`; `catalog` may not. */
function shop(strategy: ActivatorStrategy): Shop {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  new MeshNamespace(chart, 'shop');
  new MeshPolicy(chart, 'policy', { networkPolicies: false });
  const service = (name: string, activatorStrategy?: ActivatorStrategy) => new ServerlessService(chart, name, {
    image: `registry.example.com/shop/${name}:1.0.0`,
    activatorStrategy,
    autoscaling: activatorStrategy?.trustsActivator === false ? Autoscaling.concurrency(50, { min: 1, max: 5 }) : undefined,
  });
  const [checkout, catalog, ledger] = [service('checkout'), service('catalog'), service('ledger', strategy)];
  ledger.grantInvoke(checkout, { methods: [HttpMethod.POST], paths: ['/entries'] });
  return { chart, checkout, catalog, ledger };
}

const post = { method: 'POST', path: '/entries' };

// knative/docs serving/istio-authorization.md: the activator forwards requests under its own identity
describe('with the activator out of the path', () => {
  const { chart, checkout, catalog, ledger } = shop(ActivatorStrategy.outOfPath());
  const reachability = Reachability.of(chart);

  test('who was granted something may do exactly that', () => {
    const verdict = reachability.request({ from: checkout, to: ledger, ...post });
    expect(verdict.allowed).toBe(true);
    expect(verdict.decidedBy).toMatchObject({ kind: 'AuthorizationPolicy', name: 'ledger', path: 'shop/ledger/Access' });
    expect(reachability.request({ from: checkout, to: ledger, ...post, method: 'GET' }).denied).toBe(true);
    expect(reachability.request({ from: checkout, to: ledger, ...post, path: '/other' }).denied).toBe(true);
  });

  test('nobody else may', () => {
    expect(reachability.request({ from: catalog, to: ledger, ...post }).denied).toBe(true);
    expect(reachability.request({ from: Caller.namespace('reports'), to: ledger, ...post }).denied).toBe(true);
    expect(reachability.request({ from: Caller.ingressGateway(chart), to: ledger, ...post }).denied).toBe(true);
    expect(reachability.request({ from: RequestSource.outsideCluster(), to: ledger, ...post }).denied).toBe(true);
  });

  test('while no pod is ready the activator forwards, and what it forwards is denied', () => {
    const verdict = reachability.request({ from: checkout, to: ledger, ...post, throughActivator: true });
    expect(verdict.denied).toBe(true);
    expect(verdict.trace.map(step => step.hop)).toContain('the activator -> service shop/ledger');
  });

  test('the autoscaler reads its metrics, others do not', () => {
    const metrics = { to: ledger, method: 'GET', path: '/metrics', port: 9090 };
    expect(reachability.request({ from: Caller.serviceAccount('knative-serving', 'controller'), ...metrics }).allowed).toBe(true);
    expect(reachability.request({ from: catalog, ...metrics }).denied).toBe(true);
  });
});

describe('where the activator is trusted', () => {
  const { chart, checkout, catalog, ledger } = shop(ActivatorStrategy.trusted());
  const reachability = Reachability.of(chart);

  test('who was granted something gets in on every way', () => {
    expect(reachability.request({ from: checkout, to: ledger, ...post }).allowed).toBe(true);
  });

  test('who was granted nothing is denied directly and let in by the activator', () => {
    const verdict = reachability.request({ from: catalog, to: ledger, ...post });
    expect(verdict.outcome).toBe(Outcome.DEPENDS);
    expect(verdict.reason).toContain('past the activator: no rule of AuthorizationPolicy shop/ledger allows it');
    expect(verdict.reason).toContain('through the activator: AuthorizationPolicy shop/ledger allows it');
    expect(reachability.request({ from: catalog, to: ledger, ...post, throughActivator: false }).denied).toBe(true);
  });

  test('what nobody was granted is denied on every way', () => {
    expect(reachability.request({ from: catalog, to: ledger, method: 'DELETE', path: '/entries' }).denied).toBe(true);
  });
});

test('pods see the gateway in place of a caller without a sidecar', () => {
  const { chart, ledger } = shop(ActivatorStrategy.outOfPath());
  const verdict = Reachability.of(chart).request({ from: RequestSource.pods({ namespace: 'legacy', mesh: MeshMembership.OUTSIDE }), to: ledger, ...post });
  expect(verdict.denied).toBe(true);
  expect(verdict.trace.map(step => step.hop)).toContain('the cluster-local gateway -> service shop/ledger');
  expect(verdict.reason).toContain('no rule of AuthorizationPolicy shop/ledger allows it');
});

test('raw objects decide as much as constructs do', () => {
  const { chart, checkout, ledger } = shop(ActivatorStrategy.outOfPath());
  const before = Reachability.of(chart);
  new ApiObject(chart, 'maintenance', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'maintenance' },
    spec: { action: 'DENY', rules: [{ to: [{ operation: { methods: ['POST'] } }] }] },
  });
  expect(before.request({ from: checkout, to: ledger, ...post }).allowed).toBe(true);
  const verdict = Reachability.of(chart).request({ from: checkout, to: ledger, ...post });
  expect(verdict.denied).toBe(true);
  expect(verdict.decidedBy).toEqual({
    apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', namespace: 'shop', name: 'maintenance', path: 'shop/maintenance',
  });
  expect(verdict.trace[verdict.trace.length - 1]).toMatchObject({ layer: ReachabilityLayer.AUTHORIZATION, outcome: Outcome.DENIED });
});

test('a patched policy is judged as it will be written', () => {
  const { chart, checkout, ledger } = shop(ActivatorStrategy.outOfPath());
  const policy = chart.node.findAll().find(c => c.node.path === 'shop/ledger/Access/Resource') as ApiObject;
  policy.addJsonPatch(JsonPatch.replace('/spec/rules', []));
  expect(Reachability.of(chart).request({ from: checkout, to: ledger, ...post }).denied).toBe(true);
});

// serving pkg/networking/constants.go: BackendHTTPPort 8012, BackendHTTP2Port 8013
test.each([['http1', 8012], ['h2c', 8013]])('requests to an app that speaks %s arrive on port %d of queue-proxy', (name, port) => {
  const yaml = (allowed: number) => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: feed, namespace: shop }
spec:
  template:
    spec: { containers: [{ image: "registry.example.com/feed:1.0.0", ports: [{ name: ${name}, containerPort: 3000 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: feed, namespace: shop }
spec:
  selector: { matchLabels: { serving.knative.dev/service: feed } }
  rules: [{ to: [{ operation: { ports: ["${allowed}"] } }] }]
`;
  const question = { from: Caller.namespace('shop'), to: RequestTarget.pods({ namespace: 'shop', labels: { 'serving.knative.dev/service': 'feed' } }) };
  expect(Reachability.ofYaml(yaml(port)).request(question).allowed).toBe(true);
  expect(Reachability.ofYaml(yaml(3000)).request(question).denied).toBe(true);
});
