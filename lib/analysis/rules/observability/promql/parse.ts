import { filledIn, shapeOf } from './shape';
import { descendants, PromqlNode } from './tree';

interface LezerNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
  readonly firstChild: LezerNode | null;
  readonly nextSibling: LezerNode | null;
}

interface PromqlGrammar {
  readonly parser: { parse(text: string): { readonly topNode: LezerNode } };
}

let grammar: PromqlGrammar | undefined;

/** An expression as Prometheus' own grammar for editors reads it. It never fails: what is wrong is marked as broken. */
export function parsePromql(text: string): PromqlNode {
  const shape = shapeOf(text);
  if (shape === undefined) return parsed(text);
  let tree = shapes.get(shape.text);
  if (tree === undefined) {
    tree = parsed(shape.text);
    if (shapes.size >= MOST_SHAPES) shapes.clear();
    shapes.set(shape.text, tree);
  }
  // how the grammar goes on after a mistake may depend on lengths
  return descendants(tree).some(node => node.broken) ? parsed(text) : filledIn(tree, text, shape);
}

// expressions of many workloads differ in the texts of their matchers alone, and parsing is what costs
const shapes = new Map<string, PromqlNode>();
const MOST_SHAPES = 1000;

function parsed(text: string): PromqlNode {
  return convert(load().parser.parse(text).topNode, text);
}

// loaded when the first rule is seen: most apps have none, and the grammar takes as long to load as this library
function load(): PromqlGrammar {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  grammar ??= require('@prometheus-io/lezer-promql') as PromqlGrammar;
  return grammar;
}

function convert(node: LezerNode, text: string): PromqlNode {
  const children: PromqlNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(convert(child, text));
  }
  return { kind: node.name, text: text.slice(node.from, node.to), from: node.from, broken: node.type.isError, children };
}
