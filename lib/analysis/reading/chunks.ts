/** One document of a text, as kubectl cuts it: at every line that begins with `---`. */
export interface Chunk {
  readonly text: string;
  /** How many lines of the file come before it. */
  readonly linesBefore: number;
}

const SEPARATOR = /^---(?=[ \t\r\n]|$)/gm;
const NOTHING_SAID = /^\s*(?:#.*|%.*|\.\.\.)?$/;

/**
 * The documents of a text that say something, each to be parsed by itself: an error in one must not swallow the next. A line that
 * begins with `---` ends a document wherever it stands, even in a quoted text (YAML 1.2.2, 9.1.2 and c-forbidden).
 */
export function chunksOf(text: string): Chunk[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const starts = [0, ...Array.from(body.matchAll(SEPARATOR), match => match.index)];
  const chunks: Chunk[] = [];
  let linesBefore = 0;
  starts.forEach((start, i) => {
    const piece = body.slice(start, starts[i + 1]);
    if (!saysNothing(piece)) chunks.push({ text: piece, linesBefore });
    linesBefore += countLines(piece);
  });
  return chunks;
}

function saysNothing(piece: string): boolean {
  return piece.replace(/^---/, '').split('\n').every(line => NOTHING_SAID.test(line));
}

function countLines(piece: string): number {
  let count = 0;
  for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) count++;
  return count;
}
