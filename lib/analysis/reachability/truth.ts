/** Whether something holds; undefined where the question does not say enough to tell. */
export type Truth = boolean | undefined;

/** A value that the question leaves open, in contrast to one that is absent. */
export const OPEN = Symbol('open');

/** A value that is there, absent, or left open. */
export type Said = string | undefined | typeof OPEN;

export function anyOf<T>(values: Iterable<T>, test: (value: T) => Truth): Truth {
  let found: Truth = false;
  for (const value of values) {
    const holds = test(value);
    if (holds === true) return true;
    if (holds === undefined) found = undefined;
  }
  return found;
}

export function allOf<T>(values: Iterable<T>, test: (value: T) => Truth): Truth {
  return not(anyOf(values, value => not(test(value))));
}

export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
