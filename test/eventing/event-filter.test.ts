import { CloudEvent, EventFilter } from '../../lib/eventing';

const placed = CloudEvent.ofType('com.example.order.placed', { source: '/shop', extensions: { region: 'eu' } });
const cancelled = CloudEvent.ofType('com.example.order.cancelled');

describe('what a filter writes', () => {
  test.each([
    [EventFilter.type(placed), { exact: { type: 'com.example.order.placed' } }],
    [EventFilter.exact({ type: 'a', source: 'b' }), { exact: { type: 'a', source: 'b' } }],
    [EventFilter.prefix({ type: 'com.example.' }), { prefix: { type: 'com.example.' } }],
    [EventFilter.suffix({ subject: '.png' }), { suffix: { subject: '.png' } }],
    [EventFilter.cesql('type LIKE \'com.%\''), { cesql: 'type LIKE \'com.%\'' }],
    [EventFilter.not(EventFilter.exact({ region: 'us' })), { not: { exact: { region: 'us' } } }],
    [EventFilter.any(EventFilter.type(placed), EventFilter.type(cancelled)), {
      any: [{ exact: { type: 'com.example.order.placed' } }, { exact: { type: 'com.example.order.cancelled' } }],
    }],
    [EventFilter.all(EventFilter.prefix({ type: 'com.' }), EventFilter.not(EventFilter.suffix({ type: '.test' }))), {
      all: [{ prefix: { type: 'com.' } }, { not: { suffix: { type: '.test' } } }],
    }],
  ])('has one dialect: %#', (filter, written) => {
    expect(filter._render()).toEqual(written);
  });
});

describe('whether a kind of events passes', () => {
  test.each([
    ['its type', EventFilter.type(placed), true],
    ['another type', EventFilter.type(cancelled), false],
    ['type and source', EventFilter.exact({ type: 'com.example.order.placed', source: '/shop' }), true],
    ['a prefix of its type', EventFilter.prefix({ type: 'com.example.' }), true],
    ['a suffix of its type', EventFilter.suffix({ type: '.cancelled' }), false],
    ['an extension that it has', EventFilter.exact({ region: 'us' }), false],
    ['an extension that nobody declared', EventFilter.exact({ tenant: 'a' }), undefined],
    ['another type and an unknown extension', EventFilter.exact({ type: 'other', tenant: 'a' }), false],
    ['the opposite', EventFilter.not(EventFilter.type(cancelled)), true],
    ['the opposite of what is not known', EventFilter.not(EventFilter.exact({ tenant: 'a' })), undefined],
    ['one of several', EventFilter.any(EventFilter.exact({ tenant: 'a' }), EventFilter.type(placed)), true],
    ['none of several', EventFilter.any(EventFilter.type(cancelled), EventFilter.exact({ region: 'us' })), false],
    ['all of several', EventFilter.all(EventFilter.type(placed), EventFilter.exact({ region: 'eu' })), true],
    ['all of several with one unknown', EventFilter.all(EventFilter.type(placed), EventFilter.exact({ tenant: 'a' })), undefined],
    ['an expression', EventFilter.cesql('TRUE'), undefined],
  ])('%s', (_, filter, passes) => {
    expect(filter._passes(placed)).toBe(passes);
  });
});

test('an event knows the attributes that all of its kind carry', () => {
  expect(placed.attributes).toEqual({ type: 'com.example.order.placed', source: '/shop', region: 'eu' });
  expect(cancelled.attributes).toEqual({ type: 'com.example.order.cancelled' });
});
