import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AccessAudit, AccessPolicy, Caller, CertificateIssuer, ContainerService, ExtensionProvider, ExternalAuthorization, ExternalService, GatewayTls,
  GlobalRateLimit, JwtAuthentication, JwtIssuer, LoadBalancing, MeshGateway, MeshPolicy, MeshTelemetry, MutualTls, NetworkIsolation, Rate, RateLimit,
  RouteAction, ServerlessService, SidecarScope, Tls, TrafficPolicy, WasmModule, WasmPlugin,
} from '../../lib';
import { freeId } from '../../lib/core/names';
import { reportProblems } from '../../lib/core/problem';
import { problems } from '../support';

// what a JavaScript or Python program may pass
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const any = (value: unknown) => value as any;
const ISSUERS = [new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] })];
const IMAGE = 'registry.example.com/shop/orders:1.0.0';

function chart(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

test('checks that a value breaks are reported, and hide nothing that other checks find', () => {
  const scope = chart();
  const broken = new Construct(scope, 'broken');
  reportProblems(broken, () => any(10).toMilliseconds());
  new ServerlessService(scope, 'orders', { image: IMAGE, containerConcurrency: -1 });
  const found = problems(scope);
  expect(found).toContainEqual(expect.objectContaining({ code: 'SM0005', path: 'shop/broken', reason: expect.stringContaining('toMilliseconds is not a function') }));
  expect(found).toContainEqual(expect.objectContaining({ code: 'SM0125', path: 'shop/orders' }));
});

test('the life of a certificate has a unit', () => {
  const scope = chart();
  new ServerlessService(scope, 'orders', { image: IMAGE })
    .expose('shop.example.com', { tls: Tls.certManager(CertificateIssuer.issuer('ca'), { duration: any('90d'), renewBefore: any(30) }) });
  expect(problems(scope).filter(({ code }) => code === 'SM0005').map(({ field, value, fix }) => [field, value, fix])).toEqual([
    ['tls.duration', '"90d"', 'write the unit down, as in Duration.seconds(30)'],
    ['tls.renewBefore', '30', 'write the unit down, as in Duration.seconds(30)'],
  ]);
});

test('the timeouts of a route have a unit', () => {
  const scope = chart();
  const gateway = new MeshGateway(scope, 'public', { hosts: ['shop.example.com'], tls: GatewayTls.terminate(Tls.certManager(CertificateIssuer.issuer('ca'))) });
  gateway.route('orders', {
    action: RouteAction.forward(new ContainerService(scope, 'orders', { image: IMAGE })), timeout: any(10), retries: { attempts: 2, perTryTimeout: any('3s') },
  });
  expect(problems(scope).filter(({ code }) => code === 'SM0005').map(({ field }) => field)).toEqual(['route(orders).timeout', 'route(orders).retries.perTryTimeout']);
});

test.each<[string, string, (scope: Chart) => unknown]>([
  ['a token check', 'target', scope => new JwtAuthentication(scope, 'bad', any({ target: 'orders', issuers: [new JwtIssuer({ issuer: 'https://login.example.com', audiences: [] })] }))],
  ['a token check without issuers', 'issuers', scope => new JwtAuthentication(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), issuers: 'https://login.example.com' }))],
  ['a plug-in', 'target', scope => new WasmPlugin(scope, 'bad', any({ module: WasmModule.image('registry.example.com/filter:1.0.0') }))],
  ['a plug-in without a module', 'module', scope => new WasmPlugin(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), url: 'oci://x' }))],
  ['external authorization without a provider', 'provider', scope => new ExternalAuthorization(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), provider: 'opa' }))],
  ['external authorization', 'target', scope => new ExternalAuthorization(scope, 'bad', any({ provider: ExtensionProvider.named('opa') }))],
  ['telemetry', 'tracing', scope => new MeshTelemetry(scope, 'bad', any({ tracing: { sampling: 10 } }))],
  ['a limit of requests', 'target', scope => new RateLimit(scope, 'bad', any({ limit: Rate.perSecond(1) }))],
  ['a limit of requests that is a number', 'limit', scope => new RateLimit(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), limit: 10 }))],
  ['limits in a map', 'rules', scope => new RateLimit(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), rules: { search: 10 } }))],
  ['a limit over all proxies', 'service', scope => new GlobalRateLimit(scope, 'bad', any({ target: new ContainerService(scope, 'orders', { image: IMAGE }), rules: [] }))],
  ['a limit over all proxies without rules', 'rules', scope => new GlobalRateLimit(scope, 'bad', any({}))],
  ['an access policy', 'target', scope => new AccessPolicy(scope, 'bad', any({ target: 'orders' }))],
  ['an access policy of nobody', 'target', scope => new AccessPolicy(scope, 'bad', any(undefined))],
  ['network isolation', 'target', scope => new NetworkIsolation(scope, 'bad', any({}))],
  ['mutual TLS', 'target', scope => new MutualTls(scope, 'bad', any({ target: 'orders' }))],
  ['a scope of sidecars', 'workload', scope => new SidecarScope(scope, 'bad', any({ workload: 'orders' }))],
  ['a scope of sidecars with one host', 'hosts', scope => new SidecarScope(scope, 'bad', any({ hosts: './orders' }))],
  ['a mesh policy', 'workloads', scope => new MeshPolicy(scope, 'bad', any({ workloads: 'orders' }))],
  ['an exempt port', 'exemptPort', scope => new MeshPolicy(scope, 'bad').exemptPort(any('orders'), 9464)],
  ['egress of a name', 'grantEgress', scope => new ExternalService(scope, 'bad', { hosts: ['bank.example.com'] }).grantEgress(any('orders'))],
  ['a grant to a name', 'grantInvoke.caller', scope => new ContainerService(scope, 'bad', { image: IMAGE }).grantInvoke(any('checkout'))],
  ['a grant to nobody', 'grantInvoke.caller', scope => new ServerlessService(scope, 'bad', { image: IMAGE }).grantInvoke(any(undefined))],
  ['a grant of one path', 'grantInvoke.paths', scope => new ContainerService(scope, 'bad', { image: IMAGE }).grantInvoke(Caller.namespace('reports'), any({ paths: '/orders' }))],
  ['a grant of a method in lower case', 'grantInvoke.methods', scope => new ContainerService(scope, 'bad', { image: IMAGE }).grantInvoke(Caller.namespace('reports'), any({ methods: ['get'] }))],
])('%s that is given something else says so of %s', (_, field, build) => {
  const scope = chart();
  build(scope);
  expect(problems(scope)).toContainEqual(expect.objectContaining({ code: 'SM0005', path: 'shop/bad', field }));
});

test.each<[string, string, (scope: Chart, target: ContainerService) => unknown]>([
  ['an audit', 'methods', (scope, target) => new AccessAudit(scope, 'bad', any({ target, methods: 'DELETE' }))],
  ['an audit', 'callers', (scope, target) => new AccessAudit(scope, 'bad', any({ target, callers: 'web' }))],
  ['an authorization', 'paths', (scope, target) => new ExternalAuthorization(scope, 'bad', any({ target, provider: ExtensionProvider.named('opa'), paths: '/admin' }))],
  ['a token check', 'hosts', (scope, target) => new JwtAuthentication(scope, 'bad', any({ target, issuers: ISSUERS, hosts: 'shop.example.com' }))],
  ['a token check', 'exemptCallers', (scope, target) => new JwtAuthentication(scope, 'bad', any({ target, issuers: ISSUERS, exemptCallers: ['web'] }))],
  ['a token check', 'exemptPreflights', (scope, target) => new JwtAuthentication(scope, 'bad', any({ target, issuers: ISSUERS, exemptPreflights: 'some' }))],
  ['a traffic policy', 'target', scope => new TrafficPolicy(scope, 'bad', any({ target: 'orders', loadBalancing: LoadBalancing.roundRobin() }))],
  ['a policy', 'allowEgress', (scope, target) => new MeshPolicy(scope, 'bad').allowEgress(any('api.example.com'), target)],
])('%s that is told something else of requests says so of %s, and once', (_, field, build) => {
  const scope = chart();
  build(scope, new ContainerService(scope, 'orders', { image: IMAGE }));
  expect(problems(scope).filter(({ path, severity }) => path === 'shop/bad' && severity === 'error').map(found => [found.code, found.field])).toEqual([['SM0005', field]]);
});

test('an id that is taken gets a number', () => {
  const scope = chart();
  expect(freeId(scope, 'Access')).toBe('Access');
  new Construct(scope, 'Access');
  new Construct(scope, 'Access2');
  expect(freeId(scope, 'Access')).toBe('Access3');
});
