import { isSchedule } from '../../../lib/analysis/schema/core/schedule';
import { formatComplaint } from '../../../lib/analysis/schema/formats';
import { parseQuantity } from '../../../lib/analysis/schema/quantity';
import { nearest } from '../../../lib/analysis/schema/spelling';
import { fieldText } from '../../../lib/analysis/schema/walk';

describe('amounts', () => {
  test.each<[string, bigint]>([
    ['1', 1_000_000_000n], ['500m', 500_000_000n], ['0.5', 500_000_000n], ['1Ki', 1024_000_000_000n], ['1k', 1_000_000_000_000n], ['1e3', 1_000_000_000_000n],
    ['1E3', 1_000_000_000_000n], ['1.5Gi', 1_610_612_736_000_000_000n], ['-2', -2_000_000_000n], ['+5', 5_000_000_000n], ['.5', 500_000_000n], ['5.', 5_000_000_000n],
    ['1n', 1n], ['0.1n', 1n],
  ])('%s', (text, nano) => expect(parseQuantity(text)?.nano).toBe(nano));

  test.each([[''], ['1x'], ['1 Gi'], ['1GB'], ['Gi'], ['1.2.3'], ['1e'], ['one'], ['1Kib'], ['0x10']])('%j is none', text => expect(parseQuantity(text)).toBeUndefined());
});

describe('formats', () => {
  test.each<[string, string[], string[]]>([
    ['date-time', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123+02:00', '2024-02-29t00:00:00z'], ['2026-01-31', '2026-01-31 12:00:00Z', '2025-02-29T00:00:00Z', '2026-01-31T25:00:00Z']],
    ['date', ['2024-02-29'], ['2025-02-29', '2026-1-1']],
    ['duration', ['1h30m', '1.5s', '22 ns', '3 days'], ['soon', '5']],
    ['ipv6', ['::1', '2001:db8::1'], ['192.0.2.1', ':::']],
    ['cidr', ['192.0.2.0/24', '2001:db8::/32'], ['192.0.2.0', '192.0.2.0/33']],
    ['uri', ['https://a.example.com', '/path'], ['', 'a b', 'example']],
    ['byte', ['aGVsbG8='], ['', 'hello!']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123']],
    ['hostname', ['www.example.com', 'a'], ['-a', 'a..b', '']],
  ])('%s', (format, right, wrong) => {
    expect(right.filter(text => formatComplaint(format, text))).toEqual([]);
    expect(wrong.filter(text => !formatComplaint(format, text))).toEqual([]);
  });

  test('that nobody enforces let everything pass', () => expect(formatComplaint('int32', 'x')).toBeUndefined());
});

test.each<[string, boolean]>([
  ['0 3 * * *', true], ['*/15 0-6 1,15 JAN-MAR mon', true], ['@daily', true], ['@every 1h30m', true], ['0 0 3 * * *', false], ['60 * * * *', false], ['* * * * 7', false],
  ['5-1 * * * *', false], ['*/0 * * * *', false], ['@sometimes', false], ['', false],
])('the schedule %j', (text, right) => expect(isSchedule(text)).toBe(right));

describe('spelling', () => {
  const names = ['replicas', 'containerConcurrency', 'timeoutSeconds', 'env', 'envFrom', 'image', 'imagePullPolicy', 'cpu'];

  test.each([
    ['replica', 'replicas'], ['repilcas', 'replicas'], ['containerConcurency', 'containerConcurrency'], ['Image', 'image'], ['imagepullpolicy', 'imagePullPolicy'],
    ['envs', 'env'], ['timeout', 'timeoutSeconds'], ['concurrency', 'containerConcurrency'],
  ])('%s is meant to be %s', (written, meant) => expect(nearest(written, names)).toBe(meant));

  test.each([['volumes'], ['x'], ['gpus1']])('%s is meant to be none of them', written => expect(nearest(written, names)).toBeUndefined());
});

test('a field is spelled as findings spell it', () => {
  expect(fieldText(['spec', 'containers', 0, 'image'])).toBe('spec.containers[0].image');
  expect(fieldText(['metadata', 'annotations', 'example.com/key'])).toBe("metadata.annotations['example.com/key']");
  expect(fieldText([])).toBe('');
});
