import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import {
  ClusterProfile, CorsPolicy, Fault, GatewayTls, HttpMethod, IngressClass, MeshGateway, MeshRoute, PathRewrite, RetryOn, RouteAction, RouteMatch, RouteOptions, RouteOrder, RouteTarget,
  TextMatch, UnmatchedPreflights,
} from '../../../lib';
import { Json, manifest, problems, shopChart } from '../../support';
import { TestDeployment, TestService } from '../workloads';

function setup() {
  const chart = shopChart();
  const [reviews, ratings, users] = [new TestDeployment(chart, 'reviews'), new TestDeployment(chart, 'ratings'), new TestService(chart, 'users')];
  return { chart, reviews, ratings, users, route: new MeshRoute(chart, 'reviews-route', { workloads: [reviews] }) };
}

/** The one route that some options give. */
function rendered(options: (targets: ReturnType<typeof setup>) => Partial<RouteOptions>): Json {
  const targets = setup();
  targets.route.addRoute('route', { action: RouteAction.forward(targets.reviews), ...options(targets) });
  return manifest(targets.route, 'VirtualService').spec.http[0];
}

/** What is found beside that the workloads of these tests have no Service. */
const found = (scope: IConstruct) => problems(scope).filter(({ code }) => code !== 'SM0801');

describe('routes in the mesh', () => {
  it('are for the host of a workload, and sidecars follow them', () => {
    const { route, reviews } = setup();
    route.addRoute('all', { action: RouteAction.forward(reviews) });
    expect(manifest(route, 'VirtualService')).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'reviews-route', namespace: 'shop' },
      spec: {
        hosts: ['reviews.shop.svc.cluster.local'],
        http: [{ name: 'all', route: [{ destination: { host: 'reviews.shop.svc.cluster.local', port: { number: 80 } } }] }],
      },
    });
    expect(found(route)).toEqual([]);
  });

  it('may hold at a gateway as well', () => {
    const { chart, reviews } = setup();
    const gateway = new MeshGateway(chart, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
    const route = new MeshRoute(chart, 'both', { hosts: ['shop.example.com'], gateways: [gateway], inMesh: true, exportTo: ['.'] });
    route.addRoute('all', { action: RouteAction.forward(reviews) });
    expect(manifest(route, 'VirtualService').spec).toMatchObject({ gateways: ['public', 'mesh'], exportTo: ['.'] });
  });

  it('decide by all that a request says', () => {
    const match = RouteMatch.path('/reviews').ignoringCase()
      .and(RouteMatch.methods(HttpMethod.GET, HttpMethod.HEAD))
      .and(RouteMatch.header('Cookie', TextMatch.regex('.*tester=1.*')))
      .and(RouteMatch.header('x-group', TextMatch.present()))
      .and(RouteMatch.withoutHeader('x-bot'))
      .and(RouteMatch.query('v', TextMatch.exact('2')))
      .and(RouteMatch.authority(TextMatch.prefix('reviews')))
      .and(RouteMatch.scheme(TextMatch.exact('http')))
      .and(RouteMatch.port(80))
      .and(RouteMatch.sourceNamespace('web'))
      .and(RouteMatch.sourceLabels({ app: 'page' }))
      .countedAs('reviews');
    expect(rendered(() => ({ match: [match] })).match).toEqual([{
      uri: { exact: '/reviews' },
      ignoreUriCase: true,
      method: { regex: 'GET|HEAD' },
      headers: { 'cookie': { regex: '.*tester=1.*' }, 'x-group': { regex: '.*' } },
      withoutHeaders: { 'x-bot': { regex: '.*' } },
      queryParams: { v: { exact: '2' } },
      authority: { prefix: 'reviews' },
      scheme: { exact: 'http' },
      port: 80,
      sourceNamespace: 'web',
      sourceLabels: { app: 'page' },
      statPrefix: 'reviews',
    }]);
  });

  it.each<[string, RouteMatch, Json]>([
    ['a path and all below it, which ends with a segment', RouteMatch.pathPrefix('/users/'), [{ uri: { exact: '/users' } }, { uri: { prefix: '/users/' } }]],
    ['a text that paths begin with', RouteMatch.pathStartsWith('/users'), [{ uri: { prefix: '/users' } }]],
    ['a pattern', RouteMatch.pathRegex('/users/[0-9]+'), [{ uri: { regex: '/users/[0-9]+' } }]],
    ['one method', RouteMatch.methods(HttpMethod.POST), [{ method: { exact: 'POST' } }]],
    ['everything, which needs no match', RouteMatch.pathPrefix('/'), undefined],
  ])('match %s', (_, match, expected) => expect(rendered(() => ({ match: [match] })).match).toEqual(expected));

  it('change, delay, break, repeat, copy and answer', () => {
    const cors: CorsPolicy = {
      allowOrigins: [TextMatch.exact('https://shop.example.com')],
      allowMethods: [HttpMethod.GET],
      allowHeaders: ['x-group'],
      exposeHeaders: ['x-page'],
      maxAge: Duration.hours(1),
      allowCredentials: true,
      unmatchedPreflights: UnmatchedPreflights.IGNORE,
    };
    expect(rendered(({ ratings }) => ({
      authority: 'reviews.internal',
      requestHeaders: { set: { a: '1' }, add: { b: '2' }, remove: ['c'] },
      responseHeaders: { remove: ['server'] },
      cors,
      fault: Fault.delay(Duration.millis(1500), 10).and(Fault.abort(503, 0.5)),
      timeout: Duration.seconds(5),
      retries: {
        attempts: 2,
        perTryTimeout: Duration.millis(800),
        on: [RetryOn.CONNECT_FAILURE, RetryOn.RESET_BEFORE_REQUEST],
        onStatus: [503],
        backoff: Duration.millis(50),
        otherLocalities: true,
        avoidPreviousHosts: false,
      },
      mirrors: [{ target: ratings, percent: 5 }, { target: ratings }],
    }))).toEqual({
      name: 'route',
      route: [{ destination: { host: 'reviews.shop.svc.cluster.local', port: { number: 80 } } }],
      rewrite: { authority: 'reviews.internal' },
      headers: { request: { set: { a: '1' }, add: { b: '2' }, remove: ['c'] }, response: { remove: ['server'] } },
      corsPolicy: {
        allowOrigins: [{ exact: 'https://shop.example.com' }],
        allowMethods: ['GET'],
        allowHeaders: ['x-group'],
        exposeHeaders: ['x-page'],
        maxAge: '3600s',
        allowCredentials: true,
        unmatchedPreflights: 'IGNORE',
      },
      fault: { delay: { fixedDelay: '1500ms', percentage: { value: 10 } }, abort: { httpStatus: 503, percentage: { value: 0.5 } } },
      timeout: '5s',
      retries: { attempts: 2, perTryTimeout: '800ms', retryOn: 'connect-failure,reset-before-request,503', backoff: '50ms', retryRemoteLocalities: true, retryIgnorePreviousHosts: false },
      mirrors: [
        { destination: { host: 'ratings.shop.svc.cluster.local', port: { number: 80 } }, percentage: { value: 5 } },
        { destination: { host: 'ratings.shop.svc.cluster.local', port: { number: 80 } }, percentage: { value: 100 } },
      ],
    });
  });

  it('redirect, to the port of the scheme where one is said', () => {
    expect(rendered(() => ({ action: RouteAction.redirect({ host: 'new.example.com', path: '/', scheme: 'https', status: 308 }) })).redirect).toEqual({
      authority: 'new.example.com', uri: '/', scheme: 'https', derivePort: 'FROM_PROTOCOL_DEFAULT', redirectCode: 308,
    });
    expect(rendered(() => ({ action: RouteAction.redirect({ port: 8443 }) })).redirect).toEqual({ port: 8443 });
  });

  it('answer by themselves', () => {
    expect(rendered(() => ({ action: RouteAction.respond(503, { body: 'closed' }) })).directResponse).toEqual({ status: 503, body: { string: 'closed' } });
    expect(rendered(() => ({ action: RouteAction.respond(204) })).directResponse).toEqual({ status: 204 });
    expect(rendered(() => ({ action: RouteAction.respondBytes(200, 'AAEC') })).directResponse).toEqual({ status: 200, body: { bytes: 'AAEC' } });
    expect(rendered(() => ({ fault: Fault.abortGrpc('UNAVAILABLE', 1) })).fault.abort).toEqual({ grpcStatus: 'UNAVAILABLE', percentage: { value: 1 } });
  });

  it('are delegated to routes without hosts', () => {
    const { chart, route, ratings } = setup();
    const delegate = new MeshRoute(chart, 'ratings-routes');
    delegate.addRoute('all', { action: RouteAction.forward(ratings) });
    route.addRoute('ratings', { match: [RouteMatch.pathPrefix('/ratings')], action: RouteAction.delegate(delegate) });
    expect(manifest(route, 'VirtualService').spec.http[0].delegate).toEqual({ name: 'ratings-routes', namespace: 'shop' });
    expect(manifest(delegate, 'VirtualService').spec.hosts).toBeUndefined();
  });

  it('carry connections by SNI and by port', () => {
    const { chart, reviews } = setup();
    const gateway = new MeshGateway(chart, 'public', { hosts: ['db.example.com'], tls: GatewayTls.passthrough() });
    gateway.routesOf('db.example.com').addTlsRoute({ sniHosts: ['db.example.com'], port: 443, action: RouteAction.forward(reviews) });
    gateway.routesOf('db.example.com').addTcpRoute({ port: 31400, action: RouteAction.split({ target: reviews, weight: 50 }, { target: RouteTarget.host('db.old.svc.cluster.local', 5432), weight: 50 }) });
    expect(manifest(gateway, 'VirtualService').spec).toMatchObject({
      tls: [{ match: [{ sniHosts: ['db.example.com'], port: 443 }], route: [{ destination: { host: 'reviews.shop.svc.cluster.local', port: { number: 80 } } }] }],
      tcp: [{ match: [{ port: 31400 }], route: [{ weight: 50 }, { weight: 50, destination: { host: 'db.old.svc.cluster.local', port: { number: 5432 } } }] }],
    });
  });
});

/** What Envoy's regular expressions make of a path; RE2 and JavaScript agree on these. */
function rewritten({ uri, uriRegexRewrite }: Json, matched: string, path: string): string {
  if (uri !== undefined) return uri + path.slice(matched.length);
  const caseless = uriRegexRewrite.match.startsWith('(?i)');
  return path.replace(new RegExp(uriRegexRewrite.match.replace('(?i)', ''), caseless ? 'gi' : 'g'), uriRegexRewrite.rewrite.replace(/\\(\d)/g, '$$$1'));
}

describe('the path that targets see', () => {
  it.each<[string, RouteMatch[], string, string, string, string]>([
    ['a part is taken off', [RouteMatch.pathPrefix('/users')], '/', '', '/users/7', '/7'],
    ['a part is taken off a path that is nothing else', [RouteMatch.pathPrefix('/users')], '/', '', '/users', '/'],
    ['a part becomes another', [RouteMatch.pathPrefix('/users')], '/v2/people', '', '/users/7', '/v2/people/7'],
    ['a part becomes another, alone', [RouteMatch.pathPrefix('/users')], '/v2/people', '', '/users', '/v2/people'],
    ['one of several parts', [RouteMatch.pathPrefix('/users'), RouteMatch.pathPrefix('/people')], '/', '', '/people/7', '/7'],
    ['a part is put in front', [], '/v2', '', '/users/7', '/v2/users/7'],
    ['a dot is a dot', [RouteMatch.pathPrefix('/v1.0')], '/', '', '/v1.0/a', '/a'],
    ['letters of any case', [RouteMatch.pathPrefix('/users').ignoringCase()], '/', '', '/Users/7', '/7'],
    ['a text is replaced as it is', [RouteMatch.pathStartsWith('/api-')], '/', '/api-', '/api-x', '/x'],
  ])('%s', (_, match, replacement, matched, path, expected) => {
    const { rewrite } = rendered(() => ({ match, rewrite: PathRewrite.prefix(replacement) }));
    expect(rewritten(rewrite, matched, path)).toBe(expected);
  });

  it('is replaced as a whole', () => {
    const { rewrite } = rendered(() => ({ rewrite: PathRewrite.full('/status') }));
    expect(rewritten(rewrite, '', '/a/b')).toBe('/status');
  });

  it('is what a pattern makes of it', () => {
    expect(rendered(() => ({ rewrite: PathRewrite.regex('^/a/(.*)$', '/b/\\1') })).rewrite).toEqual({ uriRegexRewrite: { match: '^/a/(.*)$', rewrite: '/b/\\1' } });
  });
});

describe('the order of routes', () => {
  const names = (order?: RouteOrder) => {
    const { chart, reviews } = setup();
    const route = new MeshRoute(chart, 'ordered', { hosts: ['ordered.shop.svc.cluster.local'], order });
    const add = (name: string, ...match: RouteMatch[]) => route.addRoute(name, { match, action: RouteAction.forward(reviews) });
    add('rest');
    add('api', RouteMatch.pathPrefix('/api'));
    add('api-users', RouteMatch.pathPrefix('/api/users'));
    add('premium', RouteMatch.pathPrefix('/api').and(RouteMatch.header('user-type', TextMatch.exact('premium'))));
    add('wide', RouteMatch.path('/health'), RouteMatch.pathPrefix('/'));
    add('health', RouteMatch.path('/health'));
    add('numbers', RouteMatch.pathRegex('/[0-9]+'));
    return manifest(route, 'VirtualService').spec.http.map(({ name }: { name: string }) => name);
  };

  it('is from the most to the least specific, so that no route hides another', () => {
    expect(names()).toEqual(['health', 'numbers', 'api-users', 'premium', 'api', 'rest', 'wide']);
  });

  it('is as said where that is asked for', () => {
    expect(names(RouteOrder.AS_SAID)).toEqual(['rest', 'api', 'api-users', 'premium', 'wide', 'health', 'numbers']);
  });
});

describe('routes refuse', () => {
  const refused = (code: string, options: (targets: ReturnType<typeof setup>) => Partial<RouteOptions>) => {
    const targets = setup();
    targets.route.addRoute('route', { action: RouteAction.forward(targets.reviews), ...options(targets) });
    const refusals = problems(targets.route, code);
    expect(refusals).toHaveLength(1);
    return refusals[0];
  };

  it('shares that do not add up to 100', () => {
    expect(refused('SM1223', ({ reviews, ratings }) => ({ action: RouteAction.split({ target: reviews, weight: 75 }, { target: ratings, weight: 20 }) }))).toMatchObject({ value: '[75,20]' });
  });

  it('another host for a serverless service', () => {
    refused('SM1224', ({ users }) => ({ action: RouteAction.forward(users), authority: 'users.example.com' }));
    refused('SM1224', ({ users }) => ({ action: RouteAction.forward(users), requestHeaders: { set: { host: 'users.example.com' } } }));
  });

  it('a serverless service as a mirror', () => {
    expect(refused('SM1225', ({ users }) => ({ mirrors: [{ target: users }] })).reason).toContain('keeps the host of the original');
  });

  it('credentials for every origin', () => {
    refused('SM1226', () => ({ cors: { allowOrigins: [TextMatch.exact('*')], allowCredentials: true } }));
  });

  it('retries that the timeout cuts off', () => {
    expect(refused('SM1227', () => ({ timeout: Duration.seconds(2), retries: { attempts: 2, perTryTimeout: Duration.seconds(1) } }))).toMatchObject({ severity: 'warning', value: '"3 x 1000 ms"' });
  });

  it('to do nothing, and what is no match', () => {
    refused('SM1221', () => ({ action: undefined }));
    refused('SM0005', () => ({ match: ['/users'] as unknown as RouteMatch[] }));
  });

  it('one name for two routes', () => {
    const { route, reviews } = setup();
    route.addRoute('all', { action: RouteAction.forward(reviews) });
    route.addRoute('all', { match: [RouteMatch.path('/a')], action: RouteAction.forward(reviews) });
    expect(problems(route, 'SM1222')).toHaveLength(1);
  });

  it('a second set for one host', () => {
    const { chart, route, reviews } = setup();
    const other = new MeshRoute(chart, 'other', { workloads: [reviews] });
    for (const each of [route, other]) each.addRoute('all', { action: RouteAction.forward(reviews) });
    expect(problems(chart, 'SM1234').map(({ path }) => path)).toEqual(['chart/reviews-route', 'chart/other']);
  });

  it('the host of a serverless service in the mesh', () => {
    const { chart, users } = setup();
    new MeshRoute(chart, 'users-route', { workloads: [users] }).addRoute('all', { action: RouteAction.forward(users) });
    expect(problems(chart, 'SM1228')).toHaveLength(1);
  });

  it('a serverless service where Knative has no gateway of Istio', () => {
    const { chart, users, route } = setup();
    new ClusterProfile({ ingressClass: IngressClass.KOURIER }).applyTo(chart);
    route.addRoute('users', { action: RouteAction.forward(users) });
    expect(problems(route, 'SM1229')[0].reason).toContain('kourier');
  });

  it('a cluster without a mesh', () => {
    const { chart, route } = setup();
    ClusterProfile.withoutMesh().applyTo(chart);
    expect(problems(route, 'SM1220')).toHaveLength(1);
  });
});
