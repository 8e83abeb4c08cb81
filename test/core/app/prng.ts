const MODULUS = 2 ** 31 - 1;

/** A small seeded generator (Lehmer's, with the multiplier 48271), so that a failing app can be built again from its number. */
export class Prng {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + (seed * 7919) % (MODULUS - 1);
    // neighbouring seeds start alike
    for (let i = 0; i < 3; i++) this.next();
  }

  /** A fraction from 0 up to 1. */
  public next(): number {
    this.state = (this.state * 48271) % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
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
