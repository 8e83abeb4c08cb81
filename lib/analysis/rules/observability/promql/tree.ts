/** A node of a parsed expression. */
export interface PromqlNode {
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  /** Whether the parser could make nothing of this part. */
  readonly broken: boolean;
  readonly children: readonly PromqlNode[];
}

/** The node and everything below it, outermost first. */
export function* descendants(node: PromqlNode): Generator<PromqlNode> {
  yield node;
  for (const child of node.children) yield* descendants(child);
}

export function childOf(node: PromqlNode, kind: string): PromqlNode | undefined {
  return node.children.find(child => child.kind === kind);
}
