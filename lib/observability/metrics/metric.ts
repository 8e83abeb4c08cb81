import { Match, Matchers } from '../promql/match';
import { Vector } from '../promql/vector';
import { Window } from '../promql/window';

/** What is known of a metric, and where it is written down. */
export interface MetricFacts<L extends string> {
  /** Its name in Prometheus; of a histogram without `_bucket`, `_count`, `_sum`. */
  readonly name: string;
  /** Name and unit of the OpenTelemetry instrument that the name comes from, where it comes from one. */
  readonly instrument?: { readonly name: string; readonly unit: string };
  /** Unit in Prometheus. */
  readonly unit: 'seconds' | 'milliseconds' | 'requests' | 'pods';
  /** What it says, traps included. */
  readonly meaning: string;
  /** Labels that the process exports with it. */
  readonly labels: readonly L[];
  /** Where the process that exports it says so: file and version. */
  readonly source: string;
}

/** Labels that scraping adds, or that OTLP promotes from resource attributes. */
export type Scraped = 'k8s_namespace_name' | 'kn_service_name' | 'kn_revision_name';

/** A value that goes up and down. */
export class Gauge<L extends string> {
  constructor(public readonly facts: MetricFacts<L>) {}

  public where(matchers: Matchers<L>): Vector<L> {
    return new Vector(selector(this.facts.name, matchers), this.facts.labels);
  }
}

/** A value that only goes up. It is of no use without a rate, so there is no way to it without one. */
export class Counter<L extends string> {
  constructor(public readonly facts: MetricFacts<L>) {}

  public where(matchers: Matchers<L>): Counting<L> {
    return new Counting(selector(this.facts.name, matchers), this.facts.labels);
  }
}

/** Selected series of a counter. */
export class Counting<L extends string> {
  constructor(private readonly text: string, private readonly labels: readonly L[]) {}

  /** Increase per second, averaged over a window. */
  public rate(window: Window): Vector<L> {
    return new Vector(`rate(${this.text}[${window.text}])`, this.labels);
  }
}

/** Observations sorted into buckets. */
export class Histogram<L extends string> {
  constructor(
    public readonly facts: MetricFacts<L>,
    /** Upper edges of the buckets, in the unit of the metric. */
    public readonly buckets: readonly number[],
  ) {}

  /** How many observations there were. */
  public get count(): Counter<L> {
    return new Counter({ ...this.facts, name: `${this.facts.name}_count` });
  }

  /** The value below which a share of the observations of a window lie. */
  public quantile<K extends L>(share: number, matchers: Matchers<L>, window: Window, ...by: readonly K[]): Vector<K> {
    const buckets = new Counter<L | 'le'>({ ...this.facts, name: `${this.facts.name}_bucket`, labels: [...this.facts.labels, 'le'] });
    const rates = buckets.where(matchers as Matchers<L | 'le'>).rate(window).sumBy<K | 'le'>('le', ...by);
    return new Vector(`histogram_quantile(${share}, ${rates.text})`, by);
  }
}

function selector<L extends string>(name: string, matchers: Matchers<L>): string {
  const given = Object.entries<Match | undefined>(matchers)
    .flatMap(([label, match]) => match ? [match.on(label)] : [])
    .sort();
  return given.length === 0 ? name : `${name}{${given.join(',')}}`;
}
