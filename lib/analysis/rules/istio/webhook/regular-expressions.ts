const LONGEST = 1024;
const MOST_REPETITIONS = 1000;
const GROUP = /^\(\?(?:[imsU]*(?:-[imsU]+)?[:)]|P?<[A-Za-z_0-9]+>)/;
const REPETITION = /^\{(\d+)(?:(,)(\d*))?\}/;
const ESCAPED_LETTERS = 'AabBdDfnpPQrsStvwWxz';

/** Why Istio refuses a regular expression: it reads RE2, which has no look-around and no back references; nothing where it takes it. */
export function regularExpressionFault(pattern: string): string | undefined {
  if (Buffer.byteLength(pattern) > LONGEST) return `a regular expression has at most ${LONGEST} characters`;
  return new Reading(pattern).fault();
}

/** What may be repeated: nothing yet, a piece, or something repeated already. */
enum Before { NOTHING, PIECE, REPEATED, LAZY }

class Reading {
  private at = 0;
  private open = 0;
  private before = Before.NOTHING;

  constructor(private readonly pattern: string) {}

  public fault(): string | undefined {
    while (this.at < this.pattern.length) {
      const fault = this.step(this.pattern[this.at], this.pattern.slice(this.at));
      if (fault !== undefined) return fault;
    }
    return this.open > 0 ? 'a parenthesis is not closed' : undefined;
  }

  private step(char: string, rest: string): string | undefined {
    if (char === '\\') return this.escape(rest);
    if (char === '[') return this.characterClass(rest);
    if (char === '(') return this.group(rest);
    if (char === ')') return this.close();
    if (char === '|') return this.take(1, Before.NOTHING);
    if (char === '*' || char === '+' || char === '?') return this.repeat(char, 1);
    const repetition = char === '{' ? REPETITION.exec(rest) : null;
    return repetition ? this.counted(repetition) : this.take(1, Before.PIECE);
  }

  private take(length: number, before: Before): undefined {
    this.at += length;
    this.before = before;
    return undefined;
  }

  private group(rest: string): string | undefined {
    if (!rest.startsWith('(?')) {
      this.open += 1;
      return this.take(1, Before.NOTHING);
    }
    const group = GROUP.exec(rest);
    if (!group) return `RE2 has no group that begins with '${rest.slice(0, 3)}': it knows no look-ahead and no look-behind`;
    if (!group[0].endsWith(')')) this.open += 1;
    return this.take(group[0].length, Before.NOTHING);
  }

  private close(): string | undefined {
    this.open -= 1;
    return this.open < 0 ? 'a parenthesis is closed that was not opened' : this.take(1, Before.PIECE);
  }

  private repeat(operator: string, length: number): string | undefined {
    if (this.before === Before.NOTHING) return `nothing stands before '${operator}' that it could repeat`;
    if (this.before === Before.PIECE) return this.take(length, Before.REPEATED);
    if (this.before === Before.REPEATED && operator === '?') return this.take(length, Before.LAZY);
    return `'${operator}' repeats a repetition`;
  }

  private counted([text, least, comma, most]: RegExpExecArray): string | undefined {
    const [from, to] = [Number(least), Number(comma ? most || least : least)];
    if (from > MOST_REPETITIONS || to > MOST_REPETITIONS || to < from) return `'${text}' is no number of repetitions that RE2 takes`;
    return this.repeat(text, text.length);
  }

  private escape(rest: string): string | undefined {
    const next = rest[1];
    if (next === undefined) return 'a backslash at the end escapes nothing';
    if (next === 'Q') {
      const end = rest.indexOf('\\E');
      return this.take(end < 0 ? rest.length : end + 2, Before.PIECE);
    }
    if (/[1-9]/.test(next) && !/^\\[1-7][0-7]/.test(rest)) return `RE2 has no back references such as \\${next}`;
    if (/[A-Za-z]/.test(next) && !ESCAPED_LETTERS.includes(next)) return `RE2 does not know \\${next}`;
    const property = /^\\[pPx]\{[^}]*\}/.exec(rest);
    return this.take(property ? property[0].length : 2, Before.PIECE);
  }

  private characterClass(rest: string): string | undefined {
    // a bracket that closes may stand first
    let end = /^\[\^?\]?/.exec(rest)![0].length;
    while (end < rest.length && rest[end] !== ']') {
      const named = /^\[:\^?\w+:\]/.exec(rest.slice(end));
      end += named ? named[0].length : rest[end] === '\\' ? 2 : 1;
    }
    return end >= rest.length ? 'a bracket is not closed' : this.take(end + 1, Before.PIECE);
  }
}
