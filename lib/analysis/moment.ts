import { IConstruct } from 'constructs';

const MOMENTS = new WeakMap<IConstruct, Date>();

/** Has the objects of a tree judged as they stand at a moment, for rules on what comes to an end. */
export function judgeAt(root: IConstruct, now: Date): void {
  MOMENTS.set(root, now);
}

/** The moment at which a tree is judged; undefined where the clock must not decide, as for what an app synthesizes. */
export function momentOf(root: IConstruct): Date | undefined {
  return MOMENTS.get(root);
}
