/** In what way a field is wrong. */
export type Fault = 'type' | 'unknown' | 'missing' | 'value' | 'combination' | 'cel' | 'duplicate' | 'name';

/** One thing that the API server has against an object. */
export interface Violation {
  readonly fault: Fault;
  /** The field, such as `spec.containers[0].image`. */
  readonly field: string;
  /** What stands there; left out where nothing does, or where it may be a secret. */
  readonly value?: unknown;
  readonly reason: string;
  readonly fix: string;
  /** Only a server-side apply refuses it; a plain create or update lets it pass. */
  readonly onlyApply?: true;
}

/** What is wrong with a value, whatever the field. */
export interface Complaint {
  readonly reason: string;
  readonly fix: string;
}
