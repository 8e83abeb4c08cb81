/** A node of a parsed expression. */
export interface PromqlNode {
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  /** Whether the parser could make nothing of this part. */
  readonly broken: boolean;
  readonly children: readonly PromqlNode[];
}

const known = new WeakMap<PromqlNode, readonly PromqlNode[]>();

/** The node and everything below it, outermost first. Kept, because a dozen rules look through every expression. */
export function descendants(node: PromqlNode): readonly PromqlNode[] {
  let found = known.get(node);
  if (!found) {
    found = listed(node, []);
    known.set(node, found);
  }
  return found;
}

function listed(node: PromqlNode, found: PromqlNode[]): PromqlNode[] {
  found.push(node);
  for (const child of node.children) listed(child, found);
  return found;
}

export function childOf(node: PromqlNode, kind: string): PromqlNode | undefined {
  return node.children.find(child => child.kind === kind);
}
