import { entriesOf, fieldsAt, fieldsOf, isGiven, isSet, listOf, mapsOf, numberOf, scalarMapOf, stringOf, textMapOf, textOf, textsOf } from '../../lib/analysis/values';

const ANYTHING = [undefined, null, true, 0, 1.5, '', 'text', [], [null, 1, 'a'], {}, { a: 1 }];

test('gives nothing for what has another shape, and throws for nothing', () => {
  for (const value of ANYTHING) {
    expect(typeof fieldsOf(value)).toBe('object');
    expect(Array.isArray(listOf(value))).toBe(true);
    expect(mapsOf(value).every(map => typeof map === 'object')).toBe(true);
    expect(textsOf(value).every(text => typeof text === 'string')).toBe(true);
    expect(fieldsAt(value, 'a', 'b')).toEqual({});
  }
});

test('knows where the entries of a list stand', () => {
  expect(entriesOf([{ a: 1 }, 'x'], 'spec.list')).toEqual([{ field: 'spec.list[0]', value: { a: 1 } }, { field: 'spec.list[1]', value: {} }]);
});

test('tells an empty text from one that says something', () => {
  expect(textOf('')).toBeUndefined();
  expect(stringOf('')).toBe('');
  expect(stringOf(1)).toBeUndefined();
});

test('reads labels as texts, and annotations as what their author meant', () => {
  expect(textMapOf({ a: 'x', b: 1, c: true })).toEqual({ a: 'x' });
  expect(scalarMapOf({ a: 'x', b: 1, c: true, d: {} })).toEqual({ a: 'x', b: '1', c: 'true' });
});

test('reads whole numbers, also from text', () => {
  expect([8080, '8080', 1.5, 'http', null].map(numberOf)).toEqual([8080, 8080, undefined, undefined, undefined]);
});

test('tells what is there from what says something', () => {
  expect([undefined, null, false, 0, '', [], 'x'].map(isGiven)).toEqual([false, false, true, true, true, true, true]);
  expect([undefined, null, false, 0, '', [], 'x'].map(isSet)).toEqual([false, false, false, false, false, true, true]);
});
