/** A small seeded generator (mulberry32), so that a failing app can be built again from its number. */
export class Prng {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** A fraction from 0 up to 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `below`. */
  public below(below: number): number {
    return Math.floor(this.next() * below);
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }
}
