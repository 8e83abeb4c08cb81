/** How the text of a header, a query parameter or another part of a request is compared. */
export class TextMatch {
  /** It is this text. */
  public static exact(text: string): TextMatch {
    return new TextMatch('exact', text);
  }

  /** It begins with this text. */
  public static prefix(text: string): TextMatch {
    return new TextMatch('prefix', text);
  }

  /**
   * The whole of it matches.
   * @param pattern a regular expression of RE2, at most 1024 characters: https://github.com/google/re2/wiki/Syntax
   */
  public static regex(pattern: string): TextMatch {
    return new TextMatch('regex', pattern);
  }

  /** It is there, whatever it says. Of headers and query parameters only. */
  public static present(): TextMatch {
    return new TextMatch('present', '');
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'exact' | 'prefix' | 'regex' | 'present',
    /** @internal */
    public readonly _text: string,
  ) {}

  /** @internal */
  public _render(): { exact?: string; prefix?: string; regex?: string } {
    // Istio reads a condition without content as presence, of headers only; the pattern that takes everything holds for all
    return this._kind === 'present' ? { regex: '.*' } : { [this._kind]: this._text };
  }
}
