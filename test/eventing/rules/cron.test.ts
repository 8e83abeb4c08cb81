import { cronFlaw, isTimeZone } from '../../../lib/analysis/rules/eventing/cron';

describe('a schedule', () => {
  test.each(['* * * * *', '*/5 * * * *', '0 9-17 * * MON-FRI', '0 0 1,15 JAN *', '? 0 * * ?', '30 4 * * 0', '0 30 4 * * *', '5/15 * * * *', '@hourly', '@daily'])('may be %s', schedule => {
    expect(cronFlaw(schedule, { seconds: true })).toBeUndefined();
  });

  test.each([
    ['', 'empty'],
    ['* * * *', '4 fields'],
    ['60 * * * *', '0 to 59'],
    ['* 24 * * *', '0 to 23'],
    ['* * 0 * *', '1 to 31'],
    // Sunday is 0; what other programs read as Sunday too is refused
    ['* * * * 7', '0 to 6'],
    ['5-1 * * * *', 'ends before'],
    ['*/0 * * * *', 'at least 1'],
    ['*/a * * * *', 'no number'],
    ['* * L * *', 'no number'],
    ['1-2-3 * * * *', 'more than one hyphen'],
    ['@fortnightly', 'none of'],
  ])('is refused as %j because %s', (schedule, why) => {
    expect(cronFlaw(schedule, { seconds: true })).toContain(why);
  });

  test('has no seconds where there are none', () => {
    expect(cronFlaw('0 30 4 * * *', { seconds: false })).toContain('6 fields');
  });
});

test.each([['Europe/Paris', true], ['UTC', true], ['Europe/Atlantis', false], ['+02:00', false]])('%s is a time zone: %p', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
