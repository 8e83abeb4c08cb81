import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { isDns1035Label, namespaceOf } from '../../lib/core/names';

test.each(['a', 'orders', 'orders-2', 'a'.repeat(63)])('%s is a DNS-1035 label', text => {
  expect(isDns1035Label(text)).toBe(true);
});

test.each([
  ['nothing', ''], ['a capital', 'Orders'], ['a leading digit', '2orders'], ['a leading dash', '-orders'], ['a trailing dash', 'orders-'],
  ['a dot', 'or.ders'], ['an underscore', 'or_ders'], ['64 characters', 'a'.repeat(64)], ['a line break', 'orders\n'],
])('%s is no DNS-1035 label', (_, text) => {
  expect(isDns1035Label(text)).toBe(false);
});

test('objects land in the namespace of the nearest chart, or in default', () => {
  const app = new App();
  const outer = new Chart(app, 'outer', { namespace: 'shop' });
  expect(namespaceOf(new Construct(outer, 'x'))).toBe('shop');
  expect(namespaceOf(new Chart(outer, 'inner'))).toBe('default');
});
