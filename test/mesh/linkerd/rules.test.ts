import { ClusterProfile } from '../../../lib';
import { linkerdInjection } from '../../../lib/analysis/rules/linkerd/injection';
import { annotationName, annotationValue, annotationWithoutService } from '../../../lib/analysis/rules/linkerd/route-annotations';
import { routeFilters } from '../../../lib/analysis/rules/linkerd/route-filters';
import { profileContent, profileName, profileOverRoute } from '../../../lib/analysis/rules/linkerd/service-profile';
import { rulesOf } from '../../analysis/rules-of';
import { Json, shopChart } from '../../support';
import { findings, findingsIn, GARBAGE, raw } from '../findings';

const SERVICE = { group: 'core', kind: 'Service', name: 'orders' };
const route = (annotations: Json, parent: Json = SERVICE, rule: Json = {}, apiVersion = 'gateway.networking.k8s.io/v1', kind = 'HTTPRoute') => ({
  apiVersion, kind, metadata: { name: 'orders', annotations }, spec: { parentRefs: [parent], rules: [rule] },
});
const profile = (spec: Json, name = 'orders.shop.svc.cluster.local') => ({ apiVersion: 'linkerd.io/v1alpha2', kind: 'ServiceProfile', metadata: { name }, spec });
const profileRoute = (condition: Json, more: Json = {}) => profile({ routes: [{ name: 'all', condition, ...more }] });

test.each(rulesOf('linkerd').map(rule => [rule.code, rule] as const))('%s survives what is no manifest', (_, rule) => {
  for (const junk of GARBAGE) {
    expect(() => findingsIn(rule, route(junk, junk, junk), route({ 'retry.linkerd.io/limit': junk }, SERVICE, { filters: junk, backendRefs: junk }),
      profile(junk), profile({ routes: junk, retryBudget: junk }), profileRoute(junk),
      profileRoute({ all: junk, any: [junk], not: junk, pathRegex: junk }, { responseClasses: junk, timeout: junk }),
      profileRoute({ method: 'GET' }, { responseClasses: [{ condition: junk }, { condition: { status: junk, all: [junk] } }] }))).not.toThrow();
  }
});

// parse_duration and its tests in linkerd2 policy-controller/k8s/index/src/outbound/index.rs
test.each<[string, boolean]>([
  ['10s', true], ['500ms', true], ['5m', true], ['2h', true], ['1d', true], ['0', true], ['0s', true], ['0ms', true], [' 10s ', true],
  ['0.5s', false], ['0.0s', false], ['0.5m', false], ['5', false], ['100', false], ['10x', false], ['', false], ['-5s', false], ['1m30s', false], ['s', false],
])('a timeout of %p is read: %p', (value, read) => {
  expect(findingsIn(annotationValue, route({ 'timeout.linkerd.io/request': value }))).toHaveLength(read ? 0 : 1);
});

// parse_http_retry in linkerd2 policy-controller/k8s/index/src/outbound/index/http.rs
test.each<[string, boolean]>([
  ['5xx', true], ['5XX', true], ['gateway-error', true], ['429', true], ['500-503', true], ['5xx,429,100-199', true],
  ['4xx', false], ['99', false], ['600', false], ['503-500', false], ['5xx, 429', false], ['5xx,', false], ['500-501-502', false], ['unavailable', false],
])('retries for %p are read: %p', (value, read) => {
  expect(findingsIn(annotationValue, route({ 'retry.linkerd.io/http': value }))).toHaveLength(read ? 0 : 1);
});

test.each<[string, boolean]>([['1', true], ['65535', true], ['0', true], ['65536', false], ['-1', false], ['two', false], ['1.5', false]])('a limit of %p is read: %p', (value, read) => {
  expect(findingsIn(annotationValue, route({ 'retry.linkerd.io/limit': value }))).toHaveLength(read ? 0 : 1);
});

test('conditions of gRPC have names of their own', () => {
  const grpc = (value: string) => findingsIn(annotationValue, route({ 'retry.linkerd.io/grpc': value }, SERVICE, {}, 'gateway.networking.k8s.io/v1', 'GRPCRoute'));
  expect(grpc('cancelled,deadline-exceeded,internal,resource-exhausted,unavailable')).toEqual([]);
  expect(grpc('aborted')).toHaveLength(1);
});

test('what cannot be read is refused on a route for clients, left out on a Service, and nothing of Linkerd\'s on another route', () => {
  const annotations = { 'timeout.linkerd.io/idle': 'soon' };
  expect(findingsIn(annotationValue, route(annotations))).toMatchObject([{ severity: 'error' }]);
  expect(findingsIn(annotationValue, route(annotations, { ...SERVICE, group: '' }))).toMatchObject([{ severity: 'error' }]);
  expect(findingsIn(annotationValue, route(annotations, { group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'all', port: 443 }))).toMatchObject([{ severity: 'error' }]);
  expect(findingsIn(annotationValue, route(annotations, SERVICE, {}, 'policy.linkerd.io/v1beta3'))).toMatchObject([{ severity: 'error' }]);
  expect(findingsIn(annotationValue, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'orders', annotations } })).toMatchObject([{ severity: 'warning' }]);
  expect(findingsIn(annotationValue, route(annotations, { name: 'public' }))).toEqual([]);
});

test('annotations of other names are passed over, with the one that was meant', () => {
  expect(findingsIn(annotationName, route({ 'timeout.linkerd.io/requests': '5s' }))).toMatchObject([{ fix: 'write timeout.linkerd.io/request' }]);
  expect(findingsIn(annotationName, route({ 'timeout.linkerd.io/request': '5s', 'linkerd.io/inject': 'enabled', 'example.com/timeout': '5s' }))).toEqual([]);
});

test('annotations on a route of a gateway or a Server are followed by nobody', () => {
  const annotations = { 'retry.linkerd.io/limit': '2' };
  expect(findingsIn(annotationWithoutService, route(annotations, { name: 'public' }))).toHaveLength(1);
  expect(findingsIn(annotationWithoutService, route(annotations, { group: 'policy.linkerd.io', kind: 'Server', name: 'orders' }))).toHaveLength(1);
  expect(findingsIn(annotationWithoutService, route(annotations), route({}, { name: 'public' }))).toEqual([]);
});

test('injection is asked for by an annotation of pods or of their namespace, with a value that there is', () => {
  const INJECT = 'linkerd.io/inject';
  const namespace = (metadata: Json) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', ...metadata } });
  const deployment = (metadata: Json, template: Json) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...metadata }, spec: { template: { metadata: template } } });
  const fields = (...objects: Json[]) => findingsIn(linkerdInjection, ...objects).map(({ field }) => field);
  expect(fields(namespace({ annotations: { [INJECT]: 'enabled' } }), deployment({}, { annotations: { [INJECT]: 'ingress' } }))).toEqual([]);
  expect(fields(namespace({ annotations: { [INJECT]: 'true' } }))).toEqual([`metadata.annotations['${INJECT}']`]);
  expect(fields(namespace({ labels: { [INJECT]: 'enabled' } }))).toEqual([`metadata.labels['${INJECT}']`]);
  expect(fields(namespace({ labels: { [INJECT]: 'enabled' }, annotations: { [INJECT]: 'enabled' } }))).toEqual([]);
  expect(fields(deployment({}, { labels: { [INJECT]: 'enabled' } }))).toEqual([`spec.template.metadata.labels['${INJECT}']`]);
  expect(fields(deployment({ annotations: { [INJECT]: 'enabled' } }, {}))).toEqual([`metadata.annotations['${INJECT}']`]);
  expect(fields(deployment({ annotations: { [INJECT]: 'enabled' } }, { annotations: { [INJECT]: 'disabled' } }))).toEqual([]);
  expect(fields({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', annotations: { [INJECT]: 'enabled' } } })).toEqual([]);
});

test('filters that Linkerd does not know are found where the route is for Linkerd, and nowhere else', () => {
  const rule = { filters: [{ type: 'RequestMirror' }], backendRefs: [{ name: 'orders', port: 80, filters: [{ type: 'URLRewrite' }, { type: 'RequestHeaderModifier' }] }] };
  expect(findingsIn(routeFilters, route({ 'retry.linkerd.io/limit': '1' }, SERVICE, rule)).map(({ field }) => field)).toEqual([
    'spec.rules[0].filters[0].type', 'spec.rules[0].backendRefs[0].filters[0].type',
  ]);
  expect(findingsIn(routeFilters, route({}, SERVICE, rule))).toEqual([]);
  const chart = shopChart();
  ClusterProfile.linkerd().applyTo(chart);
  expect(findings(routeFilters, raw(chart, route({}, SERVICE, rule)))).toHaveLength(2);
  expect(findings(routeFilters, raw(chart, route({}, { name: 'public' }, rule)))).toHaveLength(2);
});

test.each<[string, boolean]>([
  ['orders.shop.svc.cluster.local', true], ['orders.shop.svc.corp.example', true], ['my-service-profile', false], ['orders.shop', false], ['orders.shop.svc', false], ['api.example.com', false],
])('a profile called %p is found by its Service: %p', (name, found) => {
  expect(findingsIn(profileName, profile({ routes: [] }, name))).toHaveLength(found ? 0 : 1);
});

// Validate in linkerd2 pkg/profiles/profiles.go
test.each<[string, Json, string[]]>([
  ['a condition by method', profileRoute({ method: 'GET' }), []],
  ['an empty condition', profileRoute({}), ['spec.routes[0].condition']],
  ['an empty condition inside of another', profileRoute({ all: [{ method: 'GET' }, { any: [{}] }] }), ['spec.routes[0].condition.all[1].any[0]']],
  ['a negated condition', profileRoute({ method: 'GET', not: [{ pathRegex: '/a' }] }), ['spec.routes[0].condition.not']],
  ['a negated condition inside of another', profileRoute({ all: [{ not: { pathRegex: '/a' } }] }), []],
  ['a path that does not compile', profileRoute({ any: [{ pathRegex: '/(a' }] }), ['spec.routes[0].condition.any[0].pathRegex']],
  ['a timeout without a unit', profileRoute({ method: 'GET' }, { timeout: '5' }), ['spec.routes[0].timeout']],
  ['a timeout as Go writes it', profileRoute({ method: 'GET' }, { timeout: '1m30.5s' }), []],
  ['a route without a name', profile({ routes: [{ name: '', condition: { method: 'GET' } }] }), ['spec.routes[0].name']],
  ['statuses that there are not', profileRoute({ method: 'GET' }, { responseClasses: [{ condition: { status: { min: 50, max: 600 } } }] }),
    ['spec.routes[0].responseClasses[0].condition.status.min', 'spec.routes[0].responseClasses[0].condition.status.max']],
  ['a range that ends before it begins', profileRoute({ method: 'GET' }, { responseClasses: [{ condition: { status: { min: 599, max: 500 } } }] }), ['spec.routes[0].responseClasses[0].condition.status']],
  ['a class of answers that asks nothing', profileRoute({ method: 'GET' }, { responseClasses: [{ condition: {} }] }), ['spec.routes[0].responseClasses[0].condition']],
  ['a budget over no time', profile({ retryBudget: { retryRatio: -0.1, minRetriesPerSecond: 10, ttl: '10' } }), ['spec.retryBudget.ttl', 'spec.retryBudget.retryRatio']],
])('%s is judged as Linkerd does', (_, object, fields) => {
  expect(findingsIn(profileContent, object).map(({ field }) => field)).toEqual(fields);
});

test('a profile without routes leaves those of others alone', () => {
  expect(findingsIn(profileOverRoute, profile({ opaquePorts: ['3306'] }), route({}))).toEqual([]);
  expect(findingsIn(profileOverRoute, profileRoute({ method: 'GET' }), route({}))).toHaveLength(1);
  expect(findingsIn(profileOverRoute, profileRoute({ method: 'GET' }), route({}, { ...SERVICE, name: 'ledger' }), route({}, { ...SERVICE, namespace: 'billing' }))).toEqual([]);
});
