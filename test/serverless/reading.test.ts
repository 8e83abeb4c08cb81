import { isQuantity, parseDuration, parseFloatingPoint, parseInteger } from '../../lib/analysis/rules/serverless/go-values';
import { readImageName } from '../../lib/analysis/rules/serverless/image-name';
import { isQualifiedName } from '../../lib/analysis/rules/serverless/names';

describe('image references', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

  test.each([
    'nginx', 'nginx:1.27', 'library/nginx:1.27', 'registry.example.com/shop/checkout:1.4.2', 'localhost:5000/checkout', 'registry:5000/a__b/c-d.e_f:V1.0_rc-2',
    `nginx@${digest}`, `registry.example.com:443/nginx:1.27@${digest}`, '10.0.0.1:5000/nginx', '[::1]:5000/nginx', 'ghcr.io/org/app:sha-1f3b', 'k8s.gcr.io/pause--x:3',
  ])('reads %s', reference => {
    expect(readImageName(reference).mistake).toBeUndefined();
  });

  test.each([
    'Nginx', 'registry.example.com/Shop/checkout', 'a', 'nginx:', 'nginx:.1', 'nginx:1 2', ' nginx', 'nginx:latest:1', 'shop//checkout', '/nginx', 'nginx/', 'nginx_',
    'a___b', 'https://registry.example.com/nginx', 'registry.example.com:port/nginx', 'reg_istry.example.com/nginx', 'nginx@sha256:123', `nginx@${digest.toUpperCase()}`,
    `nginx@sha512:${'0'.repeat(128)}`, `nginx@${digest}@${digest}`, `nginx:${'t'.repeat(129)}`, '${IMAGE}', '{{ .Values.image }}', `${'a'.repeat(256)}`,
  ])('does not read %p', reference => {
    expect(readImageName(reference).mistake).toBeDefined();
  });

  test('tells tag and digest', () => {
    expect(readImageName(`registry.example.com:443/nginx:1.27@${digest}`)).toEqual({ tag: '1.27', digest });
    expect(readImageName('registry.example.com:443/nginx')).toEqual({});
  });
});

describe('values as Go reads them', () => {
  test.each([['90s', 90e9], ['1m30s', 90e9], ['1.5h', 5400e9], ['300ms', 3e8], ['0', 0], ['-1m', -60e9], ['1µs', 1e3], ['.5s', 5e8]])('duration %s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  test.each(['', '90', '1 s', 's', '1d', 'PT1M', '1m-30s', '1,5s'])('no duration %p', text => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('numbers', () => {
    expect(['7', '-7', '+7', '7.0', '0x7', '', 'seven'].map(parseInteger)).toEqual([7, -7, 7, undefined, undefined, undefined, undefined]);
    expect(['0.7', '.7', '7.', '1e2', '', 'x', '1,5'].map(parseFloatingPoint)).toEqual([0.7, 0.7, 7, 100, undefined, undefined, undefined]);
  });

  test('quantities', () => {
    expect(['100m', '1', '1.5Gi', '5e9', '128Mi', '-1'].every(isQuantity)).toBe(true);
    expect(['', 'lots', '100mx', '1GB', '1 Gi', '128mi'].some(isQuantity)).toBe(false);
  });

  test('qualified names', () => {
    expect(['a', 'checkout-00001', 'example.com/a_b'].every(isQualifiedName)).toBe(true);
    expect(['', 'b ar', '-a', 'a/b/c', 'Example/a', 'a'.repeat(64)].some(isQualifiedName)).toBe(false);
  });
});
