import { Duration } from 'cdk8s';
import { HTTP_SERVER_REQUEST_DURATION as DURATION, QUEUE_DEPTH } from '../../lib/observability/metrics/queue-proxy';
import { promDuration } from '../../lib/observability/promql/duration';
import { Match } from '../../lib/observability/promql/match';
import { Window } from '../../lib/observability/promql/window';

const fiveMinutes = Window.of(Duration.minutes(5));

describe('composing expressions', () => {
  test('a rate of a counter, summed by labels', () => {
    const rate = DURATION.count.where({ kn_service_name: Match.is('orders') }).rate(fiveMinutes).sumBy('kn_service_name');
    expect(rate.text).toBe('sum by (kn_service_name) (rate(http_server_request_duration_seconds_count{kn_service_name="orders"}[5m]))');
    expect(rate.labels).toEqual(['kn_service_name']);
  });

  test('a quantile keeps the edges of the buckets until it is taken', () => {
    expect(DURATION.quantile(0.95, {}, fiveMinutes, 'kn_service_name').text)
      .toBe('histogram_quantile(0.95, sum by (le, kn_service_name) (rate(http_server_request_duration_seconds_bucket[5m])))');
  });

  test('operands with an operator of their own are set in parentheses', () => {
    const depth = QUEUE_DEPTH.where({}).sumBy('kn_service_name');
    expect(depth.or(depth.times(0)).dividedBy(depth.above(0)).text).toBe(
      '(sum by (kn_service_name) (kn_serving_queue_depth) or (sum by (kn_service_name) (kn_serving_queue_depth) * 0)) '
      + '/ (sum by (kn_service_name) (kn_serving_queue_depth) > 0)');
  });

  test('values are quoted, and literal in alternatives', () => {
    expect(Match.is('a"b\\c\n').on('x')).toBe('x="a\\"b\\\\c\\n"');
    expect(Match.oneOf(['b.c', 'a', 'a']).on('x')).toBe('x=~"a|b\\\\.c"');
    expect(Match.oneOf(['b.c']).on('x')).toBe('x="b.c"');
  });

  test('an annotation names only labels of the result', () => {
    const depth = QUEUE_DEPTH.where({}).sumBy('kn_service_name');
    expect(depth.label('kn_service_name')).toBe('{{ $labels.kn_service_name }}');
    // @ts-expect-error it was aggregated away
    depth.label('kn_revision_name');
    // @ts-expect-error a ratio of what was aggregated differently matches nothing
    depth.dividedBy(QUEUE_DEPTH.where({}).sumBy('kn_service_name', 'kn_revision_name'));
  });

  test.each([
    [Duration.seconds(30), '30s'], [Duration.seconds(90), '1m30s'], [Duration.minutes(5), '5m'], [Duration.hours(1), '1h'],
    [Duration.days(3), '3d'], [Duration.millis(1500), '1s500ms'], [Duration.millis(0), '0s'],
  ])('a duration of %s as Prometheus writes it', (duration, text) => {
    expect(promDuration(duration)).toBe(text);
  });
});
