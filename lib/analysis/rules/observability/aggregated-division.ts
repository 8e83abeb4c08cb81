import { ruleWith } from './alert-examples';
import { rulesOf } from './prometheus-rules';
import { childOf, descendants, PromqlNode } from './promql/tree';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';

const SPOILED = ['sum', 'avg', 'stddev', 'stdvar'];
const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte'];

export const aggregatedDivision: Rule = {
  code: 'SM0444',
  title: 'an aggregation that one zero spoils',
  explanation: 'A division by zero gives NaN or Inf, and a sum with one such value is NaN or Inf (cloudflare/pint docs/checks/promql/nan.md).',
  severity: Severity.INFO,
  peers: ['promql/nan'],
  example: {
    refused: ruleWith('record: "region:order_failures:avg"\nexpr: avg by (region) (orders_failed / orders)'),
    accepted: ruleWith('record: "region:order_failures:avg"\nexpr: avg by (region) (orders_failed / (orders > 0))'),
  },
  check(context) {
    for (const rule of rulesOf(context.model)) {
      const nodes = descendants(rule.tree);
      if (nodes.some(node => node.broken)) continue;
      for (const aggregation of nodes.filter(node => node.kind === 'AggregateExpr' && SPOILED.includes(childOf(node, 'AggregateOp')?.text.toLowerCase() ?? ''))) {
        const divisor = unsafeDivisor(childOf(aggregation, 'FunctionCallBody')?.children[0]);
        if (!divisor) continue;
        context.report(rule.object, {
          field: `${rule.field}.expr`,
          value: aggregation.text,
          reason: `where ${divisor.text} is zero for one series, the whole result is NaN or Inf`,
          fix: `divide by what is above zero, as in (${divisor.text} > 0), or divide the sums`,
        });
      }
    }
  },
};

function unsafeDivisor(node: PromqlNode | undefined): PromqlNode | undefined {
  if (!node) return undefined;
  if (node.kind === 'ParenExpr') return unsafeDivisor(node.children[0]);
  if (node.kind !== 'BinaryExpr') return undefined;
  const [left, operator] = node.children;
  const right = node.children[node.children.length - 1];
  // a comparison leaves out what is NaN
  if (COMPARISONS.includes(operator.kind)) return undefined;
  if (['Div', 'Mod'].includes(operator.kind) && !isSafe(right)) return right;
  return unsafeDivisor(left) ?? unsafeDivisor(right);
}

function isSafe(node: PromqlNode): boolean {
  if (node.kind === 'ParenExpr') return isSafe(node.children[0]);
  if (node.kind === 'NumberDurationLiteral') return Number(node.text) !== 0;
  return node.kind === 'BinaryExpr' && COMPARISONS.includes(node.children[1].kind);
}
