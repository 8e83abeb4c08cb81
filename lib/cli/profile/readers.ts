import { Duration } from 'cdk8s';
import { nearest } from '../nearest';
import { UsageError } from '../terminal';

/** Reads a value at a place of a profile file; throws a sentence where it is something else. */
export type Reader<T> = (value: unknown, place: string) => T;

export const text: Reader<string> = (value, place) => {
  if (typeof value !== 'string' || value === '') throw wrong(place, value, 'a text');
  return value;
};

export const flag: Reader<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw wrong(place, value, 'true or false');
  return value;
};

export const number: Reader<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(place, value, 'a number');
  return value;
};

const UNITS: Readonly<Record<string, (amount: number) => Duration>> = {
  ms: amount => Duration.millis(amount),
  s: amount => Duration.seconds(amount),
  m: amount => Duration.minutes(amount),
  h: amount => Duration.hours(amount),
};

export const duration: Reader<Duration> = (value, place) => {
  const match = typeof value === 'string' ? /^(\d+)(ms|s|m|h)$/.exec(value) : null;
  if (!match) throw wrong(place, value, 'a duration such as 30s, 10m or 1h');
  return UNITS[match[2]](Number(match[1]));
};

/** A member of an enum, by its value. Versions may have been written without quotes, and are then numbers. */
export function memberOf<T extends string>(members: Readonly<Record<string, T>>): Reader<T> {
  const values = Object.values(members);
  return (value, place) => {
    const found = values.find(member => member === (typeof value === 'number' ? String(value) : value));
    if (found === undefined) throw wrong(place, value, `one of ${values.join(', ')}`);
    return found;
  };
}

/** A map of texts, such as labels. */
export const texts: Reader<Record<string, string>> = (value, place) =>
  Object.fromEntries(Object.entries(fields(value, place)).map(([key, entry]) => [key, text(entry, `${place}.${key}`)]));

export function listOf<T>(reader: Reader<T>): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw wrong(place, value, 'a list');
    return value.map((entry, index) => reader(entry, `${place}[${index}]`));
  };
}

/** A map with known keys, each with a reader of its own; all may be left out that are not named as required. */
export function structOf<T>(
  readers: { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> },
  required: readonly (keyof T & string)[] = [],
): Reader<T> {
  return (value, place) => {
    const given = fields(value, place);
    const known = Object.keys(readers);
    for (const key of Object.keys(given).filter(name => !known.includes(name))) {
      const [meant] = nearest(key, known);
      throw new UsageError(`${join(place, key)} cannot be set: ${meant ? `did you mean ${meant}?` : `there are ${known.join(', ')}.`}`);
    }
    for (const key of required.filter(name => given[name] === undefined)) throw new UsageError(`${join(place, key)} is missing.`);
    return Object.fromEntries(Object.entries(given).map(([key, entry]) => [key, readers[key as keyof T](entry, join(place, key))])) as T;
  };
}

function fields(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(place, value, 'a map');
  return value as Record<string, unknown>;
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}

function wrong(place: string, value: unknown, expected: string): UsageError {
  return new UsageError(`${place || 'the whole'} is ${JSON.stringify(value) ?? 'nothing'}, and should be ${expected}.`);
}
