import type { Duration, Size } from 'cdk8s';
import { ProblemReport } from './problem';
import { isRawOutput } from './unresolved';

/** What a property has to be; the compiler says so in TypeScript, nobody does in JavaScript. */
export interface Expected<T> {
  /** In words, after "expected". */
  readonly what: string;
  /** What to write instead. */
  readonly fix: string;
  readonly holds: (value: unknown) => value is T;
}

// classes that are only made by their factories have no constructor to speak of
type Class<T> = Function & { readonly prototype: T };

export const TEXT: Expected<string> = {
  what: 'text',
  fix: 'pass a string',
  holds: (value): value is string => typeof value === 'string',
};

export const FLAG: Expected<boolean> = {
  what: 'true or false',
  fix: 'pass a boolean',
  holds: (value): value is boolean => typeof value === 'boolean',
};

export const NUMBER: Expected<number> = {
  what: 'a number',
  fix: 'pass a number',
  holds: (value): value is number => typeof value === 'number' && Number.isFinite(value),
};

export const DURATION: Expected<Duration> = {
  what: 'a Duration of cdk8s',
  fix: 'write the unit down, as in Duration.seconds(30)',
  holds: (value): value is Duration => isObject(value) && typeof (value as { toMilliseconds?: unknown }).toMilliseconds === 'function',
};

export const SIZE: Expected<Size> = {
  what: 'a Size of cdk8s',
  fix: 'write the unit down, as in Size.mebibytes(128)',
  holds: (value): value is Size => isObject(value) && typeof (value as { toKibibytes?: unknown }).toKibibytes === 'function',
};

export const TEXTS: Expected<string[]> = {
  what: 'a list of texts',
  fix: 'pass an array of strings',
  holds: (value): value is string[] => Array.isArray(value) && value.every(entry => typeof entry === 'string'),
};

export const TEXT_MAP: Expected<{ [key: string]: string }> = {
  what: 'a map of texts',
  fix: 'pass an object whose values are strings',
  holds: (value): value is { [key: string]: string } => isObject(value) && !Array.isArray(value)
    && Object.values(value).every(entry => typeof entry === 'string'),
};

/** An object of a class; by name too, because two copies of a package have two classes. */
export function instanceOf<T>(type: Class<T>, fix: string): Expected<T> {
  return {
    what: `${/^[AEIOU]/.test(type.name) ? 'an' : 'a'} ${type.name}`,
    fix,
    holds: (value): value is T => value instanceof type || (isObject(value) && value.constructor?.name === type.name),
  };
}

/** A list of which every entry is what it has to be. */
export function listOf<T>(entry: Expected<T>): Expected<T[]> {
  return {
    what: `a list, each entry ${entry.what}`,
    fix: entry.fix,
    holds: (value): value is T[] => Array.isArray(value) && value.every(entry.holds),
  };
}

/** A member of an enum. */
export function memberOf<T extends string>(name: string, members: Record<string, T>): Expected<T> {
  return {
    what: `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`,
    fix: `pass one of ${Object.keys(members).map(key => `${name}.${key}`).join(', ')}`,
    holds: (value): value is T => Object.values(members).includes(value as T),
  };
}

/** A plain object with the given properties. */
export function optionsLike<T extends object>(what: string, fix: string): Expected<T> {
  return { what, fix, holds: (value): value is T => isObject(value) && !Array.isArray(value) };
}

/** The value where it is what it has to be. What is not is reported by `wrongType`, and must not break the rendering before. */
export function usable<T>(value: unknown, expected: Expected<T>): T | undefined {
  return expected.holds(value) ? value : undefined;
}

/** Reports a value that is there and is not what it has to be. */
export function wrongType(field: string, value: unknown, expected: Expected<unknown>): ProblemReport[] {
  if (value === undefined || value === null || expected.holds(value)) return [];
  if (isRawOutput(value)) return [rawOutput(field, expected)];
  return [{
    code: 'SM0005',
    field,
    value: describe(value),
    reason: `expected ${expected.what}`,
    fix: expected.fix,
  }];
}

function rawOutput(field: string, expected: Expected<unknown>): ProblemReport {
  return {
    code: 'SM1400',
    field,
    reason: `expected ${expected.what}, and found an output of Pulumi, for which nobody would wait`,
    fix: 'pass fromPulumi.string(output), .number, .list or .map of cdk8s-serverless-mesh/pulumi, whichever the property asks for',
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// an object may be a construct, whose JSON is the whole tree
function describe(value: unknown): unknown {
  switch (typeof value) {
    case 'string': case 'number': case 'boolean': return value;
    case 'object': return Array.isArray(value) ? 'an array' : `an object of ${value!.constructor?.name ?? 'no class'}`;
    default: return `a ${typeof value}`;
  }
}
