import { Duration } from 'cdk8s';
import { formatPeriod, isZeroPeriod, parsePeriod, periodOf } from '../../lib/core/eventing/period';

describe('durations as Knative reads them', () => {
  // Verdicts of Knative's own parser (github.com/rickb777/date/period 1.13.0), obtained by running it.
  test.each(['PT0.2S', 'PT10S', 'PT0,2S', 'P1D', 'P1W', 'P1DT2H', 'PT25H', 'PT1.5M', 'P0', '+PT5S', 'PT.5S', 'P1DT', 'P1Y2M3W4DT5H6M7.8S'])('reads %s', text => {
    expect(parsePeriod(text)).toBeDefined();
  });

  test.each(['10', '10s', '10S', 'PT', 'P', 'pt5s', 'PT5', 'PT1H30', 'PT 5S', 'PT5S3M', 'PT1D', 'PT1D1H', 'invalid time', ''])('refuses %p', text => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  test.each(['PT0S', 'P0', 'P0D', 'PT0.05S'])('cuts %s to nothing', text => {
    expect(isZeroPeriod(parsePeriod(text)!)).toBe(true);
  });

  test('knows a period that runs backwards by its sign or that of a field', () => {
    expect(parsePeriod('-PT10S')!.negative).toBe(true);
    expect(parsePeriod('PT-5S')!.negative).toBe(true);
    expect(parsePeriod('PT10S')!.negative).toBe(false);
  });
});

describe('durations as they are written', () => {
  test.each([
    [Duration.millis(200), 'PT0.2S'],
    [Duration.millis(1500), 'PT1.5S'],
    [Duration.seconds(10), 'PT10S'],
    [Duration.seconds(90), 'PT1M30S'],
    [Duration.seconds(3600), 'PT1H'],
    [Duration.hours(25), 'PT25H'],
    [Duration.days(7), 'PT168H'],
    [Duration.seconds(0), 'PT0S'],
  ])('writes %o as %s', (duration, text) => {
    expect(periodOf(duration)).toBe(text);
  });

  test('writes nothing that it could not read back', () => {
    for (const millis of [0, 100, 200, 59_900, 60_000, 61_500, 3_599_900, 3_600_000, 86_400_000, 604_800_000]) {
      expect(parsePeriod(formatPeriod(millis))).toBeDefined();
    }
  });

  test.each([10, '10', '10s', null, {}])('does not take %p for a duration', value => {
    expect(periodOf(value)).toBeUndefined();
  });
});
