import { signatureOf, ValueType } from './functions';
import { childOf, PromqlNode } from './tree';

type Labels = ReadonlySet<string> | undefined;

const NONE: Labels = new Set();

/** Labels that the result of an expression can have, or undefined where it may have any. */
export function labelsOf(node: PromqlNode): Labels {
  switch (node.kind) {
    case 'PromQL':
    case 'ParenExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return labelsOf(node.children[0]);
    case 'UnaryExpr':
      return labelsOf(node.children[1]);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return NONE;
    case 'AggregateExpr':
      return aggregated(node);
    case 'FunctionCall':
      return called(node);
    case 'BinaryExpr':
      return joined(node);
    default:
      return undefined;
  }
}

function aggregated(node: PromqlNode): Labels {
  const operation = childOf(node, 'AggregateOp')?.text.toLowerCase() ?? '';
  const args = childOf(node, 'FunctionCallBody')?.children ?? [];
  const inner = args.length > 0 ? labelsOf(args[args.length - 1]) : undefined;
  // these pick samples and leave them as they are
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operation)) return inner;
  const modifier = childOf(node, 'AggregateModifier');
  const named = groupingLabels(modifier);
  const kept = modifier === undefined ? NONE
    : childOf(modifier, 'By') ? new Set(named)
      : inner && new Set([...inner].filter(label => !named.includes(label)));
  const counted = operation === 'count_values' ? args[0]?.text.slice(1, -1) : undefined;
  return kept && new Set([...kept, ...counted === undefined ? [] : [counted]]);
}

function called(node: PromqlNode): Labels {
  const name = childOf(node, 'FunctionIdentifier')?.text ?? '';
  const args = childOf(node, 'FunctionCallBody')?.children ?? [];
  const signature = signatureOf(name);
  if (!signature || name.startsWith('absent') || name === 'info') return undefined;
  const vector = signature.takes.findIndex(type => type === ValueType.VECTOR || type === ValueType.MATRIX);
  if (vector < 0 || name === 'scalar' || !args[vector]) return signature.gives === ValueType.SCALAR || name === 'vector' ? NONE : undefined;
  const inner = labelsOf(args[vector]);
  if (name === 'histogram_quantile') return inner && new Set([...inner].filter(label => label !== 'le'));
  if (name === 'label_replace' || name === 'label_join') return inner && new Set([...inner, args[1]?.text.slice(1, -1) ?? '']);
  return inner;
}

function joined(node: PromqlNode): Labels {
  const [left, operator] = node.children;
  const right = node.children[node.children.length - 1];
  const sides = [labelsOf(left), labelsOf(right)];
  if (operator.kind === 'Or') return sides[0] && sides[1] && new Set([...sides[0], ...sides[1]]);
  if (operator.kind === 'And' || operator.kind === 'Unless') return sides[0];
  if (isNumber(left)) return sides[1];
  if (isNumber(right)) return sides[0];

  const matching = childOf(node, 'MatchingModifierClause');
  const clauses = matching?.children ?? [];
  const group = clauses.findIndex(clause => clause.kind === 'GroupLeft' || clause.kind === 'GroupRight');
  if (group >= 0) {
    const many = clauses[group].kind === 'GroupLeft' ? sides[0] : sides[1];
    return many && new Set([...many, ...names(clauses[group + 1])]);
  }
  const listed = names(clauses[1]);
  if (matching && childOf(matching, 'On')) return new Set(listed);
  // one-to-one without on(): both sides have the same labels, so what either is known to have bounds the result
  const known = sides[0] ?? sides[1];
  return known && new Set([...known].filter(label => !listed.includes(label)));
}

function isNumber(node: PromqlNode): boolean {
  if (node.kind === 'ParenExpr' || node.kind === 'UnaryExpr') return isNumber(node.children[node.children.length - 1]);
  if (node.kind === 'BinaryExpr') return isNumber(node.children[0]) && isNumber(node.children[node.children.length - 1]);
  return node.kind === 'NumberDurationLiteral'
    || (node.kind === 'FunctionCall' && signatureOf(childOf(node, 'FunctionIdentifier')?.text ?? '')?.gives === ValueType.SCALAR);
}

function groupingLabels(modifier: PromqlNode | undefined): string[] {
  return modifier ? names(childOf(modifier, 'GroupingLabels')) : [];
}

function names(grouping: PromqlNode | undefined): string[] {
  return grouping?.kind === 'GroupingLabels' ? grouping.children.map(label => label.text.replace(/^["'`]|["'`]$/g, '')) : [];
}
