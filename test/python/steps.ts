import type { Report } from '../cluster/report';

/** A step that later ones build upon did not succeed. */
export class Stopped extends Error {}

/** Checks that tell how long they took. */
export class Steps {
  constructor(private readonly report: Report) {}

  /** Passes when nothing wrong is found. What is thrown is one thing wrong. */
  public check(what: string, look: () => readonly string[]): boolean {
    const began = Date.now();
    let wrong: readonly string[];
    try {
      wrong = look();
    } catch (error) {
      wrong = [(error as Error).message];
    }
    this.report.verdict(`${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`, wrong);
    return wrong.length === 0;
  }

  public required(what: string, look: () => readonly string[]): void {
    if (!this.check(what, look)) throw new Stopped();
  }

  /** Gives what a step makes; without it there is no going on. */
  public making<T>(what: string, make: () => T): T {
    const made: T[] = [];
    this.required(what, () => {
      made.push(make());
      return [];
    });
    return made[0];
  }

  /** A check whose outcome is known already. */
  public verdict(what: string, wrong: readonly string[]): void {
    this.report.verdict(what, wrong);
  }
}
