import { Labels, Selector } from './labels';
import { addTo } from './multi-map';

/** Things with labels, found without looking at every one. */
export class LabelIndex<T> {
  public readonly all: T[] = [];
  private readonly byLabel = new Map<string, T[]>();
  private readonly byOpenLabel = new Map<string, T[]>();

  /** Adds a thing; of its open labels the values are not known. */
  public add(thing: T, labels: Labels, openLabels: readonly string[] = []): void {
    this.all.push(thing);
    for (const [key, value] of Object.entries(labels)) addTo(this.byLabel, `${key}=${value}`, thing);
    for (const key of openLabels) addTo(this.byOpenLabel, key, thing);
  }

  /** Those that may satisfy a selector: of its labels, the one that the fewest have decides. */
  public candidates(selector: Selector): readonly T[] {
    let best: readonly T[] = this.all;
    for (const [key, value] of Object.entries(selector.matchLabels)) {
      const exact = this.byLabel.get(`${key}=${value}`) ?? [];
      const open = this.byOpenLabel.get(key) ?? [];
      if (exact.length + open.length < best.length) best = open.length === 0 ? exact : [...new Set([...exact, ...open])];
    }
    return best;
  }
}
