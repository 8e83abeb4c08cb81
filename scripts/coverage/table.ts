// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** A field that the constructs do not have, and why. */
export interface Without {
  readonly without: string;
}

/** Where each field of a kind is said, for the page that shows it. */
export interface Table {
  /** The page under docs/, without its ending. */
  readonly page: string;
  readonly group: string;
  readonly kind: string;
  /** By the path of the field: what says it, or why nothing does. */
  readonly fields: Readonly<Record<string, string | Without>>;
  /** Objects that constructs make, in which every field occurs that something says. */
  readonly sample: () => Json[];
}

export function without(reason: string): Without {
  return { without: reason };
}
