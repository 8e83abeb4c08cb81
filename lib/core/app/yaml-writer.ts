import { Yaml } from 'cdk8s';

/**
 * Texts that the library writes as they are: one line of ASCII that begins with no indicator and no digit, has no colon before a space or the
 * end, no space before a `#` or the end, and is nothing that YAML 1.1 takes for a number, a truth value or nothing. There are more of that
 * kind, but of these it is certain.
 */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$)[a-z_/][!-9;-~]*(?:(?::(?=[!-~])| (?=[ !"$-~]))[!-9;-~]*)*$/i;
const LONGEST_KEY = 200;
const STEP = '  ';

/** One of everything that is written without the library. */
const PROBE = { text: 'plain', map: { none: {}, number: 1.5, list: [true, ['a', { b: 'https://c:1/d', e: 'f' }], [], {}] } };

/** Thrown where a document holds what only the library can write. */
const UNUSUAL = new Error('only the library writes this');

/**
 * Writes documents as `Yaml.stringify` does, byte for byte, in a tenth of the time: the library builds and types a tree of nodes first, which
 * is three quarters of what a synth of plain objects takes. Whatever is not certainly the same is left to it.
 */
export class YamlWriter {
  private readonly texts = new Map<string, string>();
  private isSame?: boolean;

  /** The text of a document, with the end of its last line. */
  public write(document: unknown): string {
    // another release of the library may write another style
    this.isSame ??= this.attempt(PROBE) === Yaml.stringify(PROBE);
    return (this.isSame ? this.attempt(document) : undefined) ?? Yaml.stringify(document);
  }

  private attempt(document: unknown): string | undefined {
    if (!isMap(document)) return undefined;
    try {
      const seen = new Set<unknown>();
      return `${this.map(document, '', seen)}\n`;
    } catch (e) {
      if (e === UNUSUAL) return undefined;
      throw e;
    }
  }

  private map(map: Record<string, unknown>, indent: string, seen: Set<unknown>): string {
    let text = '';
    for (const key of Object.keys(map)) {
      if (key.length > LONGEST_KEY || !PLAIN.test(key)) throw UNUSUAL;
      if (text !== '') text += `\n${indent}`;
      const value = map[key];
      const below = indent + STEP;
      text += `${key}:${isFilled(value) ? `\n${below}` : ' '}${this.value(value, below, seen)}`;
    }
    return text === '' ? '{}' : text;
  }

  private list(list: readonly unknown[], indent: string, seen: Set<unknown>): string {
    let text = '';
    for (let i = 0; i < list.length; i++) {
      if (i > 0) text += `\n${indent}`;
      text += `- ${this.value(list[i], indent + STEP, seen)}`;
    }
    return text === '' ? '[]' : text;
  }

  private value(value: unknown, indent: string, seen: Set<unknown>): string {
    switch (typeof value) {
      case 'string': return PLAIN.test(value) ? value : value.includes('\n') ? lines(value, indent) : this.line(value);
      case 'boolean': return String(value);
      case 'number':
        if (Number.isFinite(value)) return JSON.stringify(value);
        throw UNUSUAL;
      case 'object':
        // the library writes what stands there twice as an anchor and an alias
        if (seen.has(value)) throw UNUSUAL;
        seen.add(value);
        if (Array.isArray(value)) return this.list(value, indent, seen);
        if (isMap(value)) return this.map(value, indent, seen);
    }
    throw UNUSUAL;
  }

  /** A text of one line, which is written the same wherever it stands. */
  private line(value: string): string {
    let text = this.texts.get(value);
    if (text === undefined) {
      text = lines(value, STEP);
      this.texts.set(value, text);
    }
    return text;
  }
}

/** What the library makes of a text that stands in a map with an indentation. */
function lines(value: string, indent: string): string {
  let document: unknown = value;
  let before = '';
  for (let at = ''; at.length < indent.length; at += STEP) {
    document = { k: document };
    before += at.length + STEP.length < indent.length ? `${at}k:\n` : `${at}k: `;
  }
  return Yaml.stringify(document).slice(before.length, -1);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Array.isArray(value) ? value.length : Object.keys(value).length) > 0;
}
