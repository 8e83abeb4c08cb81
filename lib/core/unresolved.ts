/**
 * Values that are known only when an app is deployed stand in the constructs as tokens: text that no value resembles and that no
 * transformation leaves intact, or whole numbers of a reserved range. Each carries a check, so that a damaged one is recognized.
 */
const MARK = 'PulumiOutput';
const TEXT = /PulumiOutput(\d+)x([0-9a-z]{4})End/g;
const LOWEST = 8e15;
const HIGHEST = 9e15;
const STEP = 1e6;
const NUMBER = /(?<!\d)8\d{15}(?!\d)/g;

/** What is left of the mark when text was cut, or written in another way. */
const TRACES = new RegExp([
  MARK, ...encodings('base64'), ...encodings('base64url'), Buffer.from(MARK).toString('hex'),
].join('|') + `|(?:${prefixes(MARK, 8).join('|')})$`, 'i');

export function textToken(id: number): string {
  return `${MARK}${id}x${checkOf(id).toString(36).padStart(4, '0').slice(-4)}End`;
}

/** A whole number, so that units keep it; arithmetic, however small, breaks the check. */
export function numberToken(id: number): number {
  return LOWEST + id * STEP + checkOf(id) % STEP;
}

/** The tokens in a text, those of numbers included. */
export function tokensIn(text: string): { readonly id: number; readonly start: number; readonly end: number }[] {
  // almost every text of an app is asked, and almost none has any
  if (!text.includes(MARK) && !text.includes('8')) return [];
  const found = [];
  for (const match of text.matchAll(TEXT)) {
    const id = Number(match[1]);
    if (textToken(id) === match[0]) found.push({ id, start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(NUMBER)) {
    const id = tokenOfNumber(Number(match[0]));
    if (id !== undefined) found.push({ id, start: match.index, end: match.index + match[0].length });
  }
  return found.sort((a, b) => a.start - b.start);
}

export function tokenOfNumber(value: number): number | undefined {
  if (!(value >= LOWEST && value < HIGHEST)) return undefined;
  const id = Math.floor((value - LOWEST) / STEP);
  return numberToken(id) === value ? id : undefined;
}

/** Whether a value has a token in it, or what once was one. */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === 'string') return tokensIn(value).length > 0 || hasTraces(value);
  return typeof value === 'number' && value >= LOWEST && value < HIGHEST;
}

/** Whether a text has what once was a token in it. */
export function hasTraces(text: string): boolean {
  return text.length > 5 && TRACES.test(text.replace(TEXT, ''));
}

/** An output of Pulumi that was passed as it is. Told by its mark, for this library loads Pulumi only where it is asked to. */
export function isRawOutput(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { __pulumiOutput?: unknown }).__pulumiOutput === true;
}

// neighbours get checks that are far apart
function checkOf(id: number): number {
  return ((id + 1) * 1_103_515_245 + 12_345) % (36 ** 4 - 7);
}

function encodings(encoding: 'base64' | 'base64url'): string[] {
  // what stands before shifts the letters; the first and the last may mix with their neighbours
  return [0, 1, 2].map(shift => Buffer.from('\0'.repeat(shift) + MARK).toString(encoding).replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -2));
}

function prefixes(text: string, least: number): string[] {
  return Array.from({ length: text.length - least }, (_, i) => text.slice(0, text.length - 1 - i));
}
