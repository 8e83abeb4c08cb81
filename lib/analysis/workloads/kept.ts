/** What is computed from an object, computed once for each. */
export class Kept<K extends object, V> {
  private readonly known = new Map<K, V>();

  constructor(private readonly compute: (key: K) => V) {}

  public of(key: K): V {
    let value = this.known.get(key);
    if (value === undefined) {
      value = this.compute(key);
      this.known.set(key, value);
    }
    return value;
  }
}
