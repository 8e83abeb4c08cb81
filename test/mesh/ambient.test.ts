import { Chart } from 'cdk8s';
import { isAllowed, Request } from './evaluator';
import { TestService } from './workloads';
import { ActivatorStrategy, Caller, ClusterProfile } from '../../lib';
import { MeshPolicy } from '../../lib/mesh';
import { Json, manifests, problems, shopChart } from '../support';

const GATEWAY = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';
const ACTIVATOR = 'cluster.local/ns/knative-serving/sa/activator';
const AUTOSCALER = 'cluster.local/ns/knative-serving/sa/controller';
const HTTP_FIELDS = ['methods', 'paths', 'hosts'];

/** A policy as ztunnel takes it: of an ALLOW policy it leaves out the rules that ask for HTTP (pilot/pkg/serviceregistry/ambient/authorization.go). */
function asZtunnel(manifest: Json): Json {
  if (manifest.kind !== 'AuthorizationPolicy') return manifest;
  const rules = (manifest.spec.rules ?? []).filter((rule: Json) =>
    rule.when === undefined && (rule.to ?? []).every((to: Json) => HTTP_FIELDS.every(field => to.operation[field] === undefined)));
  return { ...manifest, spec: { ...manifest.spec, rules } };
}

function ordersIn(chart: Chart, activator: ActivatorStrategy): (request: Request) => boolean {
  ClusterProfile.ambient().applyTo(chart);
  new MeshPolicy(chart, 'Policy');
  const orders = new TestService(chart, 'orders', { activator });
  orders.grantInvoke(Caller.localGateway(chart));
  orders.scrapedByPrometheus();
  expect(problems(chart)).toEqual([]);
  const seen = manifests(chart).map(asZtunnel);
  return request => isAllowed(seen, { namespace: 'shop', labels: { 'serving.knative.dev/service': 'orders' } }, request);
}

const request = (principal: string | undefined, port: number): Request => ({ principal, method: 'GET', path: '/', port });

describe('a Knative service behind ztunnel', () => {
  const allows = ordersIn(shopChart(), ActivatorStrategy.outOfPath());

  test('takes requests from the gateway alone', () => {
    expect(allows(request(GATEWAY, 8012))).toBe(true);
    expect(allows(request('cluster.local/ns/shop/sa/checkout', 8012))).toBe(false);
    expect(allows(request(undefined, 8012))).toBe(false);
  });

  test('takes nothing from an activator out of the path: a probe cannot be told from a request', () => {
    expect(allows(request(ACTIVATOR, 8012))).toBe(false);
  });

  test('shows the autoscaler its metrics', () => {
    expect(allows(request(AUTOSCALER, 9090))).toBe(true);
    expect(allows(request(GATEWAY, 9090))).toBe(false);
  });

  test('shows Prometheus, which has no identity, its metrics: ztunnel can leave no port alone', () => {
    expect(allows(request(undefined, 9091))).toBe(true);
  });

  test('takes requests from a trusted activator', () => {
    expect(ordersIn(shopChart(), ActivatorStrategy.trusted())(request(ACTIVATOR, 8012))).toBe(true);
  });
});

test('the port that Prometheus reads takes plain text under STRICT mutual TLS', () => {
  const chart = shopChart();
  ordersIn(chart, ActivatorStrategy.trusted());
  expect(manifests(chart).filter(m => m.kind === 'PeerAuthentication' && m.metadata.name === 'orders').map(m => m.spec)).toEqual([{
    selector: { matchLabels: { 'serving.knative.dev/service': 'orders' } },
    portLevelMtls: { 9091: { mode: 'PERMISSIVE' } },
  }]);
});
