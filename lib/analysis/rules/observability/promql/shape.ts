import { PromqlNode } from './tree';

const TEXT = /"[^"\\\n]*"|'[^'\\\n]*'/g;

/** An expression without its texts. */
export interface Shape {
  readonly text: string;
  /** Where texts end in it, and by how much what follows stands further back in the expression. */
  readonly shifts: readonly { readonly end: number; readonly by: number }[];
}

/** The shape of an expression; undefined where it has comments or texts with escapes, whose ends only a parser can tell. */
export function shapeOf(text: string): Shape | undefined {
  if (/[\\`#]/.test(text)) return undefined;
  const shifts: { end: number; by: number }[] = [];
  let by = 0;
  const bare = text.replace(TEXT, (quoted, from: number) => {
    shifts.push({ end: from - by + 2, by: by += quoted.length - 2 });
    return '""';
  });
  return { text: bare, shifts };
}

/** The tree of an expression, made from that of its shape. */
export function filledIn(node: PromqlNode, text: string, { shifts }: Shape): PromqlNode {
  const actual = (at: number) => {
    let by = 0;
    for (const shift of shifts) {
      if (shift.end > at) break;
      by = shift.by;
    }
    return at + by;
  };
  const copy = ({ kind, from, text: own, broken, children }: PromqlNode): PromqlNode => {
    const start = actual(from);
    return { kind, text: text.slice(start, actual(from + own.length)), from: start, broken, children: children.map(copy) };
  };
  return copy(node);
}
