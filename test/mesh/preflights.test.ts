import { Chart } from 'cdk8s';
import { TestDeployment } from './workloads';
import {
  Caller, CorsPolicy, ExtensionProvider, ExternalAuthorization, GatewayApi, GatewayTls, HttpMethod, JwtAuthentication, JwtIssuer, MeshGateway, MeshRoute, Preflights, Reachability,
  RouteAction, RouteMatch, TextMatch, UnmatchedPreflights,
} from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { Json, manifest, problems, shopChart } from '../support';

const SHOP = 'https://shop.example.com';
const ADMIN = 'https://admin.example.com';
const CLAIMS = { iss: 'https://login.example.com', sub: 'ann', aud: 'shop' };
const login = new JwtIssuer({ issuer: CLAIMS.iss, audiences: ['shop'] });
const cors = (origin: string, more: Partial<CorsPolicy> = {}): CorsPolicy => ({ allowOrigins: [TextMatch.exact(origin)], allowMethods: [HttpMethod.PUT], ...more });

interface Asked {
  readonly path?: string;
  readonly origin?: string;
  readonly method?: string;
  readonly by?: string;
  readonly host?: string;
  readonly claims?: Json;
}

interface Built {
  readonly chart: Chart;
  readonly gateway: MeshGateway;
  passes(asked?: Asked): boolean;
}

function gatewayWith(routes: (gateway: MeshGateway, behind: TestDeployment) => void, exemptPreflights?: Preflights, hosts = ['shop.example.com']): Built {
  const chart = shopChart();
  const gateway = new MeshGateway(chart, 'edge', { hosts, tls: GatewayTls.none() });
  routes(gateway, new TestDeployment(chart, 'ledger'));
  new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login], exemptPreflights });
  return {
    chart,
    gateway,
    passes: ({ path = '/users/7', origin = SHOP, method = 'PUT', by = 'OPTIONS', host = 'shop.example.com', claims } = {}) => Reachability.of(chart).request({
      from: Caller.serviceAccount('other', 'outside'),
      to: gateway,
      host,
      path,
      method: by,
      port: 8080,
      claims,
      headers: { ...origin ? { origin } : {}, ...method ? { 'access-control-request-method': method } : {} },
    }).allowed,
  };
}

describe('a gateway that asks for tokens', () => {
  test('lets those preflights pass that the CORS policy of a route answers', () => {
    const { chart, passes } = gatewayWith((gateway, ledger) => {
      gateway.route('users', { match: [RouteMatch.pathPrefix('/users')], action: RouteAction.forward(ledger), cors: cors(SHOP) });
      gateway.route('rest', { action: RouteAction.forward(ledger) });
    });
    expect(passes()).toBe(true);
    expect(passes({ path: '/users' })).toBe(true);
    expect(passes({ method: 'GET' })).toBe(true);
    expect(passes({ path: '/usersettings' })).toBe(false);
    expect(passes({ origin: ADMIN })).toBe(false);
    expect(passes({ method: 'DELETE' })).toBe(false);
    expect(passes({ host: 'shop.example.com:8080' })).toBe(true);
    expect([...problems(chart, 'SM0260'), ...problems(chart, 'SM1073')]).toEqual([]);
  });

  test('asks every other request for a token as before', () => {
    const { passes } = gatewayWith((gateway, ledger) => gateway.route('all', { action: RouteAction.forward(ledger), cors: cors(SHOP) }));
    for (const by of ['GET', 'PUT', 'POST']) expect([by, passes({ by }), passes({ by, claims: CLAIMS })]).toEqual([by, false, true]);
    expect(passes({ origin: '' })).toBe(false);
    expect(passes({ method: '' })).toBe(false);
  });

  test('writes a rule for each way of being no such preflight', () => {
    const { chart } = gatewayWith((gateway, ledger) => gateway.route('users', { match: [RouteMatch.path('/users')], action: RouteAction.forward(ledger), cors: cors(SHOP) }));
    const from = [{ source: { notRequestPrincipals: ['*'] } }];
    const hosts = ['shop.example.com', 'shop.example.com:*'];
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules).toEqual([
      { from, to: [{ operation: { hosts, notMethods: ['OPTIONS'] } }, { operation: { hosts, methods: ['OPTIONS'], notPaths: ['/users'] } }] },
      { from, to: [{ operation: { hosts, methods: ['OPTIONS'], paths: ['/users'] } }], when: [{ key: 'request.headers[Origin]', notValues: [SHOP] }] },
      {
        from,
        to: [{ operation: { hosts, methods: ['OPTIONS'], paths: ['/users'] } }],
        when: [{ key: 'request.headers[Access-Control-Request-Method]', notValues: ['GET', 'HEAD', 'POST', 'PUT'] }],
      },
    ]);
  });

  test('lets none pass to a narrower route without a CORS policy', () => {
    const { passes } = gatewayWith((gateway, ledger) => {
      gateway.route('all', { action: RouteAction.forward(ledger), cors: cors(SHOP) });
      gateway.route('admin', { match: [RouteMatch.pathPrefix('/admin')], action: RouteAction.forward(ledger) });
    });
    expect(passes()).toBe(true);
    expect(passes({ path: '/admin/users' })).toBe(false);
  });

  test('keeps the policies of several routes apart', () => {
    const { passes } = gatewayWith((gateway, ledger) => {
      gateway.route('all', { action: RouteAction.forward(ledger), cors: cors(SHOP) });
      gateway.route('admin', { match: [RouteMatch.pathPrefix('/admin')], action: RouteAction.forward(ledger), cors: cors(ADMIN) });
    });
    expect([passes({ path: '/users', origin: SHOP }), passes({ path: '/users', origin: ADMIN })]).toEqual([true, false]);
    expect([passes({ path: '/admin', origin: SHOP }), passes({ path: '/admin', origin: ADMIN })]).toEqual([false, true]);
  });

  test('keeps the routes of several hosts apart', () => {
    const { passes } = gatewayWith((gateway, ledger) => {
      gateway.route('shop', { host: 'shop.example.com', action: RouteAction.forward(ledger), cors: cors(SHOP) });
      gateway.route('bank', { host: 'bank.example.com', action: RouteAction.forward(ledger) });
    }, undefined, ['shop.example.com', 'bank.example.com']);
    expect(passes()).toBe(true);
    expect(passes({ host: 'bank.example.com' })).toBe(false);
    expect(passes({ host: 'bank.example.com', by: 'GET', claims: CLAIMS })).toBe(true);
  });

  test('knows the routes that others delegate to', () => {
    const { passes } = gatewayWith((gateway, ledger) => {
      const team = new MeshRoute(gateway, 'team');
      team.addRoute('users', { match: [RouteMatch.pathPrefix('/users')], action: RouteAction.forward(ledger), cors: cors(SHOP) });
      gateway.route('team', { match: [RouteMatch.pathPrefix('/users')], action: RouteAction.delegate(team) });
    });
    expect(passes()).toBe(true);
    expect(passes({ path: '/orders' })).toBe(false);
  });

  test('lets none pass that a route takes by other methods alone', () => {
    const { passes } = gatewayWith((gateway, ledger) => gateway.route('read', { match: [RouteMatch.methods(HttpMethod.GET)], action: RouteAction.forward(ledger), cors: cors(SHOP) }));
    expect(passes()).toBe(false);
  });

  test('lets all pass where the policy answers those of other origins as well', () => {
    const ignoring = cors(SHOP, { allowOrigins: [TextMatch.regex('https://.*\\.example\\.com')], unmatchedPreflights: UnmatchedPreflights.IGNORE });
    const { passes, chart } = gatewayWith((gateway, ledger) => gateway.route('all', { action: RouteAction.forward(ledger), cors: ignoring }));
    expect(passes({ origin: 'https://evil.example.org' })).toBe(true);
    expect(problems(chart, 'SM0260')).toEqual([]);
  });

  test('can let all of them pass, for apps that answer themselves, or none', () => {
    const all = gatewayWith((gateway, ledger) => gateway.route('all', { action: RouteAction.forward(ledger) }), Preflights.ALL);
    expect([all.passes({ origin: ADMIN, method: 'DELETE' }), all.passes({ origin: '' }), all.passes({ by: 'GET' })]).toEqual([true, false, false]);
    const none = gatewayWith((gateway, ledger) => gateway.route('all', { action: RouteAction.forward(ledger), cors: cors(SHOP) }), Preflights.NONE);
    expect(none.passes()).toBe(false);
  });

  test('of the Gateway API knows its routes as well', () => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none(), api: GatewayApi.KUBERNETES });
    gateway.route('all', { action: RouteAction.forward(new TestDeployment(chart, 'ledger')), cors: cors(SHOP) });
    new JwtAuthentication(chart, 'jwt', { target: gateway, issuers: [login] });
    expect(manifest(chart, 'AuthorizationPolicy').spec.rules).toHaveLength(3);
    expect(problems(chart, 'SM1073')).toEqual([]);
  });
});

test.each([
  ['origins', undefined, { allowOrigins: [TextMatch.regex('https://.*')] }],
  ['paths', [RouteMatch.pathRegex('/users/[0-9]+')], { allowOrigins: [TextMatch.exact(SHOP)] }],
])('warns of a CORS policy for %s by a regular expression, to which no preflight gets', (_, match, policy) => {
  const { chart, passes } = gatewayWith((gateway, ledger) => gateway.route('users', { match, action: RouteAction.forward(ledger), cors: policy }));
  expect(problems(chart, 'SM0260')).toMatchObject([{ path: 'chart/jwt', severity: 'warning', value: '"users"' }]);
  expect(passes()).toBe(false);
  const none = gatewayWith((gateway, ledger) => gateway.route('users', { match, action: RouteAction.forward(ledger), cors: policy }), Preflights.NONE);
  expect(problems(none.chart, 'SM0260')).toEqual([]);
});

describe('an external authorizer', () => {
  const rulesOf = (props: Json) => {
    const chart = shopChart();
    const gateway = new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    gateway.route('users', { match: [RouteMatch.pathPrefix('/users')], action: RouteAction.forward(new TestDeployment(chart, 'ledger')), cors: cors(SHOP) });
    new ExternalAuthorization(chart, 'ext', { target: gateway, provider: ExtensionProvider.named('opa'), ...props });
    return manifest(chart, 'AuthorizationPolicy').spec.rules as Json[];
  };

  test('is not asked about preflights that the gateway answers', () => {
    const rules = rulesOf({});
    expect(rules[0].to).toEqual([
      { operation: { hosts: ['shop.example.com', 'shop.example.com:*'], notMethods: ['OPTIONS'] } },
      { operation: { hosts: ['shop.example.com', 'shop.example.com:*'], methods: ['OPTIONS'], notPaths: ['/users', '/users/*'] } },
    ]);
    expect(rules.slice(1).map(rule => rule.when[0].key)).toEqual(['request.headers[Origin]', 'request.headers[Access-Control-Request-Method]']);
  });

  test('is asked about paths that it was said to, and no others', () => {
    const operations = rulesOf({ paths: ['/users/me', '/orders/*'] }).flatMap(rule => rule.to.map((to: Json) => to.operation));
    expect(operations.map(({ methods, paths, notPaths }) => ({ methods, paths, notPaths }))).toEqual([
      { paths: ['/users/me', '/orders/*'] },
      { methods: ['OPTIONS'], paths: ['/users/me', '/orders/*'], notPaths: ['/users', '/users/*'] },
      { methods: ['OPTIONS'], paths: ['/users/me'] },
      { methods: ['OPTIONS'], paths: ['/users/me'] },
    ]);
  });

  test('that is asked about some methods alone is asked as before', () => {
    expect(rulesOf({ methods: [HttpMethod.PUT] })).toHaveLength(1);
  });
});

describe('a policy by hand at a gateway with a CORS policy', () => {
  const app = (spec: string, http = 'corsPolicy: { allowOrigins: [{ exact: "https://www.example.com" }] }, route: [{ destination: { host: orders } }]') => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [public], http: [{ ${http} }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: edge, namespace: istio-system }
spec: { selector: { matchLabels: { istio: ingressgateway } }, ${spec} }
`;
  const NO_TOKEN = 'from: [{ source: { notRequestPrincipals: ["*"] } }]';
  const found = (yaml: string) => checkFiles([{ name: 'app.yaml', text: yaml }]).filter(({ code }) => code === 'SM0268').length;

  test.each([
    ['that denies what brings no token', `action: DENY, rules: [{ ${NO_TOKEN} }]`, 1],
    ['that allows tokens alone', 'rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }]', 1],
    ['that allows some methods and not OPTIONS', 'rules: [{ to: [{ operation: { methods: [GET, POST] } }] }]', 1],
    ['that leaves OPTIONS out', `action: DENY, rules: [{ ${NO_TOKEN}, to: [{ operation: { notMethods: [OPTIONS] } }] }]`, 0],
    ['that leaves preflights out', `action: DENY, rules: [{ ${NO_TOKEN}, when: [{ key: "request.headers[Access-Control-Request-Method]", notValues: ["*"] }] }]`, 0],
    ['for another host', `action: DENY, rules: [{ ${NO_TOKEN}, to: [{ operation: { hosts: [bank.example.com] } }] }]`, 0],
    ['that denies the request as well', 'rules: [{ to: [{ operation: { hosts: [bank.example.com] } }] }]', 0],
    ['on addresses, of which nobody can tell', 'rules: [{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }]', 0],
    ['that is on trial', `action: AUDIT, rules: [{ ${NO_TOKEN} }]`, 0],
  ])('%s', (_, spec, expected) => expect(found(app(spec))).toBe(expected));

  test.each([
    ['without a CORS policy', 'route: [{ destination: { host: orders } }]'],
    ['with origins that no text says', 'corsPolicy: { allowOrigins: [{ regex: ".*" }] }, route: [{ destination: { host: orders } }]'],
    ['for other methods', 'match: [{ method: { exact: GET } }], corsPolicy: { allowOrigins: [{ exact: "https://a.example.com" }] }, route: [{ destination: { host: orders } }]'],
  ])('is no matter of a route %s', (_, http) => expect(found(app(`action: DENY, rules: [{ ${NO_TOKEN} }]`, http))).toBe(0));

  test.each([
    ['that denies what brings no token', NO_TOKEN, 1],
    ['that leaves OPTIONS out', `${NO_TOKEN}, to: [{ operation: { notMethods: [OPTIONS] } }]`, 0],
  ])('of the Gateway API %s', (_, rule, expected) => {
    const yaml = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop }
spec:
  parentRefs: [{ name: public }]
  hostnames: [shop.example.com]
  rules: [{ filters: [{ type: CORS, cors: { allowOrigins: ["https://www.example.com"] } }], backendRefs: [{ name: orders, port: 80 }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: edge, namespace: shop }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }], action: DENY, rules: [{ ${rule} }] }
`;
    expect(found(yaml)).toBe(expected);
  });

  test('is found where the constructs are told to let none pass', () => {
    const routes = (gateway: MeshGateway, ledger: TestDeployment) => gateway.route('all', { action: RouteAction.forward(ledger), cors: cors(SHOP) });
    expect(problems(gatewayWith(routes).chart, 'SM0268')).toEqual([]);
    expect(problems(gatewayWith(routes, Preflights.NONE).chart, 'SM0268')).toHaveLength(1);
  });
});
