import { isAddressOrBlock } from '../../../lib/analysis/rules/istio/webhook/addresses';
import { nanoseconds } from '../../../lib/analysis/rules/istio/webhook/durations';
import { headerValueFault } from '../../../lib/analysis/rules/istio/webhook/header-values';
import { localityFault } from '../../../lib/analysis/rules/istio/webhook/localities';
import { domainFault, isLabel, labelFaults, wildcardDomainFault } from '../../../lib/analysis/rules/istio/webhook/names';
import { namespacedHostFault } from '../../../lib/analysis/rules/istio/webhook/namespaced-hosts';
import { regularExpressionFault } from '../../../lib/analysis/rules/istio/webhook/regular-expressions';

test.each(['orders', 'orders.shop', 'example.com.', 'Example.COM', 'a-b.c1'])('takes %s for a host', host => {
  expect(domainFault(host)).toBeUndefined();
  expect(wildcardDomainFault(host)).toBeUndefined();
});

test.each(['', '1.2.3.4', 'a..b', '-a.com', 'a_b.com', 'a.*.com', `${'a'.repeat(64)}.com`, 'a.'.repeat(130)])('refuses %s as a host', host => {
  expect(domainFault(host)).toBeDefined();
  expect(wildcardDomainFault(host)).toBeDefined();
});

test.each(['*', '*.example.com', '*-eu.example.com', '*foo.com'])('takes %s for a host with an asterisk, and not for a full name', host => {
  expect(wildcardDomainFault(host)).toBeUndefined();
  expect(domainFault(host)).toBeDefined();
});

test('reads labels as Kubernetes does', () => {
  expect(isLabel('a'.repeat(63))).toBe(true);
  expect(isLabel('a'.repeat(64))).toBe(false);
  expect(labelFaults({ 'app.kubernetes.io/name': 'a_b.C-1', 'app': '' }, 'labels')).toEqual([]);
  expect(labelFaults({ '@': 'v', 'app': 'a b' }, 'labels').map(({ field }) => field)).toEqual(['labels[@]', 'labels[app]']);
});

test.each([
  ['shop/*.example.com', true, true], ['*/orders.example.com', true, true], ['./*', true, true], ['orders.example.com', true, false], ['10.0.0.1', true, false],
  ['~/*', false, true], ['~shop/*', false, true], ['orders', false, false], ['shop/orders', false, false], ['shop/', false, false], ['*/*foo.com', false, false],
])('reads %s for a gateway (%s) and for a sidecar (%s)', (host, gateway, sidecar) => {
  expect(namespacedHostFault(host, true) === undefined).toBe(gateway);
  expect(namespacedHostFault(host, false) === undefined).toBe(sidecar);
});

test.each(['10.0.0.0/8', '0.0.0.0/0', '::1', '2001:db8::/32', '10.1.2.3/8'])('takes %s for addresses', text => expect(isAddressOrBlock(text)).toBe(true));
test.each(['', '10.0.0.0/33', '10.0.0/8', '10.0.0.01', '10.0.0.0/08', '10.0.0.0/', 'example.com', '1.2.3.4/1/2'])('refuses %s as addresses', text => expect(isAddressOrBlock(text)).toBe(false));

test.each(['', 'plain', '%HOSTNAME%', '100%%', 'a %HOSTNAME% b', '%START_TIME(%s)%', '%PER_REQUEST_STATE(["a", "b"])%'.replace('", "', '","')])('takes the header value %s', value => {
  expect(headerValueFault(value)).toBeUndefined();
});
test.each(['abc%123', '100%', '%START_TIME%%', '%NAME(a', 'a\nb'])('refuses the header value %s', value => expect(headerValueFault(value)).toBeDefined());

test.each(['', '.*', '^/a/[^/]+$', '(?i)abc', '(?P<n>a|b)', 'a{2,3}?', '[]a]', '[[:alpha:]-]', '\\d+\\.\\p{Greek}', 'a{,3}', '\\Q(\\E', '(?:a|)*', 'x*?'])('takes the regular expression %s', pattern => {
  expect(regularExpressionFault(pattern)).toBeUndefined();
});
test.each(['(?!a)', '(?<=a)b', '(a)\\1', '*', 'a|*', 'a**', 'a++', '(a', 'a)', '[a', 'a\\', '\\Z', 'a{1001}', 'a{3,2}', 'a'.repeat(1025)])('refuses the regular expression %s', pattern => {
  expect(regularExpressionFault(pattern)).toBeDefined();
});

test('counts durations in nanoseconds', () => {
  expect(['1.5s', '1m30s', '2ms', '500us', '1h', '-1s'].map(nanoseconds)).toEqual([1.5e9, 90e9, 2e6, 5e5, 3600e9, -1e9]);
  expect(['', '5', 'abc', '1s '].map(nanoseconds)).toEqual([undefined, undefined, undefined, undefined]);
});

test('knows which places overlap', () => {
  expect(localityFault(['eu/a/1', 'eu/a/2', 'eu/b', 'us'])).toBeUndefined();
  expect(localityFault(['eu/a/*', 'eu/b/*'])).toBeUndefined();
  for (const places of [['eu', 'eu/a'], ['eu/*', 'eu/a'], ['*', 'eu'], ['eu/a', 'eu/a'], ['eu//1'], ['e*u'], ['eu/**']]) expect(localityFault(places)).toBeDefined();
});
