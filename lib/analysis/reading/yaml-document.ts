import type { Document, Node, YAMLError } from 'yaml';
import { Chunk } from './chunks';
import { offsetOf, stepsOf } from './field-path';
import { looksLikeTemplate } from './foreign';
import { readPlainYaml } from './plain-yaml';
import { kubectlTags } from './scalars';
import { yaml } from './yaml-library';

const MAYBE_COMPLEX_KEY = /[{[]\s*[{[]|[}\]]\s*:|^[\s-]*\?\s/m;

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with the text itself. */
export interface SyntaxProblem extends Position {
  readonly message: string;
  /** The key that stands twice in one map, where that is what is wrong. */
  readonly duplicateKey?: string;
}

/** One document of a file: its value as JSON, what is wrong with its text, and where its fields stand. */
export class YamlDocument {
  public readonly problems: SyntaxProblem[];
  public readonly value: unknown;
  public readonly start: Position;

  private tree?: Document;

  constructor(private readonly chunk: Chunk) {
    const plain = readPlainYaml(chunk.text);
    if (plain) {
      this.problems = [];
      this.value = plain.value;
      this.start = { line: chunk.linesBefore + plain.line + 1, column: 1 };
      return;
    }
    const document = this.parsed();
    this.problems = [...document.errors.map(error => this.problemOf(error)), ...this.keysThatAreNoText(document)];
    this.start = this.positionAt(document.contents?.range?.[0] ?? 0);
    try {
      this.value = document.toJS();
    } catch (e) {
      this.problems.push({ ...this.start, message: e instanceof Error ? e.message : String(e) });
    }
  }

  /** Whether the text has a value at all; one in which a key stands twice has one, in which the last counts. */
  public get readable(): boolean {
    return this.problems.every(problem => problem.duplicateKey !== undefined);
  }

  /** Where a field stands, or the nearest thing above it. */
  public locate(field: string | undefined, below: readonly string[] = []): Position {
    if (!this.tree) this.tree = this.parsed();
    return this.positionAt(offsetOf(this.tree.contents, [...below, ...stepsOf(field ?? '')]));
  }

  // not kept: of many documents few have findings, and the tree takes several times the memory of the value
  private parsed(): Document {
    const options = { customTags: kubectlTags, merge: true, prettyErrors: false, logLevel: 'silent' } as const;
    return yaml().parseDocument(this.chunk.text, options);
  }

  private problemOf({ message, code, pos }: YAMLError): SyntaxProblem {
    const duplicateKey = code === 'DUPLICATE_KEY' ? keyAt(this.chunk.text, pos[0]) : undefined;
    return { ...this.positionAt(pos[0]), message: message.replace(/\s+/g, ' '), ...duplicateKey === undefined ? {} : { duplicateKey } };
  }

  // `{{ .Values.name }}` is a map whose key is a map, which kubectl refuses
  private keysThatAreNoText(document: Document): SyntaxProblem[] {
    if (!MAYBE_COMPLEX_KEY.test(this.chunk.text)) return [];
    return complexKeysIn(document.contents).map(key => ({
      ...this.positionAt(key.range?.[0] ?? 0),
      message: 'A key must be a text, not a map or a list',
    }));
  }

  /** Whether the text is no YAML because it is a template. */
  public get isTemplate(): boolean {
    return !this.readable && looksLikeTemplate(this.chunk.text, this.problems.map(({ line }) => line - this.chunk.linesBefore - 1));
  }

  private positionAt(offset: number): Position {
    const before = this.chunk.text.slice(0, Math.min(offset, this.chunk.text.trimEnd().length));
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: this.chunk.linesBefore + before.split('\n').length, column: before.length - lineStart + 1 };
  }
}

function complexKeysIn(node: unknown): Node[] {
  const { isMap, isSeq, isScalar } = yaml();
  if (isSeq(node)) return node.items.flatMap(complexKeysIn);
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => isScalar(key) ? complexKeysIn(value) : [key as Node, ...complexKeysIn(value)]);
}

function keyAt(text: string, offset: number): string {
  return /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\n]*?(?=\s*:(?:\s|$)|\n|$))/.exec(text.slice(offset))?.[0] ?? '';
}
