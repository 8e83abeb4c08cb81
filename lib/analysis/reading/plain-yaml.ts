import { plainScalars } from './scalars';

/** A value with the line, counted from 0, on which it begins. */
export interface PlainDocument {
  readonly value: Record<string, unknown>;
  readonly line: number;
}

interface Line {
  readonly number: number;
  readonly column: number;
  readonly text: string;
}

const UNUSUAL = new Error('only the library reads this');
// longer ones are no keys (YAML 1.2.2, 7.4.2)
const KEY = /^([A-Za-z_][\w./-]{0,250}):(?: +(.*))?$/;
const ENTRY = /^-(?:( +)(.*))?$/;
// begins with no indicator, and has no colon before a space or the end, and no space before a `#`
const PLAIN = /^[\w./][!-9;-~]*(?:(?::(?=[!-~])| +(?=[!"$-9;-~]|:[!-~]))[!-9;-~]*)*$/;
const QUOTED = /^"([^"\\]*)"$|^'([^']*)'$/;
const LITERAL = /^\|-?$/;

/**
 * Reads a document in the style in which programs write manifests: block maps and lists, keys without quotes, texts on one line or as a
 * literal block, in ASCII. Undefined where it holds anything else, however right: the YAML library reads that, and all that is wrong, but it
 * takes a second for a megabyte.
 */
export function readPlainYaml(text: string): PlainDocument | undefined {
  if (!/^[\n -~]*$/.test(text)) return undefined;
  try {
    return new Reader(text.replace(/^---[ ]*(?=\n|$)/, '').split('\n')).document();
  } catch (e) {
    if (e === UNUSUAL) return undefined;
    throw e;
  }
}

class Reader {
  private at = -1;
  private line?: Line;

  constructor(private readonly lines: readonly string[]) {
    this.advance();
  }

  public document(): PlainDocument {
    const { line } = this;
    if (line?.column !== 0) throw UNUSUAL;
    const value = this.map(0);
    if (this.line) throw UNUSUAL;
    return { value, line: line.number };
  }

  private map(column: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    while (this.line?.column === column) {
      const [, key, rest] = KEY.exec(this.line.text) ?? [];
      if (key === undefined || key === '__proto__' || Object.hasOwn(map, key) || typeof scalar(key) !== 'string') throw UNUSUAL;
      map[key] = rest && LITERAL.test(rest) ? this.literal(column, rest) : this.after(rest, column);
    }
    return this.ended(map, column);
  }

  private list(column: number): unknown[] {
    const list: unknown[] = [];
    while (this.line?.column === column) {
      const [entry, spaces, rest] = ENTRY.exec(this.line.text) ?? [];
      // a list may stand right below its key, and then the next key ends it
      if (entry === undefined) break;
      if (rest && (KEY.test(rest) || ENTRY.test(rest))) {
        this.line = { ...this.line, column: column + 1 + spaces.length, text: rest };
        list.push(this.block());
      } else {
        list.push(this.after(rest, column, true));
      }
    }
    return this.ended(list, column);
  }

  /** What follows a key or the dash of an entry: a value on the same line, or a block on the next ones. */
  private after(rest: string | undefined, column: number, isEntry = false): unknown {
    this.advance();
    if (rest) return valueOf(rest);
    const { line } = this;
    if (line && (line.column > column || (!isEntry && line.column === column && ENTRY.test(line.text)))) return this.block();
    return null;
  }

  private block(): unknown {
    const { column, text } = this.line!;
    return ENTRY.test(text) ? this.list(column) : this.map(column);
  }

  private literal(column: number, header: string): string {
    const found: string[] = [];
    for (this.at++; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at];
      if (line.trim() !== '' && indentOf(line) <= column) break;
      found.push(line);
    }
    this.at--;
    this.advance();
    while (found.length > 0 && found[found.length - 1] === '') found.pop();
    const indent = found.length > 0 ? indentOf(found[0]) : 0;
    if (indent === 0 || found.some(line => line !== '' && (line.trim() === '' || indentOf(line) < indent))) throw UNUSUAL;
    return found.map(line => line.slice(indent)).join('\n') + (header === '|' ? '\n' : '');
  }

  private ended<T>(value: T, column: number): T {
    if (this.line && this.line.column > column) throw UNUSUAL;
    return value;
  }

  private advance(): void {
    this.line = undefined;
    while (++this.at < this.lines.length) {
      const text = this.lines[this.at].trim();
      if (text === '' || text.startsWith('#')) continue;
      this.line = { number: this.at, column: indentOf(this.lines[this.at]), text };
      return;
    }
  }
}

function valueOf(text: string): unknown {
  if (text === '{}') return {};
  if (text === '[]') return [];
  const quoted = QUOTED.exec(text);
  if (quoted) return quoted[1] ?? quoted[2];
  return scalar(text);
}

function scalar(text: string): unknown {
  if (!PLAIN.test(text)) throw UNUSUAL;
  const tag = plainScalars.find(({ test }) => test!.test(text));
  return tag ? tag.resolve(text, () => { throw UNUSUAL; }, {}) : text;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ') indent++;
  return indent;
}
