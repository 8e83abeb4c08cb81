import { TestDeployment, TestService } from './workloads';
import {
  ActivatorStrategy, Caller, Claim, ClusterProfile, Condition, ContainerService, HttpMethod, JwtIssuer, MeshMembership, MeshNamespace, MeshPolicy, Reachability, RequestAttribute,
  RequestSource, RequestTarget, Waypoint,
} from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { Json, manifest, problems, shopChart } from '../support';

const tenant = RequestAttribute.header('X-Tenant');
const image = 'registry.example.com/ledger@sha256:0000000000000000000000000000000000000000000000000000000000000000';

function rulesOf(...conditions: Condition[]): Json[] {
  const chart = shopChart();
  const ledger = new TestDeployment(chart, 'ledger');
  ledger.grantInvoke(new TestDeployment(chart, 'web'), { methods: [HttpMethod.GET], conditions });
  return manifest(chart, 'AuthorizationPolicy', 'ledger').spec.rules;
}

describe('a grant with conditions', () => {
  test.each([
    ['a header', tenant.isOneOf('eu', 'uk'), { key: 'request.headers[X-Tenant]', values: ['eu', 'uk'] }],
    ['none of these', tenant.isNoneOf('us'), { key: 'request.headers[X-Tenant]', notValues: ['us'] }],
    ['a beginning', tenant.startsWith('eu-'), { key: 'request.headers[X-Tenant]', values: ['eu-*'] }],
    ['an end', tenant.endsWith('-1'), { key: 'request.headers[X-Tenant]', values: ['*-1'] }],
    ['that it is there', tenant.exists(), { key: 'request.headers[X-Tenant]', values: ['*'] }],
    ['that it is not', tenant.isMissing(), { key: 'request.headers[X-Tenant]', notValues: ['*'] }],
    ['where the connection comes from', RequestAttribute.sourceAddress().isOneOf('10.1.0.0/16'), { key: 'source.ip', values: ['10.1.0.0/16'] }],
    ['where the client is', RequestAttribute.clientAddress().isNoneOf('203.0.113.7'), { key: 'remote.ip', notValues: ['203.0.113.7'] }],
    ['where it goes', RequestAttribute.destinationAddress().isOneOf('10.2.0.1'), { key: 'destination.ip', values: ['10.2.0.1'] }],
    ['another attribute of Istio', RequestAttribute.of('source.trustDomain').isOneOf('cluster.local'), { key: 'source.trustDomain', values: ['cluster.local'] }],
  ])('asks for %s', (_, condition, rendered) => {
    expect(rulesOf(condition)[0]).toMatchObject({ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }], to: [{ operation: { methods: ['GET'] } }], when: [rendered] });
  });

  test('asks for all of them, each once', () => {
    expect(rulesOf(tenant.isOneOf('eu'), RequestAttribute.sourceAddress().isOneOf('10.0.0.0/8'), tenant.isOneOf('eu'))[0].when).toHaveLength(2);
  });

  test('keeps those apart who were granted something else', () => {
    const chart = shopChart();
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.serviceAccount('shop', 'web'), { conditions: [tenant.isOneOf('eu')] });
    ledger.grantInvoke(Caller.serviceAccount('shop', 'admin'));
    ledger.grantInvoke(Caller.serviceAccount('shop', 'job'));
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules.map((rule: Json) => [rule.from[0].source.principals.length, rule.when?.length])).toEqual([[1, 1], [2, undefined]]);
  });

  test('lets in what meets them, as reachability sees it', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    const from = new TestDeployment(chart, 'web');
    const login = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] });
    to.grantInvoke(from, { conditions: [tenant.startsWith('eu-')], token: { issuer: login, claims: [Claim.of('plan').includes('paid')] } });
    const ask = (headers: { [name: string]: string }, plan = 'paid') => Reachability.of(chart).request({ from, to, headers, claims: { iss: 'https://login.example.com', sub: 'ann', aud: 'shop', plan } }).allowed;
    expect([ask({ 'x-tenant': 'eu-1' }), ask({ 'x-tenant': 'us-1' }), ask({}), ask({ 'x-tenant': 'eu-1' }, 'free')]).toEqual([true, false, false, false]);
    expect(problems(chart)).toEqual([]);
  });

  test('keeps them for what the activator forwards', () => {
    const chart = shopChart();
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    orders.grantInvoke(new TestDeployment(chart, 'web'), { conditions: [tenant.isOneOf('eu')] });
    const rules = manifest(chart, 'AuthorizationPolicy', 'orders').spec.rules as Json[];
    const forwarded = rules.find(rule => rule.from?.[0].source.principals.includes('cluster.local/ns/knative-serving/sa/activator'));
    expect(forwarded?.when).toEqual([{ key: 'request.headers[X-Tenant]', values: ['eu'] }]);
    expect(problems(chart)).toEqual([]);
  });

  test('is enforced at a waypoint', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new MeshNamespace(chart, 'Namespace');
    new MeshPolicy(chart, 'Policy');
    new Waypoint(chart, 'waypoint');
    new ContainerService(chart, 'ledger', { image }).grantInvoke(Caller.serviceAccount('shop', 'web'), { conditions: [tenant.isOneOf('eu')] });
    expect(problems(chart)).toEqual([]);
    const ask = (headers?: { [name: string]: string }) => Reachability.of(chart)
      .request({ from: RequestSource.pods({ namespace: 'shop', serviceAccount: 'web' }), to: RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' } }), headers }).allowed;
    expect([ask({ 'x-tenant': 'eu' }), ask()]).toEqual([true, false]);
  });
});

describe('conditions are refused', () => {
  test('of HTTP where only ztunnel stands before the pods, which knows addresses alone', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    const ledger = new TestDeployment(chart, 'ledger');
    ledger.grantInvoke(Caller.serviceAccount('shop', 'web'), { conditions: [RequestAttribute.sourceAddress().isOneOf('10.0.0.0/8')] });
    expect(problems(chart, 'SM0207')).toEqual([]);
    ledger.grantInvoke(Caller.serviceAccount('shop', 'job'), { conditions: [tenant.isOneOf('eu')] });
    expect(problems(chart, 'SM0207')).toMatchObject([{ field: 'grantInvoke.conditions', value: '["request.headers[X-Tenant]"]' }]);
  });

  test('on the address of a caller whom the activator or a gateway hides', () => {
    const chart = shopChart();
    const conditions = [RequestAttribute.sourceAddress().isOneOf('10.0.0.0/8')];
    new TestService(chart, 'a', { activator: ActivatorStrategy.trusted() }).grantInvoke(new TestDeployment(chart, 'web'), { conditions });
    new TestService(chart, 'b', { activator: ActivatorStrategy.outOfPath() }).grantInvoke(new TestDeployment(chart, 'job'), { conditions });
    expect(problems(chart, 'SM0264')).toMatchObject([{ path: 'chart/a', field: 'grantInvoke.conditions', reason: expect.stringContaining('activator') }]);
  });

  test('with a warning on the server name, which the mesh writes itself', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(new TestDeployment(chart, 'web'), { conditions: [RequestAttribute.serverName().isOneOf('ledger.example.com')] });
    expect(problems(chart, 'SM0265')).toMatchObject([{ severity: 'warning', path: 'chart/ledger' }]);
  });

  test('that are none, without a stack trace', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(new TestDeployment(chart, 'web'), { conditions: ['x-tenant'] as never });
    expect(problems(chart, 'SM0005')).toMatchObject([{ path: 'chart/ledger', field: 'grantInvoke.conditions' }]);
  });

  test('with an address that is none', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger', MeshMembership.SIDECAR).grantInvoke(new TestDeployment(chart, 'web'), { conditions: [RequestAttribute.sourceAddress().isOneOf('ten')] });
    expect(problems(chart).filter(({ severity }) => severity === 'error').map(({ field }) => field)).toContain('spec.rules[0].when[0].values[0]');
  });
});

describe('an ALLOW rule that asks for HTTP', () => {
  const app = (ports: string, rule: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "registry.example.com/db:1.0.0", ports: [{ name: sql, containerPort: 5432 }, { name: web, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [${ports}] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: db, namespace: shop }
spec: { selector: { matchLabels: { app: db } }, rules: [{ ${rule} }] }
`;
  const SQL = '{ name: tcp-sql, port: 5432, targetPort: sql }';
  const WEB = '{ name: http, port: 80, targetPort: web }';
  const METHODS = 'to: [{ operation: { methods: [GET] } }]';

  test.each([
    ['at a port of TCP alone', SQL, METHODS, 1],
    ['at ports of which one carries HTTP', `${SQL}, ${WEB}`, METHODS, 0],
    ['at the one port of TCP among others', `${SQL}, ${WEB}`, 'to: [{ operation: { methods: [GET], ports: ["5432"] } }]', 1],
    ['at the port of HTTP among others', `${SQL}, ${WEB}`, 'to: [{ operation: { methods: [GET], ports: ["8080"] } }]', 0],
    ['at a port whose protocol nobody says', '{ name: sql, port: 5432, targetPort: sql }', METHODS, 0],
    ['by a header', SQL, 'when: [{ key: "request.headers[x-a]", values: [b] }]', 1],
    ['by a token', SQL, 'from: [{ source: { requestPrincipals: ["*"] } }]', 1],
    ['for nothing but addresses', SQL, 'when: [{ key: source.ip, values: [10.0.0.1] }]', 0],
  ])('is left out, which is found: %s', (_, ports, rule, expected) => {
    expect(checkFiles([{ name: 'app.yaml', text: app(ports, rule) }]).filter(({ code }) => code === 'SM0266')).toHaveLength(expected);
  });
});
