/** What is computed from an object, computed once for each. */
export class Kept<K extends object, V> {
  private readonly known = new WeakMap<K, { readonly value: V }>();

  constructor(private readonly compute: (key: K) => V) {}

  public of(key: K): V {
    let kept = this.known.get(key);
    if (kept === undefined) {
      kept = { value: this.compute(key) };
      this.known.set(key, kept);
    }
    return kept.value;
  }
}
