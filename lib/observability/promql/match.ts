/** What a label must be. Values are quoted and escaped here and nowhere else. */
export class Match {
  public static is(value: string): Match {
    return new Match('=', value);
  }

  public static present(): Match {
    return new Match('!=', '');
  }

  public static oneOf(values: readonly string[]): Match {
    const distinct = [...new Set(values)].sort();
    return distinct.length === 1 ? Match.is(distinct[0]) : new Match('=~', distinct.map(literal).join('|'));
  }

  /** A regular expression of RE2; Prometheus anchors it at both ends. */
  public static like(pattern: string): Match {
    return new Match('=~', pattern);
  }

  private constructor(private readonly operator: string, private readonly value: string) {}

  public on(label: string): string {
    return `${label}${this.operator}${quoted(this.value)}`;
  }
}

/** Matchers by label. */
export type Matchers<L extends string> = { readonly [K in L]?: Match };

/** A PromQL string: Go's escapes, of which JSON's are a part. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
