const POSIX: Record<string, string> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

const known = new Map<string, RegExp | undefined>();

/**
 * A pattern of Go's regexp package (RE2) as JavaScript reads it; undefined where it cannot be said in JavaScript, or is none.
 * They differ: in Go flags may stand within a pattern, \z, \A, \Q..\E and [[:alpha:]] exist, \s knows ASCII alone and classes count code points.
 */
export function goRegExp(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, attempt(pattern));
  return known.get(pattern);
}

function attempt(pattern: string): RegExp | undefined {
  try {
    return new RegExp(new Translation(pattern).result(), 'u');
  } catch {
    return undefined;
  }
}

/** Go reads a flag from where it stands to the end of its group, JavaScript only for a whole pattern, so flags are written out. */
class Translation {
  private at = 0;
  private out = '';
  private flags: Flags = { i: false, m: false, s: false };

  constructor(private readonly pattern: string) {}

  public result(): string {
    const groups: Flags[] = [];
    while (this.at < this.pattern.length) this.next(groups);
    return this.out;
  }

  private next(groups: Flags[]): void {
    const char = this.pattern[this.at];
    switch (char) {
      case '\\': return this.escape();
      case '[': return this.characterClass();
      case '(': return this.group(groups);
      case ')':
        this.flags = groups.pop() ?? this.flags;
        return this.take(1);
      case '.': return this.replace(1, this.flags.s ? '[\\s\\S]' : '[^\\n]');
      case '^': return this.replace(1, this.flags.m ? '(?<=^|\\n)' : '^');
      case '$': return this.replace(1, this.flags.m ? '(?=\\n|$)' : '$');
      case '{': return this.repetition();
      case '}': case ']': return this.replace(1, `\\${char}`);
      case '*': case '+': case '?': case '|': return this.take(1);
      default: return this.literal();
    }
  }

  private take(length: number): void {
    this.replace(length, this.pattern.substr(this.at, length));
  }

  private replace(length: number, text: string): void {
    this.at += length;
    this.out += text;
  }

  private literal(): void {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
    const other = char.toLowerCase() === char ? char.toUpperCase() : char.toLowerCase();
    this.replace(char.length, this.flags.i && other !== char ? `[${char}${other}]` : char);
  }

  private repetition(): void {
    const counted = /^\{\d+(?:,\d*)?\}/.exec(this.pattern.slice(this.at));
    if (counted) this.take(counted[0].length);
    else this.replace(1, '\\{');
  }

  private group(groups: Flags[]): void {
    const rest = this.pattern.slice(this.at);
    const flagged = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
    if (!flagged) {
      groups.push(this.flags);
      const name = /^\(\?P?<(\w+)>/.exec(rest);
      if (name) this.replace(name[0].length, `(?<${name[1]}>`);
      else this.take(1);
      return;
    }
    const [text, on, off = '', end] = flagged;
    if (end === ':') groups.push(this.flags);
    this.flags = {
      i: (this.flags.i || on.includes('i')) && !off.includes('i'),
      m: (this.flags.m || on.includes('m')) && !off.includes('m'),
      s: (this.flags.s || on.includes('s')) && !off.includes('s'),
    };
    this.replace(text.length, end === ':' ? '(?:' : '');
  }

  private escape(): void {
    const next = this.pattern[this.at + 1] ?? '';
    if (next === 'Q') {
      const [quoted] = this.pattern.slice(this.at + 2).split('\\E');
      this.replace(Math.min(quoted.length + 4, this.pattern.length - this.at), quoted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    } else if (next === 'A') {
      this.replace(2, '(?<![\\s\\S])');
    } else if (next === 'z') {
      this.replace(2, '(?![\\s\\S])');
    } else {
      this.replace(...this.escaped(false));
    }
  }

  /** How long an escape is, and what it is in JavaScript. */
  private escaped(within: boolean): [number, string] {
    const rest = this.pattern.slice(this.at);
    const next = rest[1] ?? '';
    const space = '\\t\\n\\f\\r ';
    const code = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest);
    if (code) return [code[0].length, `\\u{${code[1] ?? code[2]}}`];
    const octal = /^\\([0-7]{1,3})/.exec(rest);
    if (octal) return [octal[0].length, `\\u{${parseInt(octal[1], 8).toString(16)}}`];
    const category = /^\\([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(rest);
    if (category) return [category[0].length, `\\${category[2] ? 'P' : category[1]}{${propertyName(category[3] ?? category[4])}}`];
    if (next === 's') return [2, within ? space : `[${space}]`];
    if (next === 'S' && !within) return [2, `[^${space}]`];
    if (next === 'a') return [2, '\\x07'];
    if (/[dDwWbBtnrfvS]/.test(next)) return [2, `\\${next}`];
    if (next === '-') return [2, within ? '\\-' : '-'];
    if (/[\\^$.*+?()[\]{}|/]/.test(next)) return [2, `\\${next}`];
    // any other punctuation may be escaped in Go
    if (/[\x21-\x7e]/.test(next) && !/[0-9A-Za-z]/.test(next)) return [2, next];
    throw new Error(`unknown escape \\${next}`);
  }

  private characterClass(): void {
    let text = '[';
    this.at += 1;
    if (this.pattern[this.at] === '^') {
      text += '^';
      this.at += 1;
    }
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) throw new Error('class without end');
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.pattern.slice(this.at));
      if (posix) {
        if (posix[1] || !POSIX[posix[2]]) throw new Error('negated class within a class');
        text += POSIX[posix[2]];
        this.at += posix[0].length;
      } else if (this.pattern[this.at] === '\\') {
        const [length, escaped] = this.escaped(true);
        text += escaped;
        this.at += length;
      } else {
        text += this.member();
      }
    }
    this.at += 1;
    this.out += `${text}]`;
  }

  /** A character or a range of a class. */
  private member(): string {
    const range = /^([^\\])-([^\]\\])/u.exec(this.pattern.slice(this.at));
    const [text, from, to] = range ?? [String.fromCodePoint(this.pattern.codePointAt(this.at)!)];
    this.at += text.length;
    const plain = range ? `${inClass(from)}-${inClass(to)}` : inClass(text);
    if (!this.flags.i) return plain;
    const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
    return range ? `${plain}${letters(lower)}${letters(upper)}` : lower === upper ? plain : `${lower}${upper}`;
  }
}

function letters(range: string): string {
  return /^(?:[a-z]-[a-z]|[A-Z]-[A-Z])$/.test(range) ? range : '';
}

function inClass(char: string): string {
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
}

/** One letter names a general category, a word a script. */
function propertyName(name: string): string {
  return /^[A-Z][a-z]?$/.test(name) ? name : `Script=${name}`;
}
