/**
 * An expression that yields one sample per set of labels. The labels are part of the type: a ratio of two vectors
 * that were not aggregated alike does not compile.
 */
export class Vector<L extends string> {
  /** Keeps the type from being taken for one with more or fewer labels. */
  declare public readonly exactly: (label: L) => L;

  constructor(
    public readonly text: string,
    /** Labels of the result. */
    public readonly labels: readonly L[],
    private readonly compound = false,
  ) {}

  public sumBy<K extends L>(...labels: readonly K[]): Vector<K> {
    return this.aggregate('sum', labels);
  }

  public maxBy<K extends L>(...labels: readonly K[]): Vector<K> {
    return this.aggregate('max', labels);
  }

  public dividedBy(divisor: Vector<L>): Vector<L> {
    return this.joined('/', divisor);
  }

  public times(factor: number): Vector<L> {
    return this.scaled('*', factor);
  }

  /** Samples above a bound; the others are left out. */
  public above(bound: number): Vector<L> {
    return this.scaled('>', bound);
  }

  /** Samples at or above a bound; the others are left out. */
  public atLeast(bound: number): Vector<L> {
    return this.scaled('>=', bound);
  }

  /** These samples, and those of the other for the labels that are missing here. */
  public or(other: Vector<L>): Vector<L> {
    return this.joined('or', other);
  }

  /** These samples, where the other has one too. */
  public and(other: Vector<L>): Vector<L> {
    return this.joined('and', other);
  }

  /** A label as the annotations of an alert write it; only labels that the result has can be named. */
  public label(name: L): string {
    return `{{ $labels.${name} }}`;
  }

  private aggregate<K extends L>(operation: string, labels: readonly K[]): Vector<K> {
    return new Vector(`${operation} by (${labels.join(', ')}) (${this.text})`, labels);
  }

  private joined(operator: string, other: Vector<L>): Vector<L> {
    return new Vector(`${this.operand} ${operator} ${other.operand}`, this.labels, true);
  }

  private scaled(operator: string, by: number): Vector<L> {
    return new Vector(`${this.operand} ${operator} ${by}`, this.labels, true);
  }

  // more parentheses than PromQL asks for, so that nobody has to know its precedences
  private get operand(): string {
    return this.compound ? `(${this.text})` : this.text;
  }
}
