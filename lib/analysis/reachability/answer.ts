import { Outcome } from './verdict';
import { ModelObject } from '../model';

/** What one layer says to a connection. */
export interface Answer {
  readonly outcome: Outcome;
  readonly reason: string;
  /** The object that says so. */
  readonly by?: ModelObject;
  /** Whether the pods learn who calls; only mutual TLS says so. */
  readonly identified?: boolean;
}

export function allowed(reason: string, by?: ModelObject): Answer {
  return { outcome: Outcome.ALLOWED, reason, by };
}

export function denied(reason: string, by?: ModelObject): Answer {
  return { outcome: Outcome.DENIED, reason, by };
}

export function depends(reason: string, by?: ModelObject): Answer {
  return { outcome: Outcome.DEPENDS, reason, by };
}

/** How messages name an object. */
export function named(object: ModelObject): string {
  return `${object.manifest.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name ?? ''}`;
}

/** The names of things that a question left open. */
export function listed(asked: Iterable<string>): string {
  return [...asked].sort().join(', ');
}
