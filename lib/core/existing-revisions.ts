import { IConstruct } from 'constructs';

const REVISIONS = new WeakMap<IConstruct, ReadonlySet<string>>();

/** Says that the cluster has revisions which an object names and the app does not make. */
export function declareRevisions(object: IConstruct, names: readonly string[]): void {
  REVISIONS.set(object, new Set(names));
}

/** Whether somebody answers for a revision being there. */
export function isDeclaredRevision(object: IConstruct, name: string): boolean {
  return REVISIONS.get(object)?.has(name) === true;
}
