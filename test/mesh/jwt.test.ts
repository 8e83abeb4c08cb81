import { Duration } from 'cdk8s';
import { TestDeployment, TestService } from './workloads';
import {
  ActivatorStrategy, Caller, Claim, ClusterProfile, GatewayApi, GatewayTls, HttpMethod, JwtAuthentication, JwtIssuer, JwtKeys, MeshGateway, MeshMembership, MeshPolicy,
  Reachability, RequestTarget, TokenLocation,
} from '../../lib';
import { Json, manifest, manifests, problems, shopChart } from '../support';

const ISSUER = 'https://login.example.com';
const CLAIMS = { iss: ISSUER, sub: 'ann', aud: 'shop' };

function login(props: Json = {}): JwtIssuer {
  return new JwtIssuer({ issuer: ISSUER, audiences: ['shop'], ...props });
}

describe('JwtAuthentication', () => {
  test('writes the RequestAuthentication and the policy that turns away requests without a token', () => {
    const chart = shopChart();
    new JwtAuthentication(chart, 'jwt', { target: new TestDeployment(chart, 'ledger'), issuers: [login()], exemptPaths: ['/public/*'] });
    expect(manifest(chart, 'RequestAuthentication')).toMatchObject({
      metadata: { name: 'ledger', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'ledger' } }, jwtRules: [{ issuer: ISSUER, audiences: ['shop'] }] },
    });
    expect(manifest(chart, 'AuthorizationPolicy').spec).toEqual({
      action: 'DENY',
      selector: { matchLabels: { app: 'ledger' } },
      rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { notPaths: ['/public/*'], ports: ['8080'] } }] }],
    });
    expect(problems(chart)).toEqual([]);
  });

  test('writes every field of a rule', () => {
    const chart = shopChart();
    const issuer = login({
      keys: JwtKeys.at('https://login.example.com/keys'),
      tokensFrom: [TokenLocation.header('x-token', 'Bearer '), TokenLocation.parameter('token'), TokenLocation.cookie('session')],
      forwardOriginalToken: true,
      payloadHeader: 'x-claims',
      claimHeaders: { 'x-role': Claim.of('realm_access', 'role') },
      spaceDelimitedClaims: ['roles'],
      keysTimeout: Duration.seconds(2),
    });
    new JwtAuthentication(chart, 'jwt', { target: new TestDeployment(chart, 'ledger'), issuers: [issuer] });
    expect(manifest(chart, 'RequestAuthentication').spec.jwtRules).toEqual([{
      issuer: ISSUER,
      audiences: ['shop'],
      jwksUri: 'https://login.example.com/keys',
      fromHeaders: [{ name: 'x-token', prefix: 'Bearer ' }],
      fromParams: ['token'],
      fromCookies: ['session'],
      forwardOriginalToken: true,
      outputPayloadToHeader: 'x-claims',
      outputClaimToHeaders: [{ header: 'x-role', claim: 'realm_access.role' }],
      spaceDelimitedClaims: ['roles'],
      timeout: '2s',
    }]);
  });

  test('of several on one target are one, and believe all issuers', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'ledger');
    new JwtAuthentication(chart, 'a', { target, issuers: [login()] });
    new JwtAuthentication(chart, 'b', { target, issuers: [new JwtIssuer({ issuer: 'https://other.example.com', audiences: ['shop'], keys: JwtKeys.inline('{"keys":[]}') })], required: false });
    expect(manifest(chart, 'RequestAuthentication').spec.jwtRules.map((rule: Json) => rule.issuer)).toEqual([ISSUER, 'https://other.example.com']);
    expect(manifests(chart).filter(m => m.kind === 'AuthorizationPolicy')).toHaveLength(1);
  });

  test('lets in valid tokens, and neither bad ones nor none', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    new JwtAuthentication(chart, 'jwt', { target: to, issuers: [login()], exemptPaths: ['/healthz'] });
    const from = new TestDeployment(chart, 'checkout');
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to, path: '/v1', claims: CLAIMS }).allowed).toBe(true);
    expect(reach.request({ from, to, path: '/v1', claims: CLAIMS, tokenValid: false }).denied).toBe(true);
    expect(reach.request({ from, to, path: '/v1', claims: { ...CLAIMS, aud: 'bank' } }).denied).toBe(true);
    expect(reach.request({ from, to, path: '/v1' }).denied).toBe(true);
    expect(reach.request({ from, to, path: '/healthz' }).allowed).toBe(true);
  });

  test('leaves callers alone that are exempt', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    const [from, other] = [new TestDeployment(chart, 'checkout'), new TestDeployment(chart, 'reports')];
    new JwtAuthentication(chart, 'jwt', { target: to, issuers: [login()], exemptCallers: [from, Caller.namespace('batch')] });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0].from).toEqual([{
      source: { notRequestPrincipals: ['*'], notPrincipals: ['cluster.local/ns/shop/sa/checkout'], notNamespaces: ['batch'] },
    }]);
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to }).allowed).toBe(true);
    expect(reach.request({ from: other, to }).denied).toBe(true);
  });

  test('leaves the probes of Knative alone, and the ports of its metrics', () => {
    const chart = shopChart();
    const target = new TestService(chart, 'orders');
    new JwtAuthentication(chart, 'jwt', { target, issuers: [login()] });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules).toEqual([{
      from: [{ source: { notRequestPrincipals: ['*'] } }],
      to: [{ operation: { ports: ['8012'] } }],
      when: [{ key: 'request.headers[K-Network-Probe]', notValues: ['queue', 'probe'] }],
    }]);
    const reach = Reachability.of(chart);
    const activator = Caller.serviceAccount('knative-serving', 'activator');
    expect(reach.request({ from: activator, to: target, method: 'GET', path: '/healthz', headers: { 'K-Network-Probe': 'queue' } }).allowed).toBe(true);
    expect(reach.request({ from: activator, to: target, method: 'GET', path: '/' }).denied).toBe(true);
    expect(reach.request({ from: Caller.serviceAccount('knative-serving', 'controller'), to: target, path: '/metrics', port: 9090 }).allowed).toBe(true);
    expect(problems(chart)).toEqual([]);
  });

  test('at a gateway asks requests to its hosts, whatever port they name', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login()] });
    expect(manifest(chart, 'RequestAuthentication')).toMatchObject({ metadata: { name: 'edge', namespace: 'istio-system' }, spec: { selector: { matchLabels: { istio: 'ingressgateway' } } } });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0].to).toEqual([{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'] } }]);
  });

  test('at a gateway of the Gateway API is attached to the gateway', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
    new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login()] });
    const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }];
    expect(manifest(chart, 'RequestAuthentication')).toMatchObject({ metadata: { namespace: 'shop' }, spec: { targetRefs } });
    expect(manifest(chart, 'AuthorizationPolicy').spec).toMatchObject({ targetRefs, rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] });
  });

  test('takes pods that the app does not make', () => {
    const chart = shopChart();
    new JwtAuthentication(chart, 'jwt', { target: RequestTarget.pods({ namespace: 'legacy', labels: { app: 'old' } }), issuers: [login()] });
    expect(manifest(chart, 'RequestAuthentication')).toMatchObject({ metadata: { namespace: 'legacy' }, spec: { selector: { matchLabels: { app: 'old' } } } });
  });
});

describe('a JwtAuthentication is refused', () => {
  test.each([
    ['a cluster without a mesh', ClusterProfile.withoutMesh(), undefined, 'SM0201'],
    ['a workload outside of the mesh', ClusterProfile.sidecar(), MeshMembership.OUTSIDE, 'SM0202'],
    ['ambient mode', ClusterProfile.ambient(), undefined, 'SM1281'],
  ])('in %s', (_, profile, membership, code) => {
    const chart = shopChart();
    profile.applyTo(chart);
    new JwtAuthentication(chart, 'jwt', { target: new TestDeployment(chart, 'ledger', membership), issuers: [login()] });
    expect(problems(chart, code)).toMatchObject([{ path: 'chart/jwt', field: 'target' }]);
  });

  test('on an exempt path that matches nothing', () => {
    const chart = shopChart();
    new JwtAuthentication(chart, 'jwt', { target: new TestDeployment(chart, 'ledger'), issuers: [login()], exemptPaths: ['healthz'] });
    expect(problems(chart, 'SM0206')).toMatchObject([{ field: 'exemptPaths', value: '"healthz"' }]);
  });

  test('on who receives events, which bring no token', () => {
    const chart = shopChart();
    const orders = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    orders.receiveEvents();
    new JwtAuthentication(chart, 'jwt', { target: orders, issuers: [login()] });
    expect(problems(chart, 'SM1282')).toMatchObject([{ path: 'chart/jwt', field: 'required' }]);
  });

  test('with a warning where a wildcard host leaves a way around', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['*.example.com'], tls: GatewayTls.none() });
    new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login()] });
    expect(problems(chart, 'SM1285')).toMatchObject([{ severity: 'warning', value: '"*.example.com"' }]);
  });

  test('with a warning where the gateway takes the token that a workload behind it asks for', () => {
    const build = (forwardOriginalToken: boolean) => {
      const chart = shopChart();
      new TestDeployment(chart, 'ledger').grantInvoke(Caller.jwt({ issuer: login() }));
      const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
      new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login({ forwardOriginalToken })] });
      return problems(chart, 'SM1283');
    };
    expect(build(false)).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('service shop/ledger') }]);
    expect(build(true)).toEqual([]);
  });
});

describe('a grant by token', () => {
  test('brings the RequestAuthentication with it', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.jwt({ issuer: login(), subject: 'ann' }), { methods: [HttpMethod.GET] });
    expect(manifest(chart, 'RequestAuthentication').spec.jwtRules).toHaveLength(1);
    expect(manifest(chart, 'AuthorizationPolicy').spec).toMatchObject({
      action: 'ALLOW',
      rules: [{ from: [{ source: { requestPrincipals: [`${ISSUER}/ann`] } }], to: [{ operation: { methods: ['GET'], ports: ['8080'] } }] }],
    });
    expect(problems(chart)).toEqual([]);
  });

  test('asks for claims, each of them', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    to.grantInvoke(Caller.jwt({
      issuer: login(),
      claims: [Claim.of('realm_access', 'roles').includes('admin', 'owner'), Claim.of('tenant').startsWith('eu-'), Claim.of('plan').excludes('free'), Claim.of('email').endsWith('@example.com'), Claim.of('sid').exists()],
    }));
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0].when).toEqual([
      { key: 'request.auth.claims[realm_access][roles]', values: ['admin', 'owner'] },
      { key: 'request.auth.claims[tenant]', values: ['eu-*'] },
      { key: 'request.auth.claims[plan]', notValues: ['free'] },
      { key: 'request.auth.claims[email]', values: ['*@example.com'] },
      { key: 'request.auth.claims[sid]', values: ['*'] },
    ]);
    const from = new TestDeployment(chart, 'checkout');
    const good = { ...CLAIMS, realm_access: { roles: ['reader', 'admin'] }, tenant: 'eu-1', plan: 'paid', email: 'ann@example.com', sid: '1' };
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to, claims: good }).allowed).toBe(true);
    expect(reach.request({ from, to, claims: { ...good, realm_access: { roles: ['reader'] } } }).denied).toBe(true);
    expect(reach.request({ from, to, claims: { ...good, plan: 'free' } }).denied).toBe(true);
    expect(reach.request({ from, to, claims: { ...good, tenant: 'us-1' } }).denied).toBe(true);
    expect(reach.request({ from, to }).denied).toBe(true);
  });

  test('asks for a subject with slashes as a claim, because Istio parts issuer and subject at the last one', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    const subject = 'repo:shop/ledger:ref:refs/heads/main';
    to.grantInvoke(Caller.jwt({ issuer: login(), subject }));
    const [rule] = manifest(chart, 'AuthorizationPolicy').spec.rules;
    expect(rule).toMatchObject({ from: [{ source: { requestPrincipals: [`${ISSUER}/*`] } }], when: [{ key: 'request.auth.claims[sub]', values: [subject] }] });
    const from = new TestDeployment(chart, 'checkout');
    expect(Reachability.of(chart).request({ from, to, claims: { ...CLAIMS, sub: subject } }).allowed).toBe(true);
    expect(Reachability.of(chart).request({ from, to, claims: { ...CLAIMS, sub: 'main' } }).denied).toBe(true);
  });

  test('beside a caller asks for both', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    const from = new TestDeployment(chart, 'checkout');
    to.grantInvoke(from, { token: { issuer: login() } });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0].from).toEqual([
      { source: { principals: ['cluster.local/ns/shop/sa/checkout'], requestPrincipals: [`${ISSUER}/*`] } },
    ]);
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to, claims: CLAIMS }).allowed).toBe(true);
    expect(reach.request({ from, to }).denied).toBe(true);
    expect(reach.request({ from: new TestDeployment(chart, 'reports'), to, claims: CLAIMS }).denied).toBe(true);
    expect(problems(chart)).toEqual([]);
  });

  test('of two requirements asks for both of one token', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.jwt({ issuer: login(), subject: 'ann' }), { token: { issuer: login(), claims: [Claim.of('groups').includes('a')] } });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0]).toMatchObject({
      from: [{ source: { requestPrincipals: [`${ISSUER}/ann`] } }],
      when: [{ key: 'request.auth.claims[iss]', values: [ISSUER] }, { key: 'request.auth.claims[groups]', values: ['a'] }],
    });
  });

  test('is refused in ambient mode', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.jwt({ issuer: login() }));
    expect(problems(chart, 'SM1281')).toMatchObject([{ path: 'chart/ledger', field: 'grantInvoke.token' }]);
  });
});

describe('a Knative service whose callers are known by tokens', () => {
  test('needs no decision about the activator, which forwards the token', () => {
    const chart = shopChart();
    new MeshPolicy(chart, 'policy');
    const to = new TestService(chart, 'orders');
    const from = new TestDeployment(chart, 'checkout');
    to.grantInvoke(Caller.jwt({ issuer: login() }));
    expect(problems(chart)).toEqual([]);
    const reach = Reachability.of(chart);
    for (const throughActivator of [true, false]) {
      expect(reach.request({ from, to, claims: CLAIMS, throughActivator }).allowed).toBe(true);
      expect(reach.request({ from, to, throughActivator }).denied).toBe(true);
    }
  });

  test('knows callers by both where the request comes directly, and by the token behind the activator', () => {
    const chart = shopChart();
    const to = new TestService(chart, 'orders', { activator: ActivatorStrategy.verifiedByToken() });
    const [from, other] = [new TestDeployment(chart, 'checkout'), new TestDeployment(chart, 'reports')];
    to.grantInvoke(from, { token: { issuer: login() } });
    expect(problems(chart)).toEqual([]);
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to, claims: CLAIMS }).allowed).toBe(true);
    expect(reach.request({ from, to }).denied).toBe(true);
    expect(reach.request({ from: other, to, claims: CLAIMS, throughActivator: false }).denied).toBe(true);
    expect(reach.request({ from: other, to, claims: CLAIMS, throughActivator: true }).allowed).toBe(true);
  });

  test('does not let the activator forward requests without the granted token, even where it is trusted', () => {
    const chart = shopChart();
    const to = new TestService(chart, 'orders', { activator: ActivatorStrategy.trusted() });
    const from = new TestDeployment(chart, 'checkout');
    to.grantInvoke(from, { token: { issuer: login(), claims: [Claim.of('groups').includes('buyers')] } });
    const reach = Reachability.of(chart);
    expect(reach.request({ from, to, throughActivator: true }).denied).toBe(true);
    expect(reach.request({ from, to, claims: CLAIMS, throughActivator: true }).denied).toBe(true);
    expect(reach.request({ from, to, claims: { ...CLAIMS, groups: ['buyers'] }, throughActivator: true }).allowed).toBe(true);
  });

  test('refuses grants that ask for no token', () => {
    const chart = shopChart();
    const to = new TestService(chart, 'orders', { activator: ActivatorStrategy.verifiedByToken() });
    to.grantInvoke(new TestDeployment(chart, 'checkout'));
    to.receiveEvents();
    expect(problems(chart, 'SM1280')).toMatchObject([{ field: 'grantInvoke.token', value: '"service shop/checkout"' }, { field: 'activatorStrategy' }]);
  });
});

describe('grants on hosts and ports', () => {
  test('become part of the rule', () => {
    const chart = shopChart();
    new TestDeployment(chart, 'ledger').grantInvoke(Caller.namespace('bank'), { hosts: ['ledger.example.com', '*.example.org'], ports: [9443, 8443] });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules[0].to).toEqual([
      { operation: { hosts: ['*.example.org', 'ledger.example.com', 'ledger.example.com:*'], ports: ['8443', '9443'] } },
    ]);
  });
});
