import { App, Chart, Duration } from 'cdk8s';
import {
  Fault, GatewayTls, HttpMethod, IWorkloadVersion, MeshGateway, MeshRoute, PathRewrite, RetryOn, RouteAction, RouteMatch, RouteOptions, RouteTarget, TextMatch,
  UnmatchedPreflights, Workload,
} from '../../../lib';
import { Json, Table, without } from '../table';

const fields = {
  'spec.exportTo[]': 'MeshRouteProps.exportTo',
  'spec.gateways[]': 'MeshRouteProps.gateways, inMesh; MeshGateway.route',
  'spec.hosts[]': 'MeshRouteProps.hosts, workloads; MeshGateway.route',
  'spec.http[].corsPolicy.allowCredentials': 'RouteOptions.cors: CorsPolicy.allowCredentials',
  'spec.http[].corsPolicy.allowHeaders[]': 'RouteOptions.cors: CorsPolicy.allowHeaders',
  'spec.http[].corsPolicy.allowMethods[]': 'RouteOptions.cors: CorsPolicy.allowMethods',
  'spec.http[].corsPolicy.allowOrigin[]': without('Istio replaced it by allowOrigins'),
  'spec.http[].corsPolicy.allowOrigins[].exact': 'RouteOptions.cors: CorsPolicy.allowOrigins with TextMatch.exact',
  'spec.http[].corsPolicy.allowOrigins[].prefix': 'RouteOptions.cors: CorsPolicy.allowOrigins with TextMatch.prefix',
  'spec.http[].corsPolicy.allowOrigins[].regex': 'RouteOptions.cors: CorsPolicy.allowOrigins with TextMatch.regex',
  'spec.http[].corsPolicy.exposeHeaders[]': 'RouteOptions.cors: CorsPolicy.exposeHeaders',
  'spec.http[].corsPolicy.maxAge': 'RouteOptions.cors: CorsPolicy.maxAge',
  'spec.http[].corsPolicy.unmatchedPreflights': 'RouteOptions.cors: CorsPolicy.unmatchedPreflights',
  'spec.http[].delegate.name': 'RouteAction.delegate',
  'spec.http[].delegate.namespace': 'RouteAction.delegate',
  'spec.http[].directResponse.body.bytes': 'RouteAction.respondBytes',
  'spec.http[].directResponse.body.string': 'RouteAction.respond: body',
  'spec.http[].directResponse.status': 'RouteAction.respond',
  'spec.http[].fault.abort.grpcStatus': 'Fault.abortGrpc',
  'spec.http[].fault.abort.http2Error': without('Istio does not bring it about'),
  'spec.http[].fault.abort.httpStatus': 'Fault.abort',
  'spec.http[].fault.abort.percentage.value': 'Fault.abort: percent',
  'spec.http[].fault.delay.exponentialDelay': without('Istio has no delays that grow'),
  'spec.http[].fault.delay.fixedDelay': 'Fault.delay',
  'spec.http[].fault.delay.percent': without('Istio replaced it by percentage'),
  'spec.http[].fault.delay.percentage.value': 'Fault.delay: percent',
  'spec.http[].headers.request.add{}': 'RouteOptions.requestHeaders: HeaderChanges.add',
  'spec.http[].headers.request.remove[]': 'RouteOptions.requestHeaders: HeaderChanges.remove',
  'spec.http[].headers.request.set{}': 'RouteOptions.requestHeaders: HeaderChanges.set',
  'spec.http[].headers.response.add{}': 'RouteOptions.responseHeaders: HeaderChanges.add',
  'spec.http[].headers.response.remove[]': 'RouteOptions.responseHeaders: HeaderChanges.remove',
  'spec.http[].headers.response.set{}': 'RouteOptions.responseHeaders: HeaderChanges.set',
  'spec.http[].match[].authority.exact': 'RouteMatch.authority with TextMatch.exact',
  'spec.http[].match[].authority.prefix': 'RouteMatch.authority with TextMatch.prefix',
  'spec.http[].match[].authority.regex': 'RouteMatch.authority with TextMatch.regex',
  'spec.http[].match[].headers{}.exact': 'RouteMatch.header with TextMatch.exact',
  'spec.http[].match[].headers{}.prefix': 'RouteMatch.header with TextMatch.prefix',
  'spec.http[].match[].headers{}.regex': 'RouteMatch.header with TextMatch.regex',
  'spec.http[].match[].queryParams{}.exact': 'RouteMatch.query with TextMatch.exact',
  'spec.http[].match[].queryParams{}.prefix': 'RouteMatch.query with TextMatch.prefix',
  'spec.http[].match[].queryParams{}.regex': 'RouteMatch.query with TextMatch.regex',
  'spec.http[].match[].scheme.exact': 'RouteMatch.scheme with TextMatch.exact',
  'spec.http[].match[].scheme.prefix': 'RouteMatch.scheme with TextMatch.prefix',
  'spec.http[].match[].scheme.regex': 'RouteMatch.scheme with TextMatch.regex',
  'spec.http[].match[].withoutHeaders{}.exact': 'RouteMatch.withoutHeader with TextMatch.exact',
  'spec.http[].match[].withoutHeaders{}.prefix': 'RouteMatch.withoutHeader with TextMatch.prefix',
  'spec.http[].match[].withoutHeaders{}.regex': 'RouteMatch.withoutHeader with TextMatch.regex',
  'spec.http[].match[].gateways[]': 'RouteMatch.gateways',
  'spec.http[].match[].ignoreUriCase': 'RouteMatch.ignoringCase',
  'spec.http[].match[].method.exact': 'RouteMatch.methods with one',
  'spec.http[].match[].method.regex': 'RouteMatch.methods with several',
  'spec.http[].match[].method.prefix': without('methods are named in full'),
  'spec.http[].match[].name': 'RouteMatch.named',
  'spec.http[].match[].port': 'RouteMatch.port',
  'spec.http[].match[].sourceLabels{}': 'RouteMatch.sourceLabels',
  'spec.http[].match[].sourceNamespace': 'RouteMatch.sourceNamespace',
  'spec.http[].match[].statPrefix': 'RouteMatch.countedAs',
  'spec.http[].match[].uri.exact': 'RouteMatch.path, pathPrefix',
  'spec.http[].match[].uri.prefix': 'RouteMatch.pathPrefix, pathStartsWith',
  'spec.http[].match[].uri.regex': 'RouteMatch.pathRegex',
  'spec.http[].mirror.host': without('mirrors says the same of one and of several'),
  'spec.http[].mirror.port.number': without('mirrors says the same of one and of several'),
  'spec.http[].mirror.subset': without('mirrors says the same of one and of several'),
  'spec.http[].mirrorPercent': without('mirrors says the same of one and of several'),
  'spec.http[].mirrorPercentage.value': without('mirrors says the same of one and of several'),
  'spec.http[].mirror_percent': without('mirrors says the same of one and of several'),
  'spec.http[].mirrors[].destination.host': 'RouteOptions.mirrors: Mirror.target',
  'spec.http[].mirrors[].destination.port.number': 'RouteOptions.mirrors: Mirror.target',
  'spec.http[].mirrors[].destination.subset': 'RouteOptions.mirrors: Mirror.target',
  'spec.http[].mirrors[].percentage.value': 'RouteOptions.mirrors: Mirror.percent',
  'spec.http[].name': 'the name of the route',
  'spec.http[].redirect.authority': 'RouteAction.redirect: host',
  'spec.http[].redirect.derivePort': 'RouteAction.redirect: scheme without port',
  'spec.http[].redirect.port': 'RouteAction.redirect: port',
  'spec.http[].redirect.redirectCode': 'RouteAction.redirect: status',
  'spec.http[].redirect.scheme': 'RouteAction.redirect: scheme',
  'spec.http[].redirect.uri': 'RouteAction.redirect: path',
  'spec.http[].retries.attempts': 'RouteOptions.retries: RetryPolicy.attempts',
  'spec.http[].retries.backoff': 'RouteOptions.retries: RetryPolicy.backoff',
  'spec.http[].retries.perTryTimeout': 'RouteOptions.retries: RetryPolicy.perTryTimeout',
  'spec.http[].retries.retryIgnorePreviousHosts': 'RouteOptions.retries: RetryPolicy.avoidPreviousHosts',
  'spec.http[].retries.retryOn': 'RouteOptions.retries: RetryPolicy.on, onStatus',
  'spec.http[].retries.retryRemoteLocalities': 'RouteOptions.retries: RetryPolicy.otherLocalities',
  'spec.http[].rewrite.authority': 'RouteOptions.authority; a serverless target',
  'spec.http[].rewrite.uri': 'RouteOptions.rewrite: PathRewrite.prefix',
  'spec.http[].rewrite.uriRegexRewrite.match': 'PathRewrite.regex, full, prefix of pathPrefix',
  'spec.http[].rewrite.uriRegexRewrite.rewrite': 'PathRewrite.regex, full, prefix of pathPrefix',
  'spec.http[].route[].destination.host': 'RouteAction.forward, split: target',
  'spec.http[].route[].destination.port.number': 'RouteAction.forward, split: target',
  'spec.http[].route[].destination.subset': 'IWorkloadVersion as a target',
  'spec.http[].route[].headers.request.add{}': 'WeightedTarget.requestHeaders: HeaderChanges.add',
  'spec.http[].route[].headers.request.remove[]': 'WeightedTarget.requestHeaders: HeaderChanges.remove',
  'spec.http[].route[].headers.request.set{}': 'WeightedTarget.requestHeaders: HeaderChanges.set',
  'spec.http[].route[].headers.response.add{}': 'WeightedTarget.responseHeaders: HeaderChanges.add',
  'spec.http[].route[].headers.response.remove[]': 'WeightedTarget.responseHeaders: HeaderChanges.remove',
  'spec.http[].route[].headers.response.set{}': 'WeightedTarget.responseHeaders: HeaderChanges.set',
  'spec.http[].route[].weight': 'RouteAction.split: WeightedTarget.weight',
  'spec.http[].timeout': 'RouteOptions.timeout',
  'spec.tcp[].match[].destinationSubnets[]': 'TcpRouteOptions.destinationSubnets',
  'spec.tcp[].match[].gateways[]': without('the gateways of the MeshRoute'),
  'spec.tcp[].match[].port': 'TcpRouteOptions.port',
  'spec.tcp[].match[].sourceLabels{}': 'TcpRouteOptions.sourceLabels',
  'spec.tcp[].match[].sourceNamespace': 'TcpRouteOptions.sourceNamespace',
  'spec.tcp[].match[].sourceSubnet': without('Istio does not look at it'),
  'spec.tcp[].route[].destination.host': 'TcpRouteOptions.action: target',
  'spec.tcp[].route[].destination.port.number': 'TcpRouteOptions.action: target',
  'spec.tcp[].route[].destination.subset': 'TcpRouteOptions.action: target',
  'spec.tcp[].route[].weight': 'TcpRouteOptions.action: WeightedTarget.weight',
  'spec.tls[].match[].destinationSubnets[]': 'TlsRouteOptions.destinationSubnets',
  'spec.tls[].match[].gateways[]': without('the gateways of the MeshRoute'),
  'spec.tls[].match[].port': 'TlsRouteOptions.port',
  'spec.tls[].match[].sourceLabels{}': 'TlsRouteOptions.sourceLabels',
  'spec.tls[].match[].sourceNamespace': 'TlsRouteOptions.sourceNamespace',
  'spec.tls[].match[].sniHosts[]': 'TlsRouteOptions.sniHosts',
  'spec.tls[].route[].destination.host': 'TlsRouteOptions.action: target',
  'spec.tls[].route[].destination.port.number': 'TlsRouteOptions.action: target',
  'spec.tls[].route[].destination.subset': 'TlsRouteOptions.action: target',
  'spec.tls[].route[].weight': 'TlsRouteOptions.action: WeightedTarget.weight',
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const workload = Workload.fromAttributes(chart, 'reviews', {
    name: 'reviews', podSelector: { app: 'reviews' }, servicePort: 80,
  });
  const v2: IWorkloadVersion = { serviceHost: workload.serviceHost, servicePort: 80, workload, subset: 'v2', podLabels: { app: 'reviews', version: 'v2' } };
  const gateway = new MeshGateway(chart, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.none() });
  const delegate = new MeshRoute(chart, 'delegate', { exportTo: ['.'] });
  const route = new MeshRoute(chart, 'route', { hosts: ['shop.example.com'], gateways: [gateway], inMesh: true });
  const add = (name: string, options: Partial<RouteOptions>) => route.addRoute(name, { action: RouteAction.forward(v2), ...options });
  const texts = [TextMatch.exact('a'), TextMatch.prefix('a'), TextMatch.regex('a')];
  const changes = { set: { a: '1' }, add: { b: '2' }, remove: ['c'] };
  add('matches', {
    match: [
      ...texts.flatMap(text => [
        RouteMatch.authority(text), RouteMatch.header('a', text), RouteMatch.query('a', text), RouteMatch.scheme(text), RouteMatch.withoutHeader('a', text),
      ]),
      RouteMatch.path('/a').ignoringCase().named('a').countedAs('a'), RouteMatch.pathStartsWith('/a'), RouteMatch.pathRegex('/a'),
      RouteMatch.methods(HttpMethod.GET), RouteMatch.methods(HttpMethod.GET, HttpMethod.PUT), RouteMatch.port(80),
      RouteMatch.sourceNamespace('web'), RouteMatch.sourceLabels({ app: 'web' }), RouteMatch.gateways(gateway),
    ],
    authority: 'reviews.internal',
    requestHeaders: changes,
    responseHeaders: changes,
    timeout: Duration.seconds(5),
    retries: {
      attempts: 1, perTryTimeout: Duration.seconds(1), on: [RetryOn.RESET], backoff: Duration.millis(50), otherLocalities: true, avoidPreviousHosts: true,
    },
    mirrors: [{ target: v2, percent: 5 }],
    fault: Fault.delay(Duration.seconds(1), 1).and(Fault.abort(503, 1)),
    cors: {
      allowOrigins: texts,
      allowMethods: [HttpMethod.GET],
      allowHeaders: ['a'],
      exposeHeaders: ['a'],
      maxAge: Duration.hours(1),
      allowCredentials: true,
      unmatchedPreflights: UnmatchedPreflights.IGNORE,
    },
  });
  add('split', {
    action: RouteAction.split({ target: v2, weight: 50, requestHeaders: changes, responseHeaders: changes }, { target: RouteTarget.host('old.example.com', 80), weight: 50 }),
    rewrite: PathRewrite.regex('/a', '/b'),
  });
  add('grpc', { fault: Fault.abortGrpc('UNAVAILABLE', 1), match: [RouteMatch.pathStartsWith('/grpc')], rewrite: PathRewrite.prefix('/v2') });
  add('redirect', { action: RouteAction.redirect({ host: 'a.example.com', path: '/', scheme: 'https', status: 308 }) });
  add('port', { action: RouteAction.redirect({ port: 8443 }) });
  add('text', { action: RouteAction.respond(200, { body: 'ok' }) });
  add('bytes', { action: RouteAction.respondBytes(200, 'AAEC') });
  add('delegate', { match: [RouteMatch.pathPrefix('/d')], action: RouteAction.delegate(delegate) });
  const connections = {
    action: RouteAction.split({ target: v2, weight: 50 }, { target: RouteTarget.host('old.example.com', 80), weight: 50 }),
    port: 443,
    destinationSubnets: ['10.0.0.0/8'],
    sourceNamespace: 'web',
    sourceLabels: { app: 'web' },
  };
  route.addTcpRoute(connections);
  route.addTlsRoute({ ...connections, sniHosts: ['shop.example.com'] });
  return [route, delegate].map(({ apiObject }) => apiObject.toJson());
}

export const table: Table = { page: 'mesh-coverage', group: 'networking.istio.io', kind: 'VirtualService', fields, sample };
