import { signatureOf, ValueType } from './functions';
import { PromqlNode, childOf } from './tree';

/** Why Prometheus refuses an expression that it can read. */
export class TypeProblem extends Error {}

const COMPARISONS = new Set(['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte']);
const SET_OPERATORS = new Set(['And', 'Or', 'Unless']);
const BINARY_CLAUSES = new Set(['MatchingModifierClause', 'BoolModifier', 'FillModifier']);
const WITH_NUMBER = new Set(['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio']);
const RANGED = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr']);

/** The type of an expression; throws what is wrong with it. */
export function typeOf(node: PromqlNode): ValueType {
  switch (node.kind) {
    case 'PromQL':
    case 'ParenExpr':
      return typeOf(only(node));
    case 'NumberDurationLiteral':
      return ValueType.SCALAR;
    case 'StringLiteral':
      checkEscapes(node);
      return ValueType.TEXT;
    case 'VectorSelector':
      checkSelector(node);
      return ValueType.VECTOR;
    case 'MatrixSelector':
      return matrix(node);
    case 'SubqueryExpr':
      expect(only(node), [ValueType.VECTOR], 'a subquery');
      return ValueType.MATRIX;
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return modified(node);
    case 'SmoothedExpr':
    case 'AnchoredExpr':
      return typeOf(only(node));
    case 'UnaryExpr':
      return expect(node.children[1], [ValueType.SCALAR, ValueType.VECTOR], `the operator ${node.children[0].text}`);
    case 'BinaryExpr':
      return binary(node);
    case 'AggregateExpr':
      return aggregation(node);
    case 'FunctionCall':
      return call(node);
    default:
      // a newer grammar than this: no verdict rather than a wrong one
      return ValueType.VECTOR;
  }
}

function only(node: PromqlNode): PromqlNode {
  return node.children[0];
}

function expect(node: PromqlNode, allowed: readonly ValueType[], by: string): ValueType {
  const type = typeOf(node);
  if (!allowed.includes(type)) throw new TypeProblem(`${by} takes ${allowed.map(withArticle).join(' or ')}, and \`${node.text}\` is ${withArticle(type)}`);
  return type;
}

function matrix(node: PromqlNode): ValueType {
  const inner = only(node);
  if (inner.kind !== 'VectorSelector') throw new TypeProblem(`only a selector can have a range, and \`${inner.text}\` is none; a subquery is written [range:step]`);
  checkSelector(inner);
  const duration = childOf(node, 'DurationExpr')?.text.trim() ?? '';
  if (/^-|^0(ms|s|m|h|d|w|y)?$/.test(duration)) throw new TypeProblem(`the range [${duration}] is not longer than zero`);
  return ValueType.MATRIX;
}

function modified(node: PromqlNode): ValueType {
  const inner = only(node);
  const word = node.kind === 'OffsetExpr' ? 'offset' : '@';
  if (!RANGED.has(inner.kind)) throw new TypeProblem(`${word} follows a selector or a subquery, and \`${inner.text}\` is neither`);
  for (let below = inner; below.kind === 'OffsetExpr' || below.kind === 'StepInvariantExpr'; below = only(below)) {
    if (below.kind === node.kind) throw new TypeProblem(`${word} is given twice`);
  }
  return typeOf(inner);
}

function binary(node: PromqlNode): ValueType {
  const operands = [node.children[0], node.children[node.children.length - 1]];
  const operator = node.children[1];
  const clauses = node.children.slice(2, -1).filter(child => BINARY_CLAUSES.has(child.kind));
  const matching = clauses.find(clause => clause.kind === 'MatchingModifierClause');
  const bool = clauses.some(clause => clause.kind === 'BoolModifier');
  const types = operands.map(operand => expect(operand, [ValueType.SCALAR, ValueType.VECTOR], `the operator ${operator.text}`));
  const scalars = types.filter(type => type === ValueType.SCALAR).length;

  if (bool && !COMPARISONS.has(operator.kind)) throw new TypeProblem(`bool goes with comparisons, not with ${operator.text}`);
  if (SET_OPERATORS.has(operator.kind)) {
    if (scalars > 0) throw new TypeProblem(`${operator.text} joins instant vectors, and one side is a scalar`);
    if (matching && (childOf(matching, 'GroupLeft') || childOf(matching, 'GroupRight'))) {
      throw new TypeProblem(`${operator.text} takes no group_left or group_right`);
    }
  }
  if (COMPARISONS.has(operator.kind) && scalars === 2 && !bool) throw new TypeProblem('a comparison of two scalars needs bool');
  if (matching && scalars > 0) throw new TypeProblem('on and ignoring go between two instant vectors, and one side is a scalar');
  return scalars === 2 ? ValueType.SCALAR : ValueType.VECTOR;
}

function aggregation(node: PromqlNode): ValueType {
  const name = childOf(node, 'AggregateOp')!.text.toLowerCase();
  const args = childOf(node, 'FunctionCallBody')?.children ?? [];
  const takes = name === 'count_values' ? [ValueType.TEXT, ValueType.VECTOR]
    : WITH_NUMBER.has(name) ? [ValueType.SCALAR, ValueType.VECTOR] : [ValueType.VECTOR];
  if (args.length !== takes.length) throw new TypeProblem(`${name} takes ${count(takes.length)}, and here it has ${args.length}`);
  args.forEach((arg, index) => expect(arg, [takes[index]], `${name}()`));
  return ValueType.VECTOR;
}

function call(node: PromqlNode): ValueType {
  const name = childOf(node, 'FunctionIdentifier')!.text;
  const args = childOf(node, 'FunctionCallBody')?.children ?? [];
  const signature = signatureOf(name);
  if (!signature) return ValueType.VECTOR;
  const { takes, least, most } = signature;
  if (args.length < least || args.length > most) {
    const wanted = least === most ? count(least) : most === Infinity ? `at least ${count(least)}` : `${least} to ${count(most)}`;
    throw new TypeProblem(`${name} takes ${wanted}, and here it has ${args.length}`);
  }
  args.forEach((arg, index) => expect(arg, [takes[Math.min(index, takes.length - 1)]], `${name}()`));
  return signature.gives;
}

function checkSelector(node: PromqlNode): void {
  const matchers = childOf(node, 'LabelMatchers')?.children ?? [];
  let names = childOf(node, 'Identifier') ? 1 : 0;
  let selects = names > 0;
  for (const matcher of matchers) {
    if (matcher.kind === 'QuotedLabelName') {
      names += 1;
      selects = true;
      continue;
    }
    const [label, operator, value] = matcher.children;
    if (!value) continue;
    checkEscapes(value);
    const text = value.text.slice(1, -1);
    if (label.text === '__name__' && operator.text === '=') names += 1;
    if (operator.text.includes('~')) checkRegularExpression(text, value.text.startsWith('`'));
    selects ||= operator.text === '=' ? text !== '' : operator.text === '!=' ? text === '' : operator.text === '=~' ? !matchesEmpty(text) : matchesEmpty(text);
  }
  if (names > 1) throw new TypeProblem(`\`${node.text}\` names its metric twice`);
  if (!selects) throw new TypeProblem(`\`${node.text}\` selects every series there is; at least one matcher must not match an empty label`);
}

/** Go's escapes; above all a dot that a regular expression escapes needs two backslashes in quotes. */
function checkEscapes(literal: PromqlNode): void {
  if (literal.text.startsWith('`')) return;
  const wrong = /(?:^|[^\\])(?:\\\\)*\\([^\\abfnrtv'"0-7xuU])/.exec(literal.text);
  if (wrong) throw new TypeProblem(`${literal.text} has the unknown escape \\${wrong[1]}; a backslash in quotes is written twice`);
}

function checkRegularExpression(text: string, raw: boolean): void {
  const pattern = raw ? text : text.replace(/\\\\/g, '\\');
  try {
    compile(pattern);
  } catch {
    throw new TypeProblem(`"${text}" is no regular expression`);
  }
}

function matchesEmpty(text: string): boolean {
  try {
    return compile(text.replace(/\\\\/g, '\\')).test('');
  } catch {
    return false;
  }
}

// JavaScript looks around, RE2 does not; RE2's flags and named groups are written in ways that JavaScript does not read
function compile(pattern: string): RegExp {
  if (!pattern.includes('[') && /(?:^|[^\\])(?:\\\\)*\(\?<?[=!]/.test(pattern)) throw new SyntaxError('RE2 does not look around');
  return new RegExp(`^(?:${pattern.replace(/\(\?P</g, '(?<').replace(/\(\?[imsU-]+\)/g, '').replace(/\(\?[imsU-]+:/g, '(?:')})$`);
}

function count(number: number): string {
  return number === 1 ? '1 argument' : `${number} arguments`;
}

function withArticle(type: ValueType): string {
  return type === ValueType.VECTOR ? `an ${type}` : `a ${type}`;
}
