import * as pulumi from '@pulumi/pulumi';
import { run, settled } from './recorded';
import { environmentOf } from '../../examples/preview-environments/environment';
import { program } from '../../examples/preview-environments/preview';

test.each([
  ['main', /^main-[0-9a-f]{6}$/],
  ['feature/New_Checkout', /^feature-new-checkout-[0-9a-f]{6}$/],
  ['---', /^branch-[0-9a-f]{6}$/],
  [`feature/${'x'.repeat(200)}`, /^feature-x{32}-[0-9a-f]{6}$/],
])('branch %s has a name that can be read', (branch, name) => {
  const { stack, namespace } = environmentOf(branch);
  expect(stack).toMatch(name);
  expect(namespace).toBe(`shop-${stack}`);
  expect(namespace).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
});

test('branches whose names read alike do not share an environment', () => {
  expect(environmentOf('a/b')).not.toEqual(environmentOf('a-b'));
});

test('the program deploys the pipeline into the namespace of the branch, with the token as a Secret', async () => {
  pulumi.runtime.setAllConfig({ 'shop:paymentToken': 'not-a-real-token' }, ['shop:paymentToken']);
  const { objects } = await run(() => {
    void program('shop-feature')();
  });
  await settled();
  expect(objects.length).toBeGreaterThan(30);
  expect(new Set(objects.filter(({ type }) => !type.endsWith(':Namespace')).map(({ inputs }) => inputs.metadata.namespace))).toEqual(new Set(['shop-feature']));
  const secret = objects.find(({ type }) => type === 'kubernetes:core/v1:Secret')!;
  expect(secret.name).toBe('Secret/shop-feature/payment-provider');
  expect(JSON.stringify(objects.filter(object => object !== secret).map(({ inputs }) => inputs))).not.toContain('not-a-real-token');
});
