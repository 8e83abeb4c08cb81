/** What a target sees in place of the path that the client sent. */
export class PathRewrite {
  /**
   * The part of the path that the match names is replaced, the rest is kept: with match `pathPrefix('/users')` and `prefix('/v2')` a request for
   * `/users/7` arrives as `/v2/7`. Where the match names no path, this is put in front.
   */
  public static prefix(replacement: string): PathRewrite {
    return new PathRewrite('prefix', replacement.replace(/\/+$/, '') || '/');
  }

  /** The path as a whole is replaced. */
  public static full(path: string): PathRewrite {
    return new PathRewrite('full', path);
  }

  /**
   * What matches is replaced.
   * @param pattern a regular expression of RE2
   * @param substitution what stands in its place; `\1` is what its first group took
   */
  public static regex(pattern: string, substitution: string): PathRewrite {
    return new PathRewrite('regex', substitution, pattern);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'prefix' | 'full' | 'regex',
    /** @internal */
    public readonly _replacement: string,
    /** @internal */
    public readonly _pattern?: string,
  ) {}
}
