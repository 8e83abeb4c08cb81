import { Complaint, Fault, Violation } from './violation';

const PLAIN = /^[A-Za-z_$][\w$-]*$/;

/** How much of an object's part is looked at. */
export enum Depth {
  /** All of it. */
  FULL,
  /** Whether it can be read; the server drops what a status says of a core kind once it has read it. */
  READABLE,
  /** Whether its fields are known; of the status of a custom kind the server looks at nothing else. */
  KNOWN,
}

/** One walk over an object: where it is, and what it has found. */
export class Walk {
  public readonly violations: Violation[] = [];
  /** Whether values may be told; those of a Secret may not. */
  public tellsValues = true;
  public depth = Depth.FULL;
  /** Volumes that the pods of the object get beside those that they declare. */
  public claims: readonly unknown[] = [];
  private readonly trail: (string | number)[] = [];

  /** The step by which the walk came here, or one of those before. */
  public step(back: number): string | number | undefined {
    return this.trail[this.trail.length - 1 - back];
  }

  public enter(step: string | number): void {
    this.trail.push(step);
  }

  public leave(): void {
    this.trail.pop();
  }

  public report(fault: Fault, complaint: Complaint, value?: unknown, below: readonly (string | number)[] = [], onlyApply = false): void {
    this.violations.push({
      fault,
      field: fieldText([...this.trail, ...below]),
      ...value === undefined || !this.tellsValues ? {} : { value },
      reason: complaint.reason,
      fix: complaint.fix,
      ...onlyApply ? { onlyApply } : {},
    });
  }

  /** Does something one or more steps below. */
  public within(steps: readonly (string | number)[], look: () => void): void {
    this.trail.push(...steps);
    look();
    this.trail.length -= steps.length;
  }
}

/** A path as findings spell it: `spec.containers[0].image`, `metadata.annotations['example.com/key']`. */
export function fieldText(steps: readonly (string | number)[]): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (PLAIN.test(step)) text += text === '' ? step : `.${step}`;
    else text += `['${step}']`;
  }
  return text;
}
